import { rmSync } from 'node:fs';
import demo from '../../../../config/demo';
import medusa from '../../../../config/medusa';
import { CacheTopology, Vault } from '../../../../lib';
import { defineStore } from '../../../../lib/app';
import { NAMED_TYPES } from '../../../../lib/cli/preflight/checks/names';
import { readStore, resourcesOf } from '../../../../lib/cli/store-assembly';
import { assemblyOf } from '../../../support/assembly';
import { json, list, query, stacks, xml } from '../../../support/aws-recordings';
import { type Recordings } from '../../../support/aws-server';
import { ask } from '../../../support/preflight';

const regulated = assemblyOf({
  acme: defineStore({
    ...medusa,
    packs: [],
    cache: CacheTopology.serverless(),
    backup: { vault: Vault.airGapped({ confirm: 'acme' }) },
  }),
});
const standard = assemblyOf({ demo: defineStore({ ...demo, packs: [] }) });

afterAll(() => [regulated, standard].forEach((directory) => rmSync(directory, { recursive: true })));

/** What the templates of a store call its resources, by type. */
function namesIn(assembly: string): { type: string; name: string }[] {
  const store = readStore(assembly);
  const name = new RegExp(`^(?:[a-z/-]*/|aws-waf-logs-)?(?:${store.name}|commerce-account)-[0-9a-f]{8}(?:/.*)?$`);
  const strings = (value: unknown): string[] =>
    typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(strings)
      : [value].filter((each) => typeof each === 'string');
  return resourcesOf(store).flatMap(({ type, properties }) =>
    strings(properties)
      .filter((text) => name.test(text))
      .map((text) => ({ type, name: text })),
  );
}

/** Types whose names stand in nobody's way: metrics, and references to what another resource names. */
const NOT_UNIQUE = [
  'AWS::WAFv2::WebACL',
  'AWS::CloudWatch::Alarm',
  'AWS::Logs::MetricFilter',
  'AWS::Logs::Delivery',
  'AWS::RDS::DBProxyTargetGroup',
  'AWS::ECS::TaskDefinition',
  'AWS::Events::Rule',
  'AWS::Backup::BackupPlan',
  'AWS::Backup::BackupSelection',
  'AWS::Lambda::Function',
];

test('every name that a template gives is asked for', () => {
  const types = [...namesIn(regulated), ...namesIn(standard)].map(({ type }) => type);
  const unknown = types.filter((type) => !(type in NAMED_TYPES) && !NOT_UNIQUE.includes(type));
  expect([...new Set(unknown)]).toEqual([]);
  expect(Object.keys(NAMED_TYPES).filter((type) => !types.includes(type))).toEqual([]);
});

const first = ([, name = '']: RegExpExecArray): string => name;
const asked = (text: string, pattern: RegExp): string =>
  first(pattern.exec(text) ?? ([] as unknown as RegExpExecArray));
const cloudFrontLists = (names: readonly string[]): Recordings => ({
  ListCachePolicies: list(
    'CachePolicyList',
    'CachePolicySummary',
    names.map(
      (name) =>
        `<Type>custom</Type><CachePolicy><CachePolicyConfig><Name>${name}</Name></CachePolicyConfig></CachePolicy>`,
    ),
  ),
  ListResponseHeadersPolicies: list(
    'ResponseHeadersPolicyList',
    'ResponseHeadersPolicySummary',
    names.map(
      (name) =>
        `<Type>custom</Type><ResponseHeadersPolicy><ResponseHeadersPolicyConfig><Name>${name}</Name>` +
        '</ResponseHeadersPolicyConfig></ResponseHeadersPolicy>',
    ),
  ),
  ListOriginAccessControls: list(
    'OriginAccessControlList',
    'OriginAccessControlSummary',
    names.map((name) => `<Id>E1</Id><Name>${name}</Name>`),
  ),
  ListVpcOrigins: list(
    'VpcOriginList',
    'VpcOriginSummary',
    names.map((name) => `<Id>vo_1</Id><Name>${name}</Name>`),
  ),
  DescribeFunction: xml('<FunctionSummary><Name>left</Name></FunctionSummary>'),
});

