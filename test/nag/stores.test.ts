import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { type App } from 'aws-cdk-lib';
import { buildStores, RULE_PACK_NAMES, TIERS } from '../../lib/app';
import { acknowledgedPage } from '../../scripts/docs/acknowledged';
import { reviewExamples } from '../support/examples';
import { FLAGS, lines, reviewApp } from '../support/review';
import { copyOf, rehearsalOf } from '../support/staging';
import { EXISTING_NETWORK, storeOf, storesOf } from '../support/stores';

test('the example stores have no unexplained finding, and docs/ACKNOWLEDGED.md holds every explained one', () => {
  const review = reviewExamples();
  expect(lines(review)).toEqual([]);
  expect(review.packs).toEqual(expect.arrayContaining([...RULE_PACK_NAMES, 'CloudFormation Validate']));
  const page = readFileSync(path.join(__dirname, '../../docs/ACKNOWLEDGED.md'), 'utf8');
  expect(acknowledgedPage(review)).toBe(page);
});

test.each(TIERS)('the tier %s has no unexplained finding with any engine, in an app without flags', (tier) => {
  const stores = storesOf(tier, RULE_PACK_NAMES);
  const context = { ...FLAGS.none, store: 'all' };
  const review = reviewApp((app) => buildStores(app, stores), { context, builtinValidation: true });
  expect(lines(review)).toEqual([]);
  expect(review.stacks).toHaveLength(1 + 4 * 9);
});

test.each(['starter', 'regulated'] as const)(
  'a disposable rehearsal in the tier %s has no unexplained finding with any engine, also with a masked copy',
  (tier) => {
    const rehearsals = Object.entries(storesOf('standard', RULE_PACK_NAMES)).map(([name, production], place) => {
      const rehearsal = place % 2 === 0 ? copyOf(production, { tier }) : rehearsalOf(production, { tier });
      return [name, rehearsal] as const;
    });
    const context = { ...FLAGS.none, store: 'all' };
    const build = (app: App): unknown => buildStores(app, Object.fromEntries(rehearsals));
    const review = reviewApp(build, { context, builtinValidation: true });
    expect(lines(review)).toEqual([]);
    expect(review.stacks).toHaveLength(1 + 4 * 7);
  },
);

test('a store in a network that exists already has no unexplained finding', () => {
  const store = storeOf({ packs: RULE_PACK_NAMES, existingNetwork: EXISTING_NETWORK });
  const review = reviewApp((app) => buildStores(app, { store }), { builtinValidation: true });
  expect(lines(review)).toEqual([]);
});
