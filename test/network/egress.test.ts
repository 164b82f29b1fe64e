import { Match, type Template } from 'aws-cdk-lib/assertions';
import { CfnRoute } from 'aws-cdk-lib/aws-ec2';
import { DependencyGroup } from 'constructs';
import { Egress, Network, Waiver, type IEgress } from '../../lib';
import { WAIVER_METADATA } from '../../lib/core/waiver-metadata';
import { dnsRules, hostName, lookUp } from '../support/name-resolution';
import { allRoutes, routesFrom } from '../support/routes';
import { foreignStack, templateOf } from '../support/stack';

const env = { account: '111122223333', region: 'ap-southeast-1' };
const stripe = { domain: 'api.stripe.com', purpose: 'payments' };
const adyen = { domain: '*.adyen.com', purpose: 'payments' };
const waiver = Waiver.because('The shop imports from hosts that suppliers choose', { owner: 'platform@acme.example' });

function withEgress(egress: IEgress): Template {
  return templateOf((stack) => new Network(stack, 'Network', { egress }), { env });
}

const natGateway = { 'Fn::GetAtt': [expect.stringMatching(/^NetworkEgressNat/) as string, 'NatGatewayId'] };

describe('a DNS allow-list', () => {
  const template = withEgress(Egress.dnsAllowList([stripe]));

  test.each([
    ['api.stripe.com', 'ALLOW'],
    ['stripe.com', 'BLOCK'],
    ['evil.api.stripe.com', 'BLOCK'],
    ['api.stripe.com.evil.example', 'BLOCK'],
    ['evil.example', 'BLOCK'],
    ['secretsmanager.ap-southeast-1.amazonaws.com', 'ALLOW'],
    ['secretsmanager.eu-west-1.amazonaws.com', 'BLOCK'],
    ['shop.cluster-cabc.ap-southeast-1.rds.amazonaws.com', 'ALLOW'],
    ['fs-0123.efs.ap-southeast-1.amazonaws.com', 'ALLOW'],
    ['shop.serverless.apse1.cache.amazonaws.com', 'ALLOW'],
    ['111122223333.dkr.ecr.ap-southeast-1.amazonaws.com', 'ALLOW'],
    ['media.s3.ap-southeast-1.amazonaws.com', 'ALLOW'],
    ['media.s3.eu-west-1.amazonaws.com', 'BLOCK'],
    ['media.s3.amazonaws.com', 'BLOCK'],
    ['cloudformation-custom-resource-response-apsoutheast1.s3.amazonaws.com', 'ALLOW'],
    ['cloudformation-custom-resource-response-apsoutheast1.s3-ap-southeast-1.amazonaws.com', 'ALLOW'],
    ['ec2-203-0-113-1.ap-southeast-1.compute.amazonaws.com', 'BLOCK'],
    ['evil.execute-api.ap-southeast-1.amazonaws.com', 'BLOCK'],
    ['evil.ap-southeast-1.elb.amazonaws.com', 'BLOCK'],
    ['ip-10-0-0-4.ap-southeast-1.compute.internal', 'ALLOW'],
  ])('a look-up of %s is judged %s', (name, judgement) => {
    expect(lookUp(template, name)).toBe(judgement);
  });

  test('a blocked look-up gets an empty answer', () => {
    const [blocked] = dnsRules(template).slice(-1);
    expect(blocked).toMatchObject({ Action: 'BLOCK', BlockResponse: 'NODATA' });
  });

  test('names behind an allowed name need no entry of their own', () => {
    const allowed = dnsRules(template).filter(({ Action }) => Action === 'ALLOW');
    expect(allowed).toHaveLength(2);
    allowed.forEach((rule) =>
      expect(rule).toMatchObject({ FirewallDomainRedirectionAction: 'TRUST_REDIRECTION_DOMAIN' }),
    );
  });

  test('application subnets leave through a regional NAT gateway', () => {
    template.hasResourceProperties('AWS::EC2::NatGateway', {
      AvailabilityMode: 'regional',
      ConnectivityType: 'public',
      VpcId: { 'Fn::GetAtt': ['NetworkVpc', 'VpcId'] },
      AvailabilityZoneAddresses: Match.absent(),
      SubnetId: Match.absent(),
    });
    const routes = routesFrom(template);
    const out = [expect.objectContaining({ DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: natGateway }) as object];
    expect(routes).toMatchObject({ NetworkApplicationSubnet1: out, NetworkApplicationSubnet2: out });
  });

  test('the filter comes last, so that a failed first deployment can be taken back', () => {
    const [{ DependsOn }] = Object.values(
      template.findResources('AWS::Route53Resolver::FirewallRuleGroupAssociation'),
    ) as { DependsOn: string[] }[];
    const kinds = [/RouteOut1/, /FlowLog/, /GatewayEndpointsS3/, /RestrictDefaultSecurityGroup/, /DataSubnet2Routes/];
    kinds.forEach((kind) => expect(DependsOn).toContainEqual(expect.stringMatching(kind)));
  });

  test('is without threat rules, because an exact name carries no data', () => {
    expect(dnsRules(template).filter(({ DnsThreatProtection }) => DnsThreatProtection !== undefined)).toEqual([]);
  });

  test('checks look-ups below a wildcard for hidden data, but not those of AWS', () => {
    const wide = withEgress(Egress.dnsAllowList([stripe, adyen]));
    expect(dnsRules(wide)).toMatchObject([
      { Action: 'ALLOW' },
      { Action: 'BLOCK', DnsThreatProtection: 'DGA', ConfidenceThreshold: 'HIGH' },
      { Action: 'BLOCK', DnsThreatProtection: 'DNS_TUNNELING', ConfidenceThreshold: 'HIGH' },
      { Action: 'ALLOW' },
      { Action: 'BLOCK' },
    ]);
    expect(lookUp(wide, 'live.adyen.com')).toBe('ALLOW');
    expect(lookUp(wide, 'adyen.com')).toBe('BLOCK');
  });

  test('translates into addresses of your own, one for each zone', () => {
    withEgress(Egress.dnsAllowList([], { addresses: ['eipalloc-1', 'eipalloc-2'] })).hasResourceProperties(
      'AWS::EC2::NatGateway',
      {
        AvailabilityZoneAddresses: [
          {
            AllocationIds: ['eipalloc-1'],
            AvailabilityZone: { 'Fn::GetAtt': ['NetworkApplicationSubnet1', 'AvailabilityZone'] },
          },
          {
            AllocationIds: ['eipalloc-2'],
            AvailabilityZone: { 'Fn::GetAtt': ['NetworkApplicationSubnet2', 'AvailabilityZone'] },
          },
        ],
      },
    );
  });

  test('refuses addresses that do not fit the zones', () => {
    expect(() => withEgress(Egress.dnsAllowList([], { addresses: ['eipalloc-1'] }))).toThrow(
      'addresses is ["eipalloc-1"]; it must be 2 allocations, one for each Availability Zone of the network. Allocate an Elastic IP address for each zone, or leave addresses out. [EgressAddressesCount]',
    );
    expect(() => withEgress(Egress.dnsAllowList([], { addresses: ['203.0.113.1', '203.0.113.2'] }))).toThrow(
      'it must be different allocation ids, like eipalloc-0123456789abcdef0. Give the allocation id of each Elastic IP address, not the address. [EgressAddressMalformed]',
    );
    expect(() => withEgress(Egress.dnsAllowList([], { addresses: ['eipalloc-1', 'eipalloc-1'] }))).toThrow(
      'EgressAddressMalformed',
    );
  });
});