/** An account in which everything is there already that a store calls `names`. */
const leftover = (names: readonly string[]): Recordings => ({
  ...cloudFrontLists(names),
  DescribeLogGroups: ({ text }) =>
    json({ logGroups: [{ logGroupName: asked(text, /"logGroupNamePrefix":"([^"]+)"/) }] }),
  DescribeResourcePolicies: json({ resourcePolicies: names.map((policyName) => ({ policyName })) }),
  GetDeliverySource: json({ deliverySource: { name: 'left' } }),
  GetDeliveryDestination: json({ deliveryDestination: { name: 'left' } }),
  DescribeUsers: query('DescribeUsers', '<Users><member><UserId>left</UserId></member></Users>'),
  DescribeUserGroups: query(
    'DescribeUserGroups',
    '<UserGroups><member><UserGroupId>left</UserGroupId></member></UserGroups>',
  ),
  DescribeServerlessCaches: query(
    'DescribeServerlessCaches',
    '<ServerlessCaches><member><ServerlessCacheName>left</ServerlessCacheName></member></ServerlessCaches>',
  ),
  DescribeDBClusters: query(
    'DescribeDBClusters',
    '<DBClusters><DBCluster><DBClusterIdentifier>left</DBClusterIdentifier></DBCluster></DBClusters>',
  ),
  DescribeDBProxies: query(
    'DescribeDBProxies',
    '<DBProxies><member><DBProxyName>left</DBProxyName></member></DBProxies>',
  ),
  ListBackupVaults: json({ BackupVaultList: names.map((BackupVaultName) => ({ BackupVaultName })) }),
  DescribePullThroughCacheRules: json({ pullThroughCacheRules: [{ ecrRepositoryPrefix: 'left' }] }),
  DescribeRepositoryCreationTemplates: json({ repositoryCreationTemplates: [{ prefix: 'left' }] }),
  DescribeFirewall: json({ Firewall: { FirewallName: 'left' } }),
  DescribeFirewallPolicy: json({ FirewallPolicyResponse: { FirewallPolicyName: 'left' } }),
  DescribeRuleGroup: json({ RuleGroupResponse: { RuleGroupName: 'left' } }),
});

test.each([
  ['regulated', regulated],
  ['standard', standard],
])('of the %s store, every name is found free', async (_, assembly) => {
  const { report } = await ask(assembly, { checks: ['name'] });
  expect(report.results.filter(({ verdict }) => verdict !== 'ok')).toEqual([]);
});

test.each([
  ['regulated', regulated],
  ['standard', standard],
])('of the %s store, every name is found taken, and the command that frees it names it', async (_, assembly) => {
  const names = namesIn(assembly).map(({ name }) => name);
  const { report } = await ask(assembly, { recordings: leftover(names), checks: ['name'] });
  const results = report.results.filter(({ check }) => check === 'name');
  expect(results.length).toBeGreaterThan(15);
  expect(results.filter(({ verdict }) => verdict !== 'failure')).toEqual([]);
  const nameOf = (subject: string): string => subject.slice(subject.lastIndexOf(' ') + 1);
  expect(results.filter(({ subject, repair }) => !repair?.includes(nameOf(subject)))).toEqual([]);
});

test('a name is not asked for once its stack is there: the store has it', async () => {
  const recordings = { ...leftover([]), DescribeStacks: stacks({ 'acme-production-data': 'UPDATE_COMPLETE' }) };
  const { report, server } = await ask(regulated, { recordings, checks: ['name'] });
  const cluster = report.results.find(({ subject }) => subject.startsWith('database cluster'));
  expect(cluster).toMatchObject({ verdict: 'ok', seen: 'acme-production-data is there.' });
  expect(server.calls.map(({ operation }) => operation)).not.toContain('DescribeDBClusters');
});

test('a stack that is only a plan has no names yet', async () => {
  const recordings = { ...leftover([]), DescribeStacks: stacks({ 'acme-production-data': 'REVIEW_IN_PROGRESS' }) };
  const { report } = await ask(regulated, { recordings, checks: ['name'] });
  const cluster = report.results.find(({ subject }) => subject.startsWith('database cluster'));
  expect(cluster).toMatchObject({ verdict: 'failure' });
});
