import { App, Stack } from 'aws-cdk-lib';
import { CfnInstance } from 'aws-cdk-lib/aws-ec2';
import { CfnUser, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { HostPatching, PatchCalendar } from '../../../lib';
import { type ResourceRule, type Rule, type StackRule } from '../../../lib/compliance/rule';
import { runRulePack, type Judgement } from '../../../lib/compliance/rule-pack';
import { RULES } from '../../../lib/compliance/rules';
import { readAssembly } from '../../../lib/compliance/template-graph/read-assembly';
import { TemplateGraph } from '../../../lib/compliance/template-graph/template-graph';
import { type StackSource } from '../../../lib/compliance/template-graph/stack-source';
import { CONSTRUCTS } from '../../cases';
import { synthesiseExamples } from '../../support/examples';
import { mutated, obscured } from '../../support/mutation';
import { TODAY } from '../../support/stack';
import { MUTATIONS } from './mutations';

const resourceRules = RULES.filter((rule): rule is ResourceRule => 'judge' in rule);
const stackRules = RULES.filter((rule): rule is StackRule => 'judgeStack' in rule);

/** What the example stores do not hold: mail of the shop, a pipeline of its image, hosts, and what we never make. */
function others(): StackSource[] {
  const app = new App({ context: TODAY, analyticsReporting: false });
  CONSTRUCTS.OrderMail?.loaded(new Stack(app, 'Mail'));
  CONSTRUCTS.PatchedImagePipeline?.loaded(new Stack(app, 'Images'));
  const hosts = new Stack(app, 'Hosts');
  const host = new CfnInstance(hosts, 'Host');
  const role = new Role(hosts, 'HostRole', { assumedBy: new ServicePrincipal('ec2.amazonaws.com') });
  new HostPatching(hosts, 'HostPatching', { calendar: new PatchCalendar(hosts, 'Calendar') }).addHost(host, role);
  const foreign = new Stack(app, 'Foreign');
  new CfnUser(foreign, 'User');
  return readAssembly(app.synth().directory);
}

/** A route table with a way out, in each stack: a mutation moves subnets to it. */
const ROUTE_OUT = {
  TableWithRouteOut: { Type: 'AWS::EC2::RouteTable', Properties: { VpcId: 'vpc-1' } },
  RouteOut: {
    Type: 'AWS::EC2::Route',
    Properties: {
      RouteTableId: { Ref: 'TableWithRouteOut' },
      DestinationCidrBlock: '0.0.0.0/0',
      GatewayId: 'igw-1',
    },
  },
};

function withRouteOut(source: StackSource): StackSource {
  return { ...source, template: { ...source.template, Resources: { ...source.template.Resources, ...ROUTE_OUT } } };
}

const sources = [...readAssembly(synthesiseExamples().directory), ...others()];

function judge(rule: Rule, changed: readonly StackSource[]): Judgement[] {
  return runRulePack({ name: 'Test', rules: [rule], answers: () => [] }, new TemplateGraph(changed));
}

const outcomes = (judgements: readonly Judgement[]): Set<string> => new Set(judgements.map(({ outcome }) => outcome));

test('every rule about resources has a mutation', () => {
  expect(Object.keys(MUTATIONS).sort()).toEqual(resourceRules.map(({ name }) => name).sort());
});

describe.each(resourceRules.map((rule) => [rule.name, rule] as const))('%s', (name, rule) => {
  const mutation = MUTATIONS[name];

  test('is content with what we ship, and objects once that is broken', () => {
    if (mutation === undefined) throw new Error(`${name} has no mutation`);
    const before = judge(rule, sources);
    const after = judge(rule, mutated(sources.map(withRouteOut), mutation));
    const objectionsBefore = before.filter(({ outcome }) => outcome === 'objection').length;
    expect(before.length).toBeGreaterThan(0);
    expect(outcomes(before)).not.toContain('undecidable');
    expect(after.filter(({ outcome }) => outcome === 'objection').length).toBeGreaterThan(
      name === 'iam-no-user' ? 0 : objectionsBefore,
    );
  });

  test('says so when it cannot tell', () => {
    if (mutation === undefined || mutation.neverInDoubt !== undefined) return;
    expect(outcomes(judge(rule, obscured(sources, mutation)))).toContain('undecidable');
  });
});

/** What is done to each stack, and what its rule then answers. */
const STACK_MUTATIONS: Readonly<Record<string, readonly [string, (source: StackSource) => StackSource][]>> = {
  'stack-termination-protection': [
    ['objection', (source) => ({ ...source, terminationProtection: false })],
    ['undecidable', (source) => ({ ...source, terminationProtection: undefined })],
  ],
  'template-readable': [
    [
      'undecidable',
      (source) => ({ ...source, template: { ...source.template, Transform: 'AWS::Serverless-2016-10-31' } }),
    ],
  ],
};

test('every rule about stacks has a mutation', () => {
  expect(Object.keys(STACK_MUTATIONS).sort()).toEqual(stackRules.map(({ name }) => name).sort());
});

describe.each(stackRules.map((rule) => [rule.name, rule] as const))('%s', (name, rule) => {
  // A rehearsal that is disposable is not protected, and says so with a waiver.
  const ours = readAssembly(synthesiseExamples().directory).filter(({ name: stack }) => !stack.includes('-staging-'));

  test('is content with what we ship', () => {
    expect(outcomes(judge(rule, ours))).toContain('compliant');
    expect(outcomes(judge(rule, ours))).not.toContain('objection');
    expect(outcomes(judge(rule, ours))).not.toContain('undecidable');
  });

  test.each(STACK_MUTATIONS[name] ?? [])('answers with an %s once that is broken', (outcome, mutate) => {
    expect(outcomes(judge(rule, ours.map(mutate)))).toContain(outcome);
  });
});
