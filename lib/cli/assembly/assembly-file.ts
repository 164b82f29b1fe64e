import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import * as z from 'zod/mini';
import { CannotRun } from '../exit-code';

const AGAIN = 'Remove the directory and run "npx cdk synth --quiet" again.';

/**
 * What stands in a file of the assembly in `directory`.
 *
 * @param shape what it has to be
 * @throws CannotRun when it is not there, not JSON, or something else
 */
export function readAssemblyFile<S extends z.core.$ZodType>(directory: string, file: string, shape: S): z.output<S> {
  const location = path.join(directory, file);
  // Somebody else's assembly may name any file, and what stands in it would be printed.
  if (path.isAbsolute(file) || path.relative(directory, location).startsWith('..')) {
    throw new CannotRun(`The assembly in ${directory} names ${file}, which lies outside of it.`, AGAIN);
  }
  return readShape(location, shape, AGAIN, missing(location));
}

/**
 * What stands in a file of JSON.
 *
 * @throws CannotRun
 */
export function readShape<S extends z.core.$ZodType>(
  location: string,
  shape: S,
  remedy: string,
  absent: CannotRun = new CannotRun(`${location} does not exist.`, remedy),
): z.output<S> {
  const text = readText(location, absent);
  const { success, data, error } = z.safeParse(shape, parse(location, text, remedy));
  if (!success) {
    const [{ path: at, message }] = error.issues;
    const place = at.length === 0 ? '' : ` at ${at.map(String).join(' > ')}`;
    throw new CannotRun(`${location} is not what it should be${place}: ${message}.`, remedy);
  }
  return data;
}

function readText(location: string, absent: CannotRun): string {
  try {
    return readFileSync(location, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw code === 'ENOENT' || code === 'ENOTDIR'
      ? absent
      : new CannotRun(`${location} cannot be read: ${message}.`, AGAIN);
  }
}

function parse(location: string, text: string, remedy: string): unknown {
  if (text.trim() === '') {
    throw new CannotRun(`${location} is empty.`, remedy);
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new CannotRun(`${location} is not JSON, or only the beginning of it.`, remedy);
  }
}

function missing(location: string): CannotRun {
  return new CannotRun(
    `${location} does not exist.`,
    'Run "npx cdk synth --quiet" first, or name the directory that it wrote.',
  );
}
