import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { CannotRun } from './exit-code';

/**
 * Writes `contents` to `file`, and its folders where they are missing. Whoever reads the file meanwhile, and whoever
 * finds it after a crash, sees the old one or the new one, never half of it.
 *
 * @throws CannotRun when it cannot be written there; what stood there before still does
 */
export function writeWhole(file: string, contents: string | Uint8Array): void {
  // Beside the file, because a rename crosses no file system.
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(temporary, contents);
    renameSync(temporary, file);
  } catch (error) {
    removeQuietly(temporary);
    throw new CannotRun(
      `${file} cannot be written: ${(error as Error).message}.`,
      'Name a place that you may write to.',
    );
  }
}

/** Where nothing could be written, there may be nothing to remove, and no right to. */
function removeQuietly(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // The reason why it could not be written is what counts.
  }
}
