import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { CannotRun } from '../../exit-code';
import { MANIFEST_FILE, MANIFEST_FORMAT, type BundleFile } from './manifest';

/**
 * Writes `files` as the directory `target`, in the place of an earlier bundle if one is there. Whoever looks sees the old
 * bundle or the new one, or for an instant none; never half of one.
 *
 * @throws CannotRun when something else is there, or nothing can be written
 */
export function writeBundle(target: string, files: readonly BundleFile[]): void {
  const directory = path.resolve(target);
  refuseOther(directory, target);
  // Beside it, because a rename crosses no file system.
  const [fresh, old] = ['new', 'old'].map((state) => `${directory}.${process.pid}.${state}.tmp`);
  try {
    for (const { file, content } of files) {
      mkdirSync(path.dirname(path.join(fresh, file)), { recursive: true });
      writeFileSync(path.join(fresh, file), content);
    }
    replace(directory, fresh, old);
  } catch (error) {
    throw new CannotRun(
      `${target} cannot be written: ${(error as Error).message}.`,
      'Name a directory that you may write to.',
    );
  } finally {
    [fresh, old].forEach(removeQuietly);
  }
}

/** Puts `fresh` in the place of `directory`; where that fails, what was there is there again. */
function replace(directory: string, fresh: string, old: string): void {
  const isThere = existsSync(directory);
  if (isThere) {
    renameSync(directory, old);
  }
  try {
    renameSync(fresh, directory);
  } catch (error) {
    if (isThere) {
      renameSync(old, directory);
    }
    throw error;
  }
}

/** Only an earlier bundle is replaced: a directory may hold what somebody needs. */
function refuseOther(directory: string, target: string): void {
  if (!existsSync(directory) || isEmpty(directory) || isBundle(directory)) {
    return;
  }
  throw new CannotRun(
    `${target} is there already, and holds no evidence.`,
    'Name a new directory, an empty one, or that of an earlier bundle, which is replaced.',
  );
}

function isEmpty(directory: string): boolean {
  try {
    return readdirSync(directory).length === 0;
  } catch {
    // A file, or a directory that nobody may read.
    return false;
  }
}

function isBundle(directory: string): boolean {
  try {
    const manifest: unknown = JSON.parse(readFileSync(path.join(directory, MANIFEST_FILE), 'utf8'));
    return (manifest as { readonly format?: unknown }).format === MANIFEST_FORMAT;
  } catch {
    return false;
  }
}

function removeQuietly(directory: string): void {
  try {
    rmSync(directory, { recursive: true, force: true });
  } catch {
    // Where nothing could be written, there may be no right to remove, and nothing there.
  }
}
