import { costReport, costUnder, type CostedStack } from '../../../lib/cli/cost/cost-report';
import { NORMAL } from '../../../lib/pricing/traffic';

function stackOf(region: string, ...resources: [type: string, properties?: object][]): CostedStack {
  return {
    name: `stack-${region}`,
    region,
    resources: resources.map(([type, properties = {}], index) => ({
      logicalId: `R${index}`,
      type,
      properties: properties as Record<string, unknown>,
    })),
  };
}

const LOAD_BALANCER: [string, object] = ['AWS::ElasticLoadBalancingV2::LoadBalancer', { Scheme: 'internal' }];

test('each stack is priced in its Region, and the sum is that of the stacks', () => {
  const { stacks, sum, borrowed } = costReport([
    stackOf('us-east-1', LOAD_BALANCER),
    stackOf('ap-southeast-1', LOAD_BALANCER, ['AWS::KMS::Key']),
  ]);
  expect(stacks.map(({ idle }) => idle)).toEqual([expect.closeTo(0.0225 * 730), expect.closeTo(0.0252 * 730 + 1)]);
  expect(sum.idle).toBeCloseTo((0.0225 + 0.0252) * 730 + 1);
  expect(borrowed).toEqual([]);
});

test('of a Region whose prices nobody knows it says so', () => {
  const { borrowed, lines } = costReport([stackOf('sa-east-1', LOAD_BALANCER)]);
  expect(borrowed).toEqual(['sa-east-1']);
  expect(lines[0]).toMatchObject({ pricedAt: 'us-east-1', each: 0.0225 });
});

test('all stacks can be priced as in one Region; a stack of any Region is priced as in us-east-1', () => {
  expect(costReport([stackOf('us-east-1', LOAD_BALANCER)], 'ap-southeast-1').sum.idle).toBeCloseTo(0.0252 * 730);
  expect(costReport([stackOf('unknown-region', LOAD_BALANCER)]).stacks).toMatchObject([{ region: 'us-east-1' }]);
});

test('equal things of a stack are one line, with the units of all', () => {
  const { lines } = costReport([stackOf('us-east-1', ['AWS::KMS::Key'], ['AWS::KMS::Key'], ['AWS::KMS::ReplicaKey'])]);
  expect(lines).toMatchObject([{ what: 'keys', unit: 'key and month', units: { idle: 3 }, usd: { tenfold: 3 } }]);
});

test('busy and ten times busier cost more, and what more traffic costs is the slope between them', () => {
  const stack = stackOf('us-east-1', ['AWS::CloudFront::Distribution']);
  const { sum, more } = costReport([stack]);
  expect(sum.idle).toBe(0);
  expect(sum.tenfold).toBeCloseTo(10 * sum.normal);
  const thousandMore = costUnder(stack, { ...NORMAL, pageViewsADay: NORMAL.pageViewsADay + 1000 });
  expect(more.thousandPageViewsADay).toBeCloseTo(thousandMore - sum.normal);
  expect(more.hundredOrdersADay).toBe(0);
});

test('what use decides, what the template leaves open and what has no price is listed, and in no sum', () => {
  const { notCounted, unpriced, sum } = costReport([
    stackOf(
      'us-east-1',
      ['AWS::S3::Bucket'],
      ['AWS::S3::Bucket'],
      ['AWS::NetworkFirewall::Firewall', { SubnetMappings: { Ref: 'Mappings' } }],
      ['AWS::EC2::Instance'],
      ['AWS::EC2::Instance'],
    ),
  ]);
  expect(sum.idle).toBe(0);
  expect(notCounted).toContainEqual(
    expect.objectContaining({ what: 'buckets', resources: ['R0', 'R1'], each: { usd: 0.023, unit: 'GB and month' } }),
  );
  const firewall = notCounted.find(({ what }) => what === 'network firewall');
  expect(firewall?.why).toBe('the template leaves it to a parameter or another stack');
  expect(firewall).not.toHaveProperty('each');
  expect(unpriced).toEqual([{ type: 'AWS::EC2::Instance', count: 2 }]);
});

test('types that are free are counted, with the reason', () => {
  const { free } = costReport([stackOf('us-east-1', ['AWS::IAM::Role'], ['AWS::EC2::VPC'])]);
  expect(free).toEqual([
    { type: 'AWS::EC2::VPC', count: 1, why: expect.stringContaining('network') as string },
    { type: 'AWS::IAM::Role', count: 1, why: 'Permissions are free.' },
  ]);
});