describe('a network firewall', () => {
  const template = withEgress(Egress.networkFirewall([stripe, adyen]));
  const endpointIn = (zone: number): object => ({
    'Fn::GetAtt': [expect.stringMatching(/^NetworkEgressEndpoints/) as string, `EndpointId${zone}`],
  });

  test('passes a connection only if it names a destination and goes where the resolver sent it', () => {
    const [rules] = Object.values(template.findResources('AWS::NetworkFirewall::RuleGroup'));
    const { RulesSourceList } = (rules.Properties as { RuleGroup: { RulesSource: { RulesSourceList: Targets } } })
      .RuleGroup.RulesSource;
    expect(RulesSourceList).toMatchObject({
      GeneratedRulesType: 'ALLOWLIST',
      TargetTypes: ['TLS_SNI', 'AWS_ROUTE_53_RESOLVED_DOMAIN'],
    });
    const targets = RulesSourceList.Targets.map(hostName);
    expect(targets).toEqual(
      expect.arrayContaining([
        'api.stripe.com',
        '.adyen.com',
        'secretsmanager.ap-southeast-1.amazonaws.com',
        '.dkr.ecr.ap-southeast-1.amazonaws.com',
      ]),
    );
    expect(targets.filter((target) => target.includes('rds') || target.includes('*'))).toEqual([]);
  });

  test('drops everything else, and judges only when it has seen the whole handshake', () => {
    template.hasResourceProperties('AWS::NetworkFirewall::FirewallPolicy', {
      FirewallPolicy: {
        StatelessDefaultActions: ['aws:forward_to_sfe'],
        StatelessFragmentDefaultActions: ['aws:forward_to_sfe'],
        StatefulEngineOptions: { RuleOrder: 'STRICT_ORDER', StreamExceptionPolicy: 'REJECT' },
        StatefulDefaultActions: ['aws:drop_established_app_layer', 'aws:alert_established_app_layer'],
        Route53ResolvedIPValidation: {
          Action: 'REJECT',
          DNSFirewallRuleGroupId: { 'Fn::GetAtt': [Match.stringLikeRegexp('DnsRuleGroup'), 'Id'] },
          DNSExpiryExceptionPolicy: 'CONTINUE',
        },
      },
    });
  });

  test('stands in a subnet of its own in each zone, before the NAT gateway', () => {
    const routes = routesFrom(template);
    expect(Object.keys(routes).filter((subnet) => /^NetworkEgressSubnet/.test(subnet))).toHaveLength(2);
    Object.entries(routes)
      .filter(([subnet]) => /^NetworkEgressSubnet/.test(subnet))
      .forEach(([, out]) =>
        expect(out).toMatchObject([{ DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: natGateway }]),
      );
    expect(routes).toMatchObject({
      NetworkApplicationSubnet1: [{ DestinationCidrBlock: '0.0.0.0/0', VpcEndpointId: endpointIn(1) }],
      NetworkApplicationSubnet2: [{ DestinationCidrBlock: '0.0.0.0/0', VpcEndpointId: endpointIn(2) }],
    });
  });

  test('sees answers through the same endpoint as questions', () => {
    const back = allRoutes(template).filter(({ RouteTableId }) => JSON.stringify(RouteTableId).includes('EgressNat'));
    expect(back).toEqual([
      expect.objectContaining({ DestinationCidrBlock: '10.0.0.0/19', VpcEndpointId: endpointIn(1) }),
      expect.objectContaining({ DestinationCidrBlock: '10.0.32.0/19', VpcEndpointId: endpointIn(2) }),
    ]);
  });

  test('is found by a function that may describe this firewall alone', () => {
    const firewall = { 'Fn::GetAtt': [Match.stringLikeRegexp('^NetworkEgressFirewall'), 'FirewallArn'] };
    template.hasResourceProperties('Custom::FirewallEndpoints', {
      FirewallArn: firewall,
      SubnetIds: [Match.anyValue(), Match.anyValue()],
    });
    template.hasResourceProperties('AWS::IAM::ManagedPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          { Action: 'network-firewall:DescribeFirewall', Effect: 'Allow', Resource: firewall },
        ]),
      },
      Roles: [{ Ref: Match.stringLikeRegexp('Finder') }],
    });
  });

  test('cannot be deleted, detached or given another policy by mistake', () => {
    template.hasResourceProperties('AWS::NetworkFirewall::Firewall', {
      DeleteProtection: true,
      SubnetChangeProtection: true,
      FirewallPolicyChangeProtection: true,
    });
    const removable = templateOf((stack) => {
      const egress = Egress.networkFirewall([]);
      new Network(stack, 'Network', { egress, withoutChangeProtection: waiver });
    });
    removable.hasResourceProperties('AWS::NetworkFirewall::Firewall', {
      DeleteProtection: false,
      SubnetChangeProtection: false,
      FirewallPolicyChangeProtection: false,
    });
  });

  test('writes down what it dropped and every connection it saw, where log delivery may write', () => {
    template.hasResourceProperties('AWS::NetworkFirewall::LoggingConfiguration', {
      LoggingConfiguration: {
        LogDestinationConfigs: [
          { LogType: 'ALERT', LogDestinationType: 'CloudWatchLogs', LogDestination: { logGroup: Match.anyValue() } },
          { LogType: 'FLOW', LogDestinationType: 'CloudWatchLogs', LogDestination: { logGroup: Match.anyValue() } },
        ],
      },
    });
    template.resourceCountIs('AWS::Logs::ResourcePolicy', 2);
  });

  test('keeps the DNS filter and its routes where every other egress has them', () => {
    const ids = (type: string, of: Template): string[] => Object.keys(of.findResources(type)).sort();
    const simple = withEgress(Egress.dnsAllowList([]));
    const kept = 'AWS::Route53Resolver::FirewallRuleGroupAssociation';
    expect(ids(kept, template)).toEqual(ids(kept, simple));
    expect(ids(kept, withEgress(Egress.none()))).toEqual(ids(kept, simple));
    expect(ids(kept, withEgress(Egress.unrestricted(waiver)))).toEqual(ids(kept, simple));
    expect(ids('AWS::EC2::Route', template)).toEqual(expect.arrayContaining(ids('AWS::EC2::Route', simple)));
  });
});

