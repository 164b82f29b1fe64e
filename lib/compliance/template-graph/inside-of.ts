import * as path from 'node:path';
import { refusal } from './read-json';

/**
 * The file that an assembly in `directory` calls `name`.
 *
 * @throws BaselineError `AssemblyFileUnreadable` when that is no name, or lies outside: an assembly that somebody else
 * made must not have us read what is not its own
 */
export function insideOf(directory: string, name: unknown): string {
  const file = path.resolve(directory, typeof name === 'string' ? name : '');
  const way = path.relative(path.resolve(directory), file);
  // The assembly of a Stage may name what lies beside it.
  if (
    typeof name !== 'string' ||
    way === '' ||
    path.isAbsolute(way) ||
    file.includes('\0') ||
    /^\.\.[\\/]\.\./.test(way)
  ) {
    throw refusal(
      'AssemblyFileUnreadable',
      path.join(directory, 'manifest.json'),
      'name files that lie in its directory',
      'Name the directory that "cdk synth" wrote.',
    );
  }
  return file;
}
