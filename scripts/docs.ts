// Writes the pages of docs/ that are computed, and sources and figures that are. With --check: writes nothing, and exits with 1 if
// one of them is not what the code says.
import { readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { parseArgs } from 'node:util';
import { acknowledgedPage } from './docs/acknowledged';
import { alarmsPage } from './docs/alarms';
import { costPage, tierCosts, tiersFile } from './docs/cost';
import { pciDss401Page } from './docs/pci-dss-401';
import { replacementTable } from './docs/replacement-table';
import { runbookPages } from './docs/runbooks';
import { workflowText } from './docs/workflow-text';
import { controlsPage } from './docs/controls';
import { reviewExamples, synthesiseExamples } from '../test/support/examples';
import { providersOfRules } from '../test/support/providers';

const root = path.join(__dirname, '..');
const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
const costs = tierCosts();
const examples = synthesiseExamples();
const pages = {
  'docs/PCI-DSS-4.0.1.md': pciDss401Page(),
  'lib/compliance/guard/replacement-table.ts': replacementTable(),
  'lib/cli/init/workflow-text.ts': workflowText(),
  'docs/ACKNOWLEDGED.md': acknowledgedPage(reviewExamples()),
  'docs/ALARMS.md': alarmsPage(examples),
  'docs/cost.md': costPage(costs),
  'lib/cli/cost/tiers.json': tiersFile(costs),
  'docs/CONTROLS.md': controlsPage(providersOfRules()),
  ...runbookPages(examples.directory),
};

for (const [name, text] of Object.entries(pages)) {
  const file = path.join(root, name);
  if (!values.check) {
    writeFileSync(file, text);
    process.stdout.write(`${name} is written\n`);
  } else if (readFileSync(file, 'utf8') === text) {
    process.stdout.write(`${name} is up to date\n`);
  } else {
    process.stderr.write(`${name} is not what the code says. Run "npm run docs" and commit the page.\n`);
    process.exitCode = 1;
  }
}
