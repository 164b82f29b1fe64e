import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { CONTROLS } from '../../lib/compliance/catalogue';
import { controlsPage } from '../../scripts/docs/controls';
import { ROOT } from '../support/documents';
import { providersOfRules } from '../support/providers';

const page = controlsPage(providersOfRules());

test('docs/CONTROLS.md holds every control, its rules, and what provides it', () => {
  expect(page).toBe(readFileSync(path.join(ROOT, 'docs/CONTROLS.md'), 'utf8'));
});

test('names each control and each rule once', () => {
  const rows = page.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| ---'));
  const ids = rows.map((line) => /^\| ([A-Z]+-\d+)<br>/.exec(line)?.[1]).filter((id) => id !== undefined);
  expect(ids.sort()).toEqual(CONTROLS.map(({ id }) => id).sort());
});
