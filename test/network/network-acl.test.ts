import fc from 'fast-check';
import { Network } from '../../lib';
import { planCidr } from '../../lib/network/cidr-plan';
import { applicationRules, dataRules, type AclRule } from '../../lib/network/network-acl';
import { templateOf } from '../support/stack';

interface Packet {
  readonly address: string;
  readonly protocol: 'tcp' | 'udp';
  readonly port: number;
}

/** What a network ACL does with a packet: the first rule that fits decides, and without one it is refused. */
function verdict(rules: readonly AclRule[], { address, protocol, port }: Packet): 'allow' | 'deny' {
  const fitting = rules.find(
    (rule) =>
      contains(rule.cidr, address) &&
      (rule.protocol ?? protocol) === protocol &&
      (rule.ports === undefined || (rule.ports[0] <= port && port <= rule.ports[1])),
  );
  return fitting?.action ?? 'deny';
}

function contains(cidr: string, address: string): boolean {
  const bits = (text: string): string =>
    text
      .split('.')
      .map((octet) => Number(octet).toString(2).padStart(8, '0'))
      .join('');
  const [network, prefix] = cidr.split('/');
  return bits(network).slice(0, Number(prefix)) === bits(address).slice(0, Number(prefix));
}

const plan = planCidr('10.20.0.0/16');
const application = applicationRules('10.20.0.0/16');
const data = dataRules(plan);
const [inApplication, inData, inEgress, outside] = ['10.20.0.4', '10.20.128.4', '10.20.192.4', '203.0.113.1'];

describe('the application zone', () => {
  test.each([25, 465, 587])('sends no mail to port %i, inside or out', (port) => {
    [outside, inData, inApplication].forEach((address) => {
      expect(verdict(application.outbound, { address, protocol: 'tcp', port })).toBe('deny');
    });
  });

  test.each<['tcp' | 'udp', number]>([
    ['tcp', 53],
    ['udp', 53],
    ['tcp', 853],
    ['udp', 853],
  ])('asks no other name server over %s %i', (protocol, port) => {
    [outside, inData, inApplication].forEach((address) => {
      expect(verdict(application.outbound, { address, protocol, port })).toBe('deny');
    });
  });

  test('calls out over HTTPS, and over no port below 1024 besides', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1023 }), (port) => {
        const allowed = verdict(application.outbound, { address: outside, protocol: 'tcp', port }) === 'allow';
        expect(allowed).toBe(port === 443);
      }),
      { examples: [[443], [80], [22]] },
    );
  });

  test('sends nothing but TCP out', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 65535 }), (port) => {
        expect(verdict(application.outbound, { address: outside, protocol: 'udp', port })).toBe('deny');
        expect(verdict(application.inbound, { address: outside, protocol: 'udp', port })).toBe('deny');
      }),
    );
  });

  test('answers CloudFront at any port it may call from', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1024, max: 65535 }), (port) => {
        expect(verdict(application.outbound, { address: outside, protocol: 'tcp', port })).toBe('allow');
      }),
    );
  });

  test('takes answers from outside, but no call to a service: no port below 1024, no remote desktop', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 65535 }), (port) => {
        const allowed = verdict(application.inbound, { address: outside, protocol: 'tcp', port }) === 'allow';
        expect(allowed).toBe(port >= 1024 && port !== 3389);
      }),
      { examples: [[1023], [1024], [3389]] },
    );
  });

  test.each([5432, 6379, 2049, 443])('reaches the data zone at port %i', (port) => {
    expect(verdict(application.outbound, { address: inData, protocol: 'tcp', port })).toBe('allow');
    expect(verdict(data.inbound, { address: inApplication, protocol: 'tcp', port })).toBe('allow');
  });
});

test('the data zone exchanges packets with the application zone and itself, and with nobody else', () => {
  const anywhere = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255)).map((octets) => octets.join('.'));
  const address = fc.oneof(anywhere, fc.constantFrom(inApplication, inData, inEgress, outside, '10.21.0.4'));
  const packet = fc.record<Packet>({ address, protocol: fc.constantFrom('tcp', 'udp'), port: fc.nat(65535) });
  fc.assert(
    fc.property(packet, (each) => {
      const inside = contains(plan.application, each.address) || contains(plan.data, each.address);
      expect(verdict(data.inbound, each)).toBe(inside ? 'allow' : 'deny');
      expect(verdict(data.outbound, each)).toBe(inside ? 'allow' : 'deny');
    }),
    { numRuns: 1_000 },
  );
});

describe('in the template', () => {
  const template = templateOf((stack) => new Network(stack, 'Network', { cidr: '10.20.0.0/16' }));
  const entries = Object.values(template.findResources('AWS::EC2::NetworkAclEntry')).map(
    ({ Properties }) => Properties as Entry,
  );
  const listed = (acl: RegExp, egress: boolean): AclRule[] =>
    entries
      .filter(({ NetworkAclId, Egress }) => acl.test(NetworkAclId['Fn::GetAtt'][0]) && Egress === egress)
      .sort((one, other) => one.RuleNumber - other.RuleNumber)
      .map(({ RuleAction, CidrBlock, Protocol, PortRange }) => ({
        action: RuleAction,
        cidr: CidrBlock,
        protocol: ({ 6: 'tcp', 17: 'udp', [-1]: undefined } as const)[Protocol],
        ports: PortRange && [PortRange.From, PortRange.To],
      }));

  test('the lists stand as written, in their order', () => {
    expect(listed(/ApplicationAcl/, false)).toEqual(application.inbound);
    expect(listed(/ApplicationAcl/, true)).toEqual(application.outbound);
    expect(listed(/DataAcl/, false)).toEqual(data.inbound);
    expect(listed(/DataAcl/, true)).toEqual(data.outbound);
  });

  test('every subnet has the list of its zone', () => {
    const associations = Object.values(template.findResources('AWS::EC2::SubnetNetworkAclAssociation')).map(
      ({ Properties }) => Properties as Association,
    );
    const pairs = associations.map(({ SubnetId, NetworkAclId }) => [
      SubnetId['Fn::GetAtt'][0],
      NetworkAclId['Fn::GetAtt'][0].replace(/^NetworkZones(Application|Data)Acl.*/, '$1'),
    ]);
    expect(Object.fromEntries(pairs)).toEqual({
      NetworkApplicationSubnet1: 'Application',
      NetworkApplicationSubnet2: 'Application',
      NetworkDataSubnet1: 'Data',
      NetworkDataSubnet2: 'Data',
    });
  });
});

interface Attribute {
  readonly 'Fn::GetAtt': readonly [string, string];
}

interface Association {
  readonly SubnetId: Attribute;
  readonly NetworkAclId: Attribute;
}

interface Entry {
  readonly NetworkAclId: Attribute;
  readonly Egress: boolean;
  readonly RuleNumber: number;
  readonly RuleAction: 'allow' | 'deny';
  readonly CidrBlock: string;
  readonly Protocol: 6 | 17 | -1;
  readonly PortRange?: { readonly From: number; readonly To: number };
}
