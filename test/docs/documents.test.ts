import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import * as path from 'node:path';
import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import cdkJson from '../../cdk.json';
import demo from '../../config/demo';
import medusa from '../../config/medusa';
import woocommerce from '../../config/woocommerce';
import packageJson from '../../package.json';
import { buildStores } from '../../lib/app';
import { check } from '../../lib/cli/check/check';
import { renderText } from '../../lib/cli/check/check-page';
import { practiceOf } from '../../lib/cli/check/own-packs';
import { SourceLines } from '../../lib/cli/check/source-lines';
import { CONTROLS, rulesOf } from '../../lib/compliance/catalogue';
import { PCI_DSS_401_RULES } from '../../lib/compliance/pci-dss-401/rules';
import { groupCounts } from '../../scripts/docs/pci-dss-401';
import { anchorsOf, codeBlocks, documents, prose, ROOT, type Document } from '../support/documents';
import { reviewApp } from '../support/review';
import { TODAY } from '../support/stack';

const pages = documents();
const readme = pages.find(({ file }) => file === 'README.md')!;

/** What `pattern` captures in all pages, each once. */
function mentioned(pattern: RegExp): string[] {
  return [...new Set(pages.flatMap(({ text }) => captured(pattern, text)))];
}

function captured(pattern: RegExp, text: string): string[] {
  return [...text.matchAll(pattern)].map(([, capture = '']) => capture);
}

/** Links of a page into this repository that lead to no file, or to no heading of it. */
function brokenLinksOf({ file, text }: Document): string[] {
  return captured(/\]\((?!https?:)([^)\s]+)\)/g, prose(text)).filter((link) => {
    const [to = '', anchor] = link.split('#');
    const target = to === '' ? file : path.join(path.dirname(file), to);
    const page = pages.find((other) => other.file === target);
    return !existsSync(path.join(ROOT, target)) || (anchor !== undefined && !(page && anchorsOf(page).has(anchor)));
  });
}

test.each(pages)('every link of $file leads to something', (page) => {
  expect(brokenLinksOf(page)).toEqual([]);
});

test('every command that pages name is a script of the package', () => {
  expect(Object.keys(packageJson.scripts)).toEqual(expect.arrayContaining(mentioned(/npm run ([\w:-]+)/g)));
});

test('every context key that pages name is one that the library reads', () => {
  const files = readdirSync(path.join(ROOT, 'lib'), { recursive: true, encoding: 'utf8' })
    .map((file) => path.join(ROOT, 'lib', file))
    .filter((file) => statSync(file).isFile());
  const read = files.flatMap((file) => captured(/const \w+_CONTEXT = '([^']+)'/g, readFileSync(file, 'utf8')));
  const named = mentioned(/(?<=\s|`)-c ([\w:-]+)=/g);
  expect(named).toEqual(expect.arrayContaining(['store', 'emergency']));
  expect(read).toEqual(expect.arrayContaining(named));
});

describe('the store of the examples', () => {
  const app = new App({ context: { ...TODAY }, analyticsReporting: false });
  const { acme } = buildStores(app, { acme: medusa });
  const stacks = app.node.findAll().filter((construct): construct is Stack => Stack.isStack(construct));

  test('has every stack that pages name', () => {
    const ids = stacks.map(({ node }) => node.path);
    const names = stacks.map(({ stackName }) => stackName);
    expect(ids).toEqual(expect.arrayContaining(mentioned(/\b(acme-production\/[A-Z]\w+)/g)));
    expect(names).toEqual(expect.arrayContaining(mentioned(/\b(acme-production-[a-z]+(?:-[a-z]+)*)/g)));
  });

  test('has every output that pages name', () => {
    const outputs = acme.data.node.children.filter((child) => child instanceof CfnOutput).map(({ node }) => node.id);
    expect(mentioned(/OutputKey==`(\w+)`/g)).toEqual(outputs);
  });
});

test.each([
  ['docs/MEDUSA.md', medusa],
  ['docs/WOOCOMMERCE.md', woocommerce],
])('%s says of the controls of the shop what its profile says', (file, { application }) => {
  const page = pages.find((each) => each.file === file)!;
  const rows = [...page.text.matchAll(/^\| `([a-z-]+)` \| ([^:|]+):/gm)];
  const said = rows.map(([, control, place]) => ({ control, place }));
  expect(said).toEqual(application.controls.map(({ control, place }) => ({ control, place })));
});

test('docs/WOOCOMMERCE.md names every variable that the profile sets', () => {
  const { application } = woocommerce;
  const context = {
    hosts: ['shop.acme.example'],
    region: 'ap-southeast-1',
    contentSecurityPolicy: application.contentSecurityPolicy,
    database: { host: 'host', port: '3306', databaseName: 'shop' },
    cache: { host: 'host', port: '6379' },
  };
  const { variables, secrets } = application.environment(application.processes[0], context);
  const rows = [...pages.find(({ file }) => file === 'docs/WOOCOMMERCE.md')!.text.matchAll(/^\| (`[A-Z].*?`) \|/gm)];
  const named = rows.flatMap(([, cell = '']) => namesIn(cell));
  expect(named.filter((name) => !name.startsWith('MAIL_')).sort()).toEqual(
    Object.keys({ ...variables, ...secrets }).sort(),
  );
});

/** `A_B`, `_C` and `D` in one cell of a table: the second begins as the first. */
function namesIn(cell: string): string[] {
  const [first = '', ...others] = captured(/`([A-Z_]+)`/g, cell);
  const beginning = first.slice(0, first.lastIndexOf('_'));
  return [first, ...others.map((name) => (name.startsWith('_') ? `${beginning}${name}` : name))];
}

test('what the README shows of the demo is what the demo prints', () => {
  const review = reviewApp((app) => buildStores(app, { demo }), { context: cdkJson.context });
  const now = new Date('2026-11-23');
  // The demo has CDK's own validation run, too.
  const packs = [...review.packs, 'CloudFormation Validate'];
  const report = check({ ...review, packs }, { now, practiceOf, sources: new SourceLines(ROOT, []) });
  const printed = renderText(report).split('\n');
  const shown = codeBlocks(readme, 'text').flatMap(({ code }) => code.trim().split('\n'));
  expect(shown.length).toBeGreaterThan(5);
  expect(shown.filter((line) => line.trim() !== '…' && !printed.includes(line))).toEqual([]);
});

test('the README counts what there is', () => {
  const checked = CONTROLS.map(rulesOf).filter(({ length }) => length > 0);
  const rules = new Set(checked.flat()).size;
  const [aspects, atRunTime, outside] = Object.values(groupCounts());
  const text = readme.text.replaceAll(/\s+/g, ' ');
  expect(text).toContain(`${CONTROLS.length} controls, ${checked.length} of them checked by ${rules} rules.`);
  expect(text).toContain(`[${CONTROLS.length} controls](docs/CONTROLS.md), two rule packs`);
  expect(text).toContain(
    `looks at an aspect of ${aspects} with ${PCI_DSS_401_RULES.length} rules; ${atRunTime} show only at run time, ${outside} are outside`,
  );
});

test('the README can be read in one sitting', () => {
  expect(readme.text.trimEnd().split('\n').length).toBeLessThanOrEqual(200);
});
