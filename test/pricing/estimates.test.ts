import * as fc from 'fast-check';
import type { Charge } from '../../lib/pricing/charge';
import { chargesOf, knowledgeOf, PRICED_TYPES } from '../../lib/pricing/estimates';
import type { StackResources, TemplateResource } from '../../lib/pricing/template';
import { IDLE, NORMAL, scaled, TENFOLD, trafficOf, type Workload } from '../../lib/pricing/traffic';

const MONTH = 730;

function resource(type: string, properties: TemplateResource['properties'] = {}, logicalId = 'It'): TemplateResource {
  return { type: `AWS::${type}`, properties, logicalId };
}

/** What the first of `stack` is charged for. */
function charged(stack: StackResources, workload: Workload = IDLE): readonly Charge[] {
  return chargesOf(stack[0], stack, trafficOf(workload));
}

/** Units of `price` that the first of `stack` is charged for. */
function units(price: string, stack: StackResources, workload?: Workload): number | undefined {
  return charged(stack, workload).find((charge) => charge.price === price)?.units;
}

const subnet = (zone: string, index: number): TemplateResource[] => [
  resource('EC2::Subnet', { AvailabilityZone: zone }, `Subnet${index}`),
  resource(
    'EC2::SubnetRouteTableAssociation',
    { SubnetId: { Ref: `Subnet${index}` }, RouteTableId: { Ref: 'Table' } },
    `Association${index}`,
  ),
];
const route = resource('EC2::Route', { NatGatewayId: { Ref: 'It' }, RouteTableId: { Ref: 'Table' } }, 'Route');
const regional = resource('EC2::NatGateway', { AvailabilityMode: 'regional' });

describe('a network', () => {
  test('a regional NAT gateway costs in each zone that is led to it, and takes an address there', () => {
    const stack = [regional, route, ...['a', 'b', 'b'].flatMap(subnet)];
    expect([units('natGateway', stack), units('address', stack)]).toEqual([2 * MONTH, 2 * MONTH]);
  });

  test('any other NAT gateway costs in one, and its address where that stands', () => {
    const stack = [resource('EC2::NatGateway'), route, ...['a', 'b'].flatMap(subnet)];
    expect([units('natGateway', stack), units('address', stack)]).toEqual([MONTH, undefined]);
    expect(units('address', [resource('EC2::EIP')])).toBe(MONTH);
  });

  test('an interface endpoint costs in each subnet, a gateway endpoint nothing', () => {
    const of = (type: string): TemplateResource[] => [
      resource('EC2::VPCEndpoint', { VpcEndpointType: type, SubnetIds: ['a', 'b'] }),
    ];
    expect(units('interfaceEndpoint', of('Interface'))).toBe(2 * MONTH);
    expect(charged(of('Gateway'))).toEqual([]);
  });

  test('a network firewall costs in each zone', () => {
    const firewall = resource('NetworkFirewall::Firewall', { SubnetMappings: [{}, {}, {}] });
    expect(units('firewallEndpoint', [firewall])).toBe(3 * MONTH);
  });

  test('an address for each subnet of a load balancer that faces the internet', () => {
    const of = (Scheme: string): TemplateResource[] => [
      resource('ElasticLoadBalancingV2::LoadBalancer', { Scheme, Subnets: ['a', 'b'] }),
    ];
    expect(units('address', of('internet-facing'))).toBe(2 * MONTH);
    expect(units('address', of('internal'))).toBeUndefined();
  });
});

const cluster = (scaling: object): TemplateResource =>
  resource(
    'RDS::DBCluster',
    { Engine: 'aurora-postgresql', ServerlessV2ScalingConfiguration: scaling, ManageMasterUserPassword: true },
    'Cluster',
  );
const writer = resource('RDS::DBInstance', {
  DBInstanceClass: 'db.serverless',
  DBClusterIdentifier: { Ref: 'Cluster' },
});

