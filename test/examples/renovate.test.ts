import { existsSync, readFileSync } from 'node:fs';
import * as path from 'node:path';

interface Rule {
  readonly description?: string;
  readonly matchManagers?: readonly string[];
  readonly reviewers?: readonly string[];
  readonly schedule?: readonly string[];
  readonly minimumReleaseAge?: string | null;
  readonly automerge?: boolean;
}

interface Renovate extends Rule {
  readonly enabledManagers: readonly string[];
  readonly lockFileMaintenance: Rule & { readonly enabled: boolean };
  readonly osvVulnerabilityAlerts: boolean;
  readonly vulnerabilityAlerts: Rule & { readonly enabled: boolean };
  readonly packageRules: readonly Rule[];
}

const EXAMPLES = path.join(__dirname, '../../examples');
const renovate = JSON.parse(readFileSync(path.join(EXAMPLES, 'ci/renovate.json'), 'utf8')) as Renovate;
const ruleOf = (manager: string): Rule =>
  Object.assign(
    {},
    ...renovate.packageRules.filter(({ matchManagers = [] }) => matchManagers.includes(manager)),
  ) as Rule;

/** Whose lock or base each manager of Renovate bumps. */
const FILES: Readonly<Record<string, string>> = {
  composer: 'composer.json',
  dockerfile: 'Dockerfile',
  npm: 'package.json',
};

test.each(renovate.enabledManagers.map((manager) => [manager]))('what %s brings has an owner', (manager) => {
  expect(FILES).toHaveProperty(manager);
  expect(ruleOf(manager).reviewers).toEqual([expect.stringMatching(/^team:[a-z-]+$/)]);
});

test('bumps all that the image of the example is made of', () => {
  const used = Object.keys(FILES).filter((manager) => existsSync(path.join(EXAMPLES, 'woocommerce', FILES[manager])));
  expect(used).toEqual(['composer', 'dockerfile']);
  expect(renovate.enabledManagers).toEqual(expect.arrayContaining(used));
});

test('each rule is about something that is bumped', () => {
  const named = renovate.packageRules.flatMap(({ matchManagers = [] }) => matchManagers);
  expect(named.sort()).toEqual([...renovate.enabledManagers].sort());
});

test('a fix of a known hole waits for no day and no age', () => {
  expect(renovate.osvVulnerabilityAlerts).toBe(true);
  expect(renovate.vulnerabilityAlerts).toMatchObject({
    enabled: true,
    schedule: ['at any time'],
    minimumReleaseAge: null,
  });
});

test('nor does one of a plugin, for which there is no alert', () => {
  const { schedule, minimumReleaseAge = renovate.minimumReleaseAge } = ruleOf('composer');
  expect([schedule, minimumReleaseAge]).toEqual([['at any time'], undefined]);
});

test('locks are renewed also where nothing in the manifest changes', () => {
  expect(renovate.lockFileMaintenance.enabled).toBe(true);
});

test('nothing is merged by itself', () => {
  expect(renovate.automerge).toBe(false);
  const { packageRules, lockFileMaintenance, vulnerabilityAlerts } = renovate;
  const others = [...packageRules, lockFileMaintenance, vulnerabilityAlerts];
  expect(others.filter((rule) => 'automerge' in rule)).toEqual([]);
});
