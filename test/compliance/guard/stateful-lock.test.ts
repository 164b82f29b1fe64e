import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { RemovalPolicy } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import fc from 'fast-check';
import { parseLock, readLock, renderLock } from '../../../lib/compliance/guard/stateful-lock';
import { Unreadable } from '../../../lib/compliance/guard/unreadable';
import { EMPTY_LOCK, updatedLock } from '../../../lib/compliance/guard/update-lock';
import { lockOf, recorded, shop, type Build } from '../../support/guard';

const decision = { date: '2026-11-23', owner: 'ops@acme.example', reason: 'Pictures are made again' };

const bucket = (id: string): Build =>
  shop((stack) => void new Bucket(stack, id, { removalPolicy: RemovalPolicy.RETAIN }));

const lock = lockOf(bucket('Pictures'));
const text = renderLock(lock);

function problemOf(contents: string): string {
  try {
    parseLock(contents);
    return '';
  } catch (error) {
    expect(error).toBeInstanceOf(Unreadable);
    const { problem, remedy } = error as Unreadable;
    expect(remedy).not.toBe('');
    return problem;
  }
}

test('what is written is read again, and written the same', () => {
  expect(renderLock(parseLock(text))).toBe(text);
  expect(text).toMatch(/^\{\n {2}"version": 1,/);
});

test.each([
  ['is no lock: it is not JSON, cut off, or something else', ''],
  ['is no lock: it is not JSON, cut off, or something else', text.slice(0, 200)],
  ['is no lock: it is not JSON, cut off, or something else', '[]'],
  [
    'is of format 2; this release of cdk-commerce-baseline reads format 1',
    text.replace('"version": 1', '"version": 2'),
  ],
  ['does not match the digest in it', text.replace('"Retain"', '"Delete"')],
  ['a part of it is missing or of another shape', text.replace('"history": []', '"history": {}')],
  ['a part of it is missing or of another shape', text.replace('"type": "AWS::S3::Bucket"', '"type": 3')],
])('it says %s', (said, contents) => {
  expect(problemOf(contents)).toContain(said);
});

test('garbage is refused in words, whatever it is', () => {
  const accepted = fc.sample(fc.oneof(fc.string(), fc.json()), 300).filter((contents) => problemOf(contents) === '');
  expect(accepted).toEqual([]);
});

test('no letter of a lock can be changed by hand', () => {
  const places = [...text.matchAll(/[A-Za-z0-9]/g)].map(({ index }) => index);
  const edits = fc.sample(fc.tuple(fc.constantFrom(...places), fc.constantFrom('x', '7', '"', '{')), 300);
  const edited = edits.map(([place, by]) => text.slice(0, place) + by + text.slice(place + 1));
  expect(edited.filter((contents) => contents !== text && problemOf(contents) === '')).toEqual([]);
});

test('no lock is no error; one that cannot be read is', () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'lock-'));
  try {
    expect(readLock(path.join(directory, 'none.json'))).toBeUndefined();
    expect(() => readLock(directory)).toThrow('cannot be read');
    const file = path.join(directory, 'stateful.lock.json');
    writeFileSync(file, text);
    expect(readLock(file)).toEqual(parseLock(text));
  } finally {
    rmSync(directory, { recursive: true });
  }
});

test('a change that is wanted goes into the history, with who wanted it, when and why', () => {
  const { stacks, history } = updatedLock(lock, recorded(bucket('Photos')), decision);
  expect(history).toEqual([
    {
      ...decision,
      changes: [
        expect.stringMatching(/^AWS::S3::Bucket Pictures\w+ of Shop \(Shop\/Pictures\/Resource\) would be removed\.$/),
      ],
    },
  ]);
  expect(Object.keys(stacks['111122223333/eu-central-1/Shop'].resources)).toEqual([expect.stringMatching(/^Photos/)]);
});

test('what loses nothing is not history', () => {
  expect(updatedLock(EMPTY_LOCK, recorded(bucket('Pictures')), decision).history).toEqual([]);
});