describe('data', () => {
  test('a serverless instance costs the least capacity of its cluster, at rest', () => {
    expect(units('databaseCapacity', [writer, cluster({ MinCapacity: 0.5, MaxCapacity: 4 })])).toBe(0.5 * MONTH);
  });

  test('one that may pause costs nothing at rest, and a shop that runs is said to keep it awake', () => {
    const [atRest, awake] = charged([writer, cluster({ MinCapacity: 0, MaxCapacity: 4 })]);
    expect(atRest.units).toBe(0);
    expect(awake.units).toBeUndefined();
    expect(awake.why).toContain('heartbeats');
  });

  test('in busy hours the writer takes more, but not more than the cluster may have; a reader does not', () => {
    const reader = { ...writer, properties: { ...writer.properties, PromotionTier: 1 } };
    const stack = (instance: TemplateResource, most: number): StackResources => [
      instance,
      cluster({ MinCapacity: 0.5, MaxCapacity: most }),
    ];
    const free = units('databaseCapacity', stack(writer, 100), scaled(NORMAL, 1000))!;
    const bound = units('databaseCapacity', stack(writer, 4), scaled(NORMAL, 1000))!;
    expect(free).toBeGreaterThan(bound);
    expect(bound).toBeCloseTo(0.5 * MONTH + 3.5 * (MONTH / 3));
    expect(units('databaseCapacity', stack(reader, 4), scaled(NORMAL, 1000))).toBe(0.5 * MONTH);
  });

  test('a password that RDS manages is a secret', () => {
    expect(units('secret', [cluster({})])).toBe(1);
  });

  test('an instance of a known class costs by the hour, twice with a standby, and its storage', () => {
    const properties = { DBInstanceClass: 'db.t4g.small', Engine: 'postgres', MultiAZ: true, AllocatedStorage: '20' };
    const stack = [resource('RDS::DBInstance', properties)];
    expect([units('postgres db.t4g.small', stack), units('rdsGigabyte', stack)]).toEqual([2 * MONTH, 40]);
  });

  test('nodes of a cache are counted with their replicas, whichever way the template says it', () => {
    const node = { Engine: 'valkey', CacheNodeType: 'cache.t4g.micro' };
    const of = (properties: object): number | undefined =>
      units('valkey cache.t4g.micro', [resource('ElastiCache::ReplicationGroup', { ...node, ...properties })]);
    expect(of({ NumNodeGroups: 2, ReplicasPerNodeGroup: 1 })).toBe(4 * MONTH);
    expect(of({ NumCacheClusters: 3 })).toBe(3 * MONTH);
  });
});

test('builds of an image cost by the minute, on machines that there is a price for', () => {
  const built = (ComputeType: string): readonly Charge[] =>
    charged([resource('CodeBuild::Project', { Environment: { ComputeType } })]);
  expect(built('BUILD_GENERAL1_MEDIUM')).toMatchObject([{ price: 'buildMinute' }]);
  expect(built('BUILD_GENERAL1_2XLARGE')[0].price).toBeUndefined();
});

const definition = resource(
  'ECS::TaskDefinition',
  { Cpu: '512', Memory: '1024', RuntimePlatform: { CpuArchitecture: 'ARM64' } },
  'Definition',
);
const shop = resource('ECS::Service', {
  LaunchType: 'FARGATE',
  TaskDefinition: { Ref: 'Definition' },
  DesiredCount: 1,
  LoadBalancers: [{}],
});
const scaling = resource(
  'ApplicationAutoScaling::ScalableTarget',
  { MinCapacity: 2, MaxCapacity: 4, ResourceId: { 'Fn::Join': ['/', ['service', { 'Fn::GetAtt': ['It', 'Name'] }]] } },
  'Scaling',
);

describe('tasks', () => {
  test('cost as many as the service is told to run, or the fewest that it scales to', () => {
    expect(units('processorArm64', [shop, definition])).toBe(0.5 * MONTH);
    expect(units('memoryArm64', [shop, definition, scaling])).toBe(2 * MONTH);
  });

  test('are more in busy hours, up to the most', () => {
    const most = units('memoryArm64', [shop, definition, scaling], scaled(NORMAL, 1000));
    expect(most).toBeCloseTo(2 * MONTH + 2 * (MONTH / 3));
  });

  test('of a definition in another stack cost something that nobody knows', () => {
    expect(charged([shop])).toMatchObject([
      { what: 'tasks', why: 'the definition of the task stands in another stack' },
    ]);
  });

  test('on instances cost nothing beside the instances', () => {
    expect(charged([resource('ECS::Service', { LaunchType: 'EC2' }), definition])).toEqual([]);
  });
});

describe('a web ACL', () => {
  const rule = (group?: object): object => ({ Statement: group && { ManagedRuleGroupStatement: group } });

  test('costs a fee, one for each rule, and those of groups with a price of their own', () => {
    const group = { VendorName: 'AWS', Name: 'AWSManagedRulesATPRuleSet' };
    const stack = [resource('WAFv2::WebACL', { Rules: [rule(), rule(group)] })];
    expect(units('webAcl', stack)).toBe(1);
    expect(units('webAclRule', stack)).toBe(2);
    expect(units('AWSManagedRulesATPRuleSet', stack)).toBe(1);
    expect(units('loginAttempts', stack, NORMAL)).toBeCloseTo((300 * 2 * 730) / 24 / 1000);
  });

  test('with a group that a vendor sells costs something that nobody knows', () => {
    const stack = [resource('WAFv2::WebACL', { Rules: [rule({ VendorName: 'Fortinet', Name: 'all_rules' })] })];
    expect(charged(stack).filter(({ price }) => price === undefined)).toHaveLength(1);
  });
});

