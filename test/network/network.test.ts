import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Function, InlineCode, Runtime } from 'aws-cdk-lib/aws-lambda';
import {
  AlertTopics,
  DataClass,
  DataKey,
  Egress,
  InterfaceEndpoints,
  LogStore,
  Network,
  type NetworkProps,
} from '../../lib';
import { EGRESS_METADATA } from '../../lib/core/egress-metadata';
import { allRoutes, routesFrom } from '../support/routes';
import { foreignStack, templateOf, TODAY } from '../support/stack';

const env = { account: '111122223333', region: 'ap-southeast-1' };

const template = (props?: NetworkProps): Template =>
  templateOf((stack) => new Network(stack, 'Network', props), { env });

const EGRESSES = {
  'the default egress': undefined,
  'a DNS allow-list': Egress.dnsAllowList([{ domain: 'api.stripe.com', purpose: 'payments' }]),
  'a network firewall': Egress.networkFirewall([{ domain: 'api.stripe.com', purpose: 'payments' }]),
  'no egress': Egress.none(),
};

describe.each(Object.entries(EGRESSES))('with %s', (_, egress) => {
  const result = template({ egress, availabilityZones: 3 });

  test('no route leads from a data subnet out of the VPC', () => {
    const data = Object.entries(routesFrom(result)).filter(([subnet]) => subnet.startsWith('NetworkDataSubnet'));
    expect(data).toEqual([
      ['NetworkDataSubnet1', []],
      ['NetworkDataSubnet2', []],
      ['NetworkDataSubnet3', []],
    ]);
  });

  test('no route leads to the internet gateway', () => {
    expect(allRoutes(result).filter(({ GatewayId }) => GatewayId !== undefined)).toEqual([]);
  });

  test('an internet gateway is attached all the same, because VPC origins demand it', () => {
    result.resourceCountIs('AWS::EC2::VPCGatewayAttachment', 1);
  });

  test('no subnet hands out public addresses', () => {
    result.allResourcesProperties('AWS::EC2::Subnet', { MapPublicIpOnLaunch: false });
  });
});

test('places one application and one data subnet in each zone, by zone id', () => {
  const result = template({ cidr: '10.20.0.0/16', availabilityZones: 3 });
  result.resourceCountIs('AWS::EC2::Subnet', 6);
  result.templateMatches({
    Resources: {
      NetworkApplicationSubnet1: { Properties: { AvailabilityZoneId: 'apse1-az1', CidrBlock: '10.20.0.0/19' } },
      NetworkApplicationSubnet3: { Properties: { AvailabilityZoneId: 'apse1-az3', CidrBlock: '10.20.64.0/19' } },
      NetworkDataSubnet1: { Properties: { AvailabilityZoneId: 'apse1-az1', CidrBlock: '10.20.128.0/20' } },
      NetworkDataSubnet3: { Properties: { AvailabilityZoneId: 'apse1-az3', CidrBlock: '10.20.160.0/20' } },
    },
  });
});

test('neither another egress nor a further zone moves a subnet', () => {
  const subnets = (props: NetworkProps): Record<string, unknown> =>
    Object.fromEntries(
      Object.entries(template(props).findResources('AWS::EC2::Subnet'))
        .filter(([id]) => /^Network(Application|Data)Subnet[12]$/.test(id))
        .map(([id, { Properties }]) => [id, Properties as unknown]),
    );
  const before = subnets({});
  expect(Object.keys(before)).toHaveLength(4);
  expect(subnets({ availabilityZones: 3 })).toEqual(before);
  expect(subnets({ egress: EGRESSES['a network firewall'] })).toEqual(before);
});

test('asks the account for nothing: a stack with a Region synthesises without context', () => {
  const app = new App({ context: TODAY, analyticsReporting: false });
  const stack = new Stack(app, 'Foreign', { env });
  new Network(stack, 'Network', {
    egress: EGRESSES['a network firewall'],
    interfaceEndpoints: InterfaceEndpoints.complete(),
  });
  expect(app.synth().manifest.missing ?? []).toEqual([]);
  expect(JSON.stringify(Template.fromStack(stack).toJSON())).not.toContain('dummy');
});

test('closes the default security group, with a function that may do so on this group alone', () => {
  const result = template();
  const group = { 'Fn::GetAtt': ['NetworkVpc', 'DefaultSecurityGroup'] };
  result.hasResourceProperties('Custom::VpcRestrictDefaultSG', { DefaultSecurityGroupId: group });
  result.hasResourceProperties('AWS::IAM::ManagedPolicy', {
    PolicyDocument: {
      Statement: Match.arrayWith([
        {
          Action: ['ec2:RevokeSecurityGroupEgress', 'ec2:RevokeSecurityGroupIngress'],
          Effect: 'Allow',
          Resource: {
            'Fn::Join': [
              '',
              ['arn:', { Ref: 'AWS::Partition' }, ':ec2:ap-southeast-1:111122223333:security-group/', group],
            ],
          },
        },
      ]),
    },
    Roles: [{ Ref: Match.stringLikeRegexp('Closer') }],
  });
});