describe('no egress', () => {
  const template = withEgress(Egress.none());

  test('has neither NAT gateway nor route', () => {
    template.resourceCountIs('AWS::EC2::NatGateway', 0);
    expect(allRoutes(template)).toEqual([]);
  });

  test('answers for AWS alone, so that look-ups carry nothing out', () => {
    expect(lookUp(template, 'kms.ap-southeast-1.amazonaws.com')).toBe('ALLOW');
    expect(lookUp(template, 'api.stripe.com')).toBe('BLOCK');
  });
});

describe('unrestricted egress', () => {
  test('answers for everything but what looks like an attack, and the waiver shows', () => {
    const stack = foreignStack({ env });
    new Network(stack, 'Network', { egress: Egress.unrestricted(waiver) });
    const waived = stack.node
      .findAll()
      .flatMap(({ node }) => node.metadata.filter(({ type }) => type === WAIVER_METADATA));
    expect(waived).toMatchObject([{ data: { protection: 'network.egress-allow-list', reason: waiver.reason } }]);
    const template = withEgress(Egress.unrestricted(waiver));
    expect(lookUp(template, 'evil.example')).toBe('ANSWERED');
    expect(dnsRules(template).map(({ DnsThreatProtection }) => DnsThreatProtection)).toEqual(['DGA', 'DNS_TUNNELING']);
  });
});