test.each([
  ['EC2::VPCEndpoint', { VpcEndpointType: 'Interface', SubnetIds: { Ref: 'Subnets' } }, 'interface endpoints'],
  ['EC2::VPCEndpoint', { VpcEndpointType: 'Interface' }, 'interface endpoints'],
  ['NetworkFirewall::Firewall', { SubnetMappings: { Ref: 'Mappings' } }, 'network firewall'],
  ['RDS::DBInstance', { DBInstanceClass: { Ref: 'Class' } }, 'database'],
  ['RDS::DBInstance', { DBInstanceClass: 'db.serverless', DBClusterIdentifier: { Ref: 'Elsewhere' } }, 'database'],
  ['ElastiCache::ReplicationGroup', { CacheNodeType: { Ref: 'Class' } }, 'cache'],
  ['ElastiCache::ReplicationGroup', { CacheNodeType: 'cache.r7g.16xlarge' }, 'cache'],
  ['WAFv2::WebACL', { Rules: { 'Fn::If': ['Strict', [], []] } }, 'WAF'],
  ['CloudWatch::Alarm', { Metrics: { Ref: 'Metrics' } }, 'alarms and dashboard'],
  ['SSM::Parameter', { Tier: 'Advanced' }, 'parameters'],
])('%s with %j is not known, and never nothing', (type, properties, what) => {
  const unknown = charged([resource(type, properties)]).filter(({ price, why }) => price === undefined && why);
  expect(unknown.map((charge) => charge.what)).toContain(what);
});

test('an alarm costs once for each metric, more on a band and when it looks every ten seconds', () => {
  const query = (Period?: number): object => ({ MetricStat: { Period } });
  const of = (properties: TemplateResource['properties']): readonly Charge[] =>
    charged([resource('CloudWatch::Alarm', properties)]);
  expect(of({ Metrics: [query(), query(), { Expression: 'm1/m2' }] })).toMatchObject([{ price: 'alarm', units: 2 }]);
  expect(of({ Metrics: [query()], ThresholdMetricId: 'band' })).toMatchObject([{ price: 'alarm', units: 3 }]);
  expect(of({ Period: 10 })).toMatchObject([{ price: 'fastAlarm', units: 1 }]);
});

test('shoppers fill the log of what serves them, and nobody knows how full others get', () => {
  const group = resource('Logs::LogGroup');
  const logging = { LogConfiguration: { Options: { 'awslogs-group': { Ref: 'It' } } } };
  const logged = { ...definition, properties: { ...definition.properties, ContainerDefinitions: [logging] } };
  const service = { ...shop, logicalId: 'Shop' };
  expect(units('logGigabyte', [group, logged, service], NORMAL)).toBeGreaterThan(0);
  expect(units('logGigabyte', [group, logged], NORMAL)).toBeUndefined();
});

/** Values as templates have them, also where none belongs. */
const value = fc.oneof(
  fc.constant({ Ref: 'Parameter' }),
  fc.integer(),
  fc.string(),
  fc.array(fc.string()),
  fc.constant(null),
  fc.constantFrom('FARGATE', 'Interface', 'regional', 'db.serverless', 'aurora-mysql', 's3'),
);
const NAMES = [
  ...[
    'LaunchType',
    'DesiredCount',
    'Cpu',
    'Memory',
    'SubnetIds',
    'SubnetMappings',
    'DBInstanceClass',
    'Engine',
    'Rules',
  ],
  ...['VpcEndpointType', 'AvailabilityMode', 'Domains', 'CacheNodeType', 'NumNodeGroups', 'Metrics', 'Period', 'Tier'],
  ...[
    'LogGroupName',
    'ContainerDefinitions',
    'ClusterSettings',
    'LoadBalancers',
    'AllocatedStorage',
    'Subnets',
    'Scheme',
  ],
];
const anything = fc.record({
  logicalId: fc.string(),
  type: fc.constantFrom(...PRICED_TYPES),
  properties: fc.dictionary(fc.constantFrom(...NAMES), value),
});

test('of whatever stands in a template, a charge has units or says why it has none', () => {
  fc.assert(
    fc.property(fc.array(anything, { maxLength: 5 }), (stack) => {
      const charges = stack.flatMap((each) => chargesOf(each, stack, trafficOf(TENFOLD)));
      const silent = charges.filter(({ units: counted, why }) =>
        counted === undefined ? why === undefined : !Number.isFinite(counted),
      );
      expect(silent).toEqual([]);
    }),
  );
});

test('more traffic never costs less', () => {
  const workload = fc.record({ ordersADay: fc.nat(10_000), pageViewsADay: fc.nat(1_000_000) });
  fc.assert(
    fc.property(anything, workload, fc.integer({ min: 1, max: 10 }), (priced, before, factor) => {
      const stack = [priced, definition, scaling, cluster({ MinCapacity: 0.5, MaxCapacity: 16 })];
      const less = chargesOf(priced, stack, trafficOf(before));
      const more = chargesOf(priced, stack, trafficOf(scaled(before, factor)));
      expect(more).toHaveLength(less.length);
      expect(less.filter(({ units: few = 0 }, index) => (more[index].units ?? 0) < few)).toEqual([]);
    }),
  );
});

test('no type is both priced and free', () => {
  expect(PRICED_TYPES.filter((type) => knowledgeOf(type) !== 'priced')).toEqual([]);
  expect(knowledgeOf('AWS::EC2::Instance')).toBe('unpriced');
  expect(knowledgeOf('Custom::Thing')).toBe('free');
});
