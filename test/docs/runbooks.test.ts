import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { runbookPages } from '../../scripts/docs/runbooks';
import { ROOT } from '../support/documents';
import { synthesiseExamples } from '../support/examples';

const pages = Object.entries(runbookPages(synthesiseExamples().directory));

test('there is a runbook for each loss', () => {
  expect(pages.map(([file]) => path.basename(file, '.md'))).toEqual(['table', 'cluster', 'key', 'region', 'account']);
});

test.each(pages)('%s says what the example store says', (file, text) => {
  expect(readFileSync(path.join(ROOT, file), 'utf8')).toBe(text);
});