test('checks look-ups by DNSSEC', () => {
  template().hasResourceProperties('AWS::Route53Resolver::ResolverDNSSECConfig', {
    ResourceId: { 'Fn::GetAtt': ['NetworkVpc', 'VpcId'] },
  });
});

test('lets a client call out on TCP 443 and nothing else, with a rule in the stack of the client', () => {
  const app = new App({ context: TODAY, analyticsReporting: false });
  const network = new Network(new Stack(app, 'Foundation', { env }), 'Network');
  const consumer = new Stack(app, 'Application', { env });
  network.allowEgress(new SecurityGroup(consumer, 'Client', { vpc: network.vpc, allowAllOutbound: false }));
  Template.fromStack(consumer).hasResourceProperties('AWS::EC2::SecurityGroup', {
    SecurityGroupEgress: [
      { CidrIp: '0.0.0.0/0', Description: 'The egress of the network', FromPort: 443, IpProtocol: 'tcp', ToPort: 443 },
    ],
  });
});

test('serves a consumer in another stack, which may wait for it', () => {
  const app = new App({ context: TODAY, analyticsReporting: false });
  const { vpc, applicationSubnets, ready } = new Network(new Stack(app, 'Foundation', { env }), 'Network');
  const consumer = new Stack(app, 'Application', { env });
  const code = new InlineCode('exports.handler = () => {}');
  const caller = new Function(consumer, 'Caller', {
    runtime: Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code,
    vpc,
    vpcSubnets: { subnets: applicationSubnets },
  });
  caller.node.addDependency(ready);
  expect(
    app
      .synth()
      .getStackByName('Application')
      .dependencies.map(({ id }) => id),
  ).toContain('Foundation');
  Template.fromStack(consumer).hasResourceProperties('AWS::Lambda::Function', {
    VpcConfig: { SubnetIds: [{ 'Fn::ImportValue': Match.anyValue() }, { 'Fn::ImportValue': Match.anyValue() }] },
  });
});

test('is ready once the internet gateway is attached, routes lead out and look-ups are filtered', () => {
  const result = templateOf((stack) => {
    const { vpc, ready } = new Network(stack, 'Network');
    new SecurityGroup(stack, 'Client', { vpc, allowAllOutbound: false }).node.addDependency(ready);
  });
  const [{ DependsOn }] = Object.values(result.findResources('AWS::EC2::SecurityGroup')) as { DependsOn: string[] }[];
  expect(DependsOn.map((id) => id.slice(0, -8))).toEqual([
    'NetworkEgressDnsAssociation',
    'NetworkEgressRouteOut1',
    'NetworkEgressRouteOut2',
    'NetworkZonesAttachment',
  ]);
});

test('is a VPC whose private subnets are the application zone and whose isolated ones are the data zone', () => {
  const network = new Network(foreignStack({ env }), 'Network', { egress: Egress.none() });
  expect(network.vpc.privateSubnets).toEqual(network.applicationSubnets);
  expect(network.vpc.isolatedSubnets).toEqual(network.dataSubnets);
  expect(network.vpc.publicSubnets).toEqual([]);
});

test('says in the assembly what passes on purpose and what is not stopped', () => {
  const network = new Network(foreignStack(), 'Network', { egress: EGRESSES['a DNS allow-list'] });
  expect(network.node.metadata).toContainEqual(
    expect.objectContaining({
      type: EGRESS_METADATA,
      data: {
        destinations: [{ domain: 'api.stripe.com', purpose: 'payments' }],
        doesNotStop: expect.stringContaining('A connection to an address that was not asked for by name') as string,
      },
    }),
  );
});

test('tells nobody when nobody is given, and raises alarms when somebody is', () => {
  template().resourceCountIs('AWS::CloudWatch::Alarm', 0);
  const watched = templateOf((stack) => new Network(stack, 'Network', { alerts: new AlertTopics(stack, 'Alerts') }));
  expect(
    Object.keys(watched.findResources('AWS::CloudWatch::Alarm'))
      .map((id) => id.slice(0, -8))
      .sort(),
  ).toEqual([
    'AlertsUndeliveredAlarm',
    'NetworkEgressDnsBlockedAlarm',
    'NetworkEgressNatDroppedAlarm',
    'NetworkEgressNatPortsAlarm',
    'NetworkZonesDefaultSecurityGroupCloserFailedAlarm',
  ]);
});

