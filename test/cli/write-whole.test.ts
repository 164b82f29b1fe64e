import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { CannotRun } from '../../lib/cli/exit-code';
import { writeWhole } from '../../lib/cli/write-whole';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'write-whole-'));
});

afterEach(() => rmSync(directory, { recursive: true }));

test('makes the folders that are missing and leaves nothing but the file', () => {
  const file = path.join(directory, 'reports', 'today', 'check.json');
  writeWhole(file, 'new');
  expect(readFileSync(file, 'utf8')).toBe('new');
  expect(readdirSync(path.dirname(file))).toEqual(['check.json']);
});

test('replaces what stood there', () => {
  const file = path.join(directory, 'check.json');
  writeFileSync(file, 'a longer one, from before');
  writeWhole(file, new TextEncoder().encode('new'));
  expect(readFileSync(file, 'utf8')).toBe('new');
});

test('where it cannot write, it says so, and leaves neither half a file nor a temporary one', () => {
  // A folder of that name can be replaced by nobody, not even by root.
  const file = path.join(directory, 'check.json');
  mkdirSync(path.join(file, 'full'), { recursive: true });
  expect(() => writeWhole(file, 'new')).toThrow(CannotRun);
  expect(() => writeWhole(file, 'new')).toThrow(
    /check\.json cannot be written: .*\nName a place that you may write to\./,
  );
  expect(readdirSync(directory)).toEqual(['check.json']);
});

test('a folder whose name is taken by a file is no place either', () => {
  writeFileSync(path.join(directory, 'reports'), '');
  expect(() => writeWhole(path.join(directory, 'reports', 'check.json'), 'new')).toThrow(CannotRun);
  expect(readdirSync(directory)).toEqual(['reports']);
});
