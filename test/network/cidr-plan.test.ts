import { Token } from 'aws-cdk-lib';
import fc from 'fast-check';
import { Problems } from '../../lib/core/errors';
import { checkCidr, planCidr } from '../../lib/network/cidr-plan';

interface Range {
  readonly first: number;
  readonly last: number;
}

/** Independent of the code under test: by bits, not by arithmetic on sizes. */
function rangeOf(cidr: string): Range {
  const [address, prefix] = cidr.split('/');
  const bits = address.split('.').map((octet) => Number(octet).toString(2).padStart(8, '0'));
  const network = bits.join('').slice(0, Number(prefix));
  return { first: parseInt(network.padEnd(32, '0'), 2), last: parseInt(network.padEnd(32, '1'), 2) };
}

function overlap(one: Range, other: Range): boolean {
  return one.first <= other.last && other.first <= one.last;
}

function inside(inner: Range, outer: Range): boolean {
  return inner.first >= outer.first && inner.last <= outer.last;
}

/** A private range of an allowed size that begins where such a range may begin. */
const privateRange = fc
  .record({
    base: fc.constantFrom('10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10'),
    prefix: fc.integer({ min: 16, max: 20 }),
    position: fc.nat(),
  })
  .map(({ base, prefix, position }) => {
    const { first, last } = rangeOf(base);
    const size = 2 ** (32 - prefix);
    const start = first + (position % ((last + 1 - first) / size)) * size;
    return `${[24, 16, 8, 0].map((shift) => Math.floor(start / 2 ** shift) % 256).join('.')}/${prefix}`;
  });

const codesOf = (cidr: string): string[] => {
  const problems = new Problems('Test');
  checkCidr(cidr, problems);
  try {
    problems.throwIfAny();
    return [];
  } catch (error) {
    return [...(error as { codes: readonly string[] }).codes];
  }
};

test('no two subnets of any plan overlap, and all lie inside the network', () => {
  fc.assert(
    fc.property(privateRange, (cidr) => {
      const { applicationSubnets, dataSubnets, egressSubnets } = planCidr(cidr);
      const subnets = [...applicationSubnets, ...dataSubnets, ...egressSubnets].map(rangeOf);
      const overlapping = subnets.flatMap((subnet, index) =>
        subnets.slice(index + 1).filter((other) => overlap(subnet, other)),
      );
      expect(overlapping).toEqual([]);
      expect(subnets.filter((subnet) => !inside(subnet, rangeOf(cidr)))).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

test('every subnet is written in canonical form and large enough for AWS', () => {
  fc.assert(
    fc.property(privateRange, (cidr) => {
      const { applicationSubnets, dataSubnets, egressSubnets } = planCidr(cidr);
      for (const subnet of [...applicationSubnets, ...dataSubnets, ...egressSubnets]) {
        const { first, last } = rangeOf(subnet);
        expect(subnet.split('/')[0]).toBe(
          [24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256).join('.'),
        );
        expect(last - first + 1).toBeGreaterThanOrEqual(16);
      }
    }),
  );
});

test('a zone covers its own subnets and none of another', () => {
  fc.assert(
    fc.property(privateRange, (cidr) => {
      const plan = planCidr(cidr);
      const [application, data] = [rangeOf(plan.application), rangeOf(plan.data)];
      expect(plan.applicationSubnets.map(rangeOf).every((subnet) => inside(subnet, application))).toBe(true);
      expect(plan.dataSubnets.map(rangeOf).every((subnet) => inside(subnet, data))).toBe(true);
      expect(overlap(application, data)).toBe(false);
      expect(
        plan.egressSubnets.map(rangeOf).some((subnet) => overlap(subnet, application) || overlap(subnet, data)),
      ).toBe(false);
    }),
  );
});

test('the plan of a /16 is what the documentation shows', () => {
  expect(planCidr('10.20.0.0/16')).toEqual({
    application: '10.20.0.0/17',
    applicationSubnets: ['10.20.0.0/19', '10.20.32.0/19', '10.20.64.0/19', '10.20.96.0/19'],
    data: '10.20.128.0/18',
    dataSubnets: ['10.20.128.0/20', '10.20.144.0/20', '10.20.160.0/20', '10.20.176.0/20'],
    egressSubnets: ['10.20.192.0/28', '10.20.192.16/28', '10.20.192.32/28', '10.20.192.48/28'],
  });
});

test('every private range of an allowed size is accepted', () => {
  fc.assert(fc.property(privateRange, (cidr) => expect(codesOf(cidr)).toEqual([])));
});

test.each([
  ['10.20.0.0', ['NetworkRangeMalformed']],
  ['10.20.0.0/', ['NetworkRangeMalformed']],
  ['10.20.0/16', ['NetworkRangeMalformed']],
  ['10.20.0.256/16', ['NetworkRangeMalformed']],
  ['10.020.0.0/16', ['NetworkRangeMalformed']],
  ['10.20.0.0/16/1', ['NetworkRangeMalformed']],
  ['10.20.0.0/ 16', ['NetworkRangeMalformed']],
  ['', ['NetworkRangeMalformed']],
  [Token.asString({ Ref: 'Range' }), ['NetworkRangeMalformed']],
  ['10.0.0.0/15', ['NetworkRangeSize']],
  ['10.20.0.0/21', ['NetworkRangeSize']],
  ['10.20.16.0/16', ['NetworkRangeUnaligned']],
  ['8.8.0.0/16', ['NetworkRangePublic']],
  ['172.32.0.0/16', ['NetworkRangePublic']],
  ['100.128.0.0/16', ['NetworkRangePublic']],
  ['8.8.8.0/28', ['NetworkRangeSize', 'NetworkRangePublic']],
])('refuses %j as the range of a network', (cidr, codes) => {
  expect(codesOf(cidr)).toEqual(codes);
});
