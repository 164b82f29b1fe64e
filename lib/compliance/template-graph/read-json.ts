import { readFileSync } from 'node:fs';
import { BaselineError } from '../../core/errors';
import { isPlainObject, type PlainObject } from './plain-object';

/**
 * Reads a file of an assembly that has to hold a JSON object.
 *
 * @throws BaselineError `AssemblyFileMissing`, `AssemblyFileUnreadable`
 */
export function readJsonObject(file: string): PlainObject {
  const text = readText(file);
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw refusal('AssemblyFileUnreadable', file, 'hold JSON', 'It may have been cut short: run "cdk synth" again.');
  }
  if (!isPlainObject(content)) {
    throw refusal('AssemblyFileUnreadable', file, 'hold a JSON object', 'Name the directory that "cdk synth" wrote.');
  }
  return content;
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw refusal(
      'AssemblyFileMissing',
      file,
      'be a file that can be read',
      'Run "cdk synth" first, or name the directory of its output.',
    );
  }
}

/** What is said of a file that cannot be used. */
export function refusal(code: string, file: string, bound: string, remedy: string): BaselineError {
  return new BaselineError('The graph of the templates', [{ code, property: 'file', value: file, bound, remedy }]);
}