test('watches metrics that exist, by the dimensions under which they exist', () => {
  const watched = templateOf((stack) => {
    const egress = EGRESSES['a network firewall'];
    new Network(stack, 'Network', { egress, alerts: new AlertTopics(stack, 'Alerts') });
  });
  const attribute = (resource: string, name: string): object => ({
    'Fn::GetAtt': [Match.stringLikeRegexp(`^Network${resource}`), name],
  });
  watched.hasResourceProperties('AWS::CloudWatch::Alarm', {
    Namespace: 'AWS/NATGateway',
    MetricName: 'ErrorPortAllocation',
    Dimensions: [{ Name: 'NatGatewayId', Value: attribute('EgressNat', 'NatGatewayId') }],
    AlarmActions: [{ Ref: Match.stringLikeRegexp('^AlertsUrgent') }],
  });
  watched.hasResourceProperties('AWS::CloudWatch::Alarm', {
    Namespace: 'AWS/Route53Resolver',
    MetricName: 'FirewallRuleQueryVolume',
    Dimensions: [
      { Name: 'FirewallDomainListId', Value: attribute('EgressDnsEverything', 'Id') },
      { Name: 'FirewallRuleGroupId', Value: attribute('EgressDnsRuleGroup', 'Id') },
    ],
    AlarmActions: [{ Ref: Match.stringLikeRegexp('^AlertsNotice') }],
  });
  const dropped = (zone: number): object => ({
    MetricStat: {
      Metric: {
        Namespace: 'AWS/NetworkFirewall',
        MetricName: 'DroppedPackets',
        Dimensions: [
          { Name: 'AvailabilityZone', Value: attribute(`ApplicationSubnet${zone}`, 'AvailabilityZone') },
          { Name: 'Engine', Value: 'Stateful' },
          { Name: 'FirewallName', Value: Match.stringLikeRegexp('^foreign-') },
        ],
      },
    },
    ReturnData: false,
  });
  watched.hasResourceProperties('AWS::CloudWatch::Alarm', {
    Metrics: [{ Expression: 'SUM(METRICS())' }, dropped(1), dropped(2)],
  });
});

test('encrypts everything it writes down with the key it is given', () => {
  const result = templateOf((stack) => {
    const key = new DataKey(stack, 'Logs', { dataClass: DataClass.LOGS });
    new Network(stack, 'Network', { key, egress: EGRESSES['a network firewall'] });
  });
  result.resourceCountIs('AWS::KMS::Key', 1);
  result.allResourcesProperties('AWS::Logs::LogGroup', { KmsKeyId: { 'Fn::GetAtt': ['LogsKey', 'Arn'] } });
});

test('leaves the logs to the log store it is given, and lets log delivery in', () => {
  const result = templateOf((stack) => {
    const key = new DataKey(stack, 'Key', { dataClass: DataClass.LOGS });
    new Network(stack, 'Network', {
      key,
      logs: new LogStore(stack, 'Logs', { key }),
      egress: EGRESSES['a network firewall'],
    });
  });
  const ofHandlers = Object.keys(result.findResources('AWS::Logs::LogGroup')).filter(
    (id) => !/(Closer|Finder)Logs/.test(id),
  );
  expect(ofHandlers).toEqual([]);
  result.hasResourceProperties('AWS::S3::BucketPolicy', {
    Bucket: { Ref: 'LogsBucket' },
    PolicyDocument: {
      Statement: Match.arrayWith([
        Match.objectLike({ Principal: { Service: 'delivery.logs.amazonaws.com' }, Action: 's3:PutObject' }),
      ]),
    },
  });
});

test('reports everything that is wrong with it at once', () => {
  const build = (): unknown =>
    new Network(foreignStack({ env }), 'Network', {
      cidr: '8.8.0.0/16',
      availabilityZones: 4,
      organizationId: 'acme',
    });
  expect(build).toThrow(
    [
      'Network at Foreign/Network cannot be built:',
      '  - cidr is "8.8.0.0/16"; it must lie in one of 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 100.64.0.0/10. Write a private range that no network you will ever connect to uses, for example 10.20.0.0/16. [NetworkRangePublic]',
      '  - availabilityZones is 4; it must be 2 or 3 zones. One zone falls with its data centre, and a fourth costs without helping: choose two or three. [AvailabilityZonesCount]',
    ].join('\n'),
  );
  expect(build).toThrow(
    'organizationId is "acme"; it must be the id of an organisation, like o-a1b2c3d4e5. Take it from "aws organizations describe-organization", or leave it out to stay inside the account. [OrganizationIdMalformed]',
  );
});