test('an egress of your own gets what it needs to lead traffic elsewhere', () => {
  const toTransitGateway: IEgress = {
    destinations: [],
    doesNotStop: 'What the transit gateway lets pass.',
    bind: (scope, { zones }) => {
      const routes = zones.map(
        ({ applicationSubnet }, index) =>
          new CfnRoute(scope, `Route${index}`, {
            routeTableId: applicationSubnet.routeTable.routeTableId,
            destinationCidrBlock: '0.0.0.0/0',
            transitGatewayId: 'tgw-1',
          }),
      );
      return { ready: new DependencyGroup(...routes) };
    },
  };
  const template = withEgress(toTransitGateway);
  expect(routesFrom(template)).toMatchObject({ NetworkApplicationSubnet2: [{ TransitGatewayId: 'tgw-1' }] });
  template.resourceCountIs('AWS::EC2::NatGateway', 0);
});

test.each([
  ['dnsAllowList', Egress.dnsAllowList([])],
  ['networkFirewall', Egress.networkFirewall([])],
  ['none', Egress.none()],
  ['unrestricted', Egress.unrestricted(waiver)],
])('%s says in a sentence what it does not stop', (_, { doesNotStop }) => {
  expect(doesNotStop).toMatch(/^[A-Z].{60,}\.$/);
});

interface Targets {
  readonly Targets: readonly unknown[];
}
