import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { RECORDS } from '../../lib/cli/evidence/records/record';

const page = readFileSync(path.join(__dirname, '../../docs/EVIDENCE.md'), 'utf8');

const examples = [...page.matchAll(/```json\n(.*?)```/gs)].map(([, text]) => JSON.parse(text) as { kind: string });

test('the page on evidence shows a record of each kind', () => {
  expect(examples.map(({ kind }) => kind).sort()).toEqual(Object.keys(RECORDS).sort());
});

test.each(examples)('and the record that is $kind is one', (example) => {
  const shape = RECORDS[example.kind as keyof typeof RECORDS];
  expect(shape.parse(example)).toEqual(example);
});
