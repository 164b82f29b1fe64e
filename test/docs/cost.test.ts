import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { CfnResource } from 'aws-cdk-lib';
import { MonthlyCost } from '../../lib';
import { TIERS } from '../../lib/app';
import { recordOf, reportOf } from '../../lib/cli/cost/tiers';
import { knowledgeOf } from '../../lib/pricing/estimates';
import { PRICES } from '../../lib/pricing/price-list';
import { costPage, tierCosts, tiersFile } from '../../scripts/docs/cost';
import { ROOT } from '../support/documents';
import { APPLICATIONS, appOf, storeOf, storesOf } from '../support/stores';

const costs = tierCosts();
const page = read('docs/cost.md');

function read(file: string): string {
  return readFileSync(path.join(ROOT, file), 'utf8');
}

/** The numbers in the row of a table that begins with `name`. */
function row(text: string, name: string): number[] {
  const line = text.split('\n').find((each) => each.startsWith(`| ${name} |`)) ?? '';
  return [...line.matchAll(/\| ([\d.,]+) (?=\|)/g)].map(([, number = '']) => Number(number.replaceAll(',', '')));
}

test('docs/cost.md is what the templates and the prices say', () => {
  expect(page).toBe(costPage(costs));
});

test('what the command says of a tier is what the page says', () => {
  expect(read('lib/cli/cost/tiers.json')).toBe(tiersFile(costs));
});

test.each(TIERS)('the command gives back the report of %s as it was', (tier) => {
  expect(reportOf(recordOf(costs[tier].medusa))).toEqual(costs[tier].medusa);
});

test('docs/DEPLOY.md rounds what the page says', () => {
  const deploy = read('docs/DEPLOY.md');
  const rounded = TIERS.map((tier) => Object.values(costs[tier].medusa.sum).map((usd) => Math.round(usd)));
  expect(TIERS.map((tier) => row(deploy, `\`${tier}\``))).toEqual(rounded);
});

test('the README says about what the page says', () => {
  const about = TIERS.map((tier) => [10 * Math.round(costs[tier].medusa.sum.idle / 10)]);
  expect(TIERS.map((tier) => row(read('README.md'), `\`${tier}\``).slice(0, 1))).toEqual(about);
});

test.each(TIERS)('at rest the templates of %s cost what MonthlyCost says of its constructs', (tier) => {
  const { usd, unpriced } = MonthlyCost.of(appOf({ acme: storeOf({ tier, application: APPLICATIONS.medusa }) }));
  expect(costs[tier].medusa.sum.idle).toBeCloseTo(usd, 6);
  expect(unpriced).toEqual([]);
});

test.each(TIERS)('of %s every type has a price, or a reason to be free', (tier) => {
  // A type that nobody has looked up belongs into lib/pricing: costs/ or free-types.ts.
  expect(costs[tier].medusa.unpriced).toEqual([]);
});

test('whatever the application, every type of its store has a price, or a reason to be free', () => {
  const resources = appOf(storesOf('regulated'))
    .node.findAll()
    .filter((child) => CfnResource.isCfnResource(child));
  const types = new Set(resources.map(({ cfnResourceType }) => cfnResourceType));
  expect(types.size).toBeGreaterThan(70);
  expect([...types].filter((type) => knowledgeOf(type) === 'unpriced')).toEqual([]);
});

test('the page has a row for every price: the Region, the unit, the source, the day, how far it holds', () => {
  const missing = Object.entries(PRICES).filter(
    ([name, { usd, unit, source, read: day, standing }]) =>
      !page.includes(`| \`${name}\` | ${usd} |`) ||
      !page.includes(`| ${unit} | ${standing} | ${day ?? 'not read'} | ${source} |`),
  );
  expect(missing).toEqual([]);
});
