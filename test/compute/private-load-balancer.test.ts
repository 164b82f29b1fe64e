import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { DataClass, DataKey, LogStore, StorefrontService, type StorefrontServiceProps } from '../../lib';
import { certificateOf, image } from '../cases/compute';
import { existingNetwork } from '../support/network';
import { foreignStack, templateOf } from '../support/stack';

const serviceIn = (stack: Stack, props: Partial<StorefrontServiceProps> = {}): StorefrontService =>
  new StorefrontService(stack, 'Shop', {
    network: existingNetwork(stack),
    certificate: certificateOf(stack),
    image,
    port: 9000,
    ...props,
  });

const template = templateOf((stack) => void serviceIn(stack));

const expectAttribute = (Key: string, Value: unknown): void =>
  template.hasResourceProperties('AWS::ElasticLoadBalancingV2::LoadBalancer', {
    LoadBalancerAttributes: Match.arrayWith([{ Key, Value }]),
  });

test('has no public address and stands in private subnets', () => {
  template.hasResourceProperties('AWS::ElasticLoadBalancingV2::LoadBalancer', {
    Scheme: 'internal',
    Subnets: [Match.stringLikeRegexp('^subnet-'), Match.stringLikeRegexp('^subnet-')],
  });
});

test('listens to HTTPS alone, with TLS 1.2 or 1.3 and key exchange for the time after quantum computers', () => {
  template.resourceCountIs('AWS::ElasticLoadBalancingV2::Listener', 1);
  template.hasResourceProperties('AWS::ElasticLoadBalancingV2::Listener', {
    Port: 443,
    Protocol: 'HTTPS',
    SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09',
    Certificates: [{ CertificateArn: 'arn:aws:acm:eu-central-1:111122223333:certificate/1' }],
  });
});

test.each([
  ['deletion_protection.enabled', 'true'],
  ['idle_timeout.timeout_seconds', '120'],
  ['routing.http.drop_invalid_header_fields.enabled', 'true'],
  ['routing.http.desync_mitigation_mode', 'strictest'],
  ['waf.fail_open.enabled', 'false'],
  ['access_logs.s3.enabled', 'true'],
  ['connection_logs.s3.enabled', 'true'],
])('has %s set to %s', (key, value) => expectAttribute(key, value));

test('writes both its logs into a store that lets load balancers of this account in', () => {
  const bucket = { Ref: 'ShopFrontAccessLogsBucket' };
  expectAttribute('access_logs.s3.bucket', bucket);
  expectAttribute('connection_logs.s3.bucket', bucket);
  template.hasResourceProperties('AWS::S3::BucketPolicy', {
    Bucket: bucket,
    PolicyDocument: {
      Statement: Match.arrayWith([
        Match.objectLike({
          Effect: 'Allow',
          Principal: { Service: 'logdelivery.elasticloadbalancing.amazonaws.com' },
          Action: 's3:PutObject',
        }),
      ]),
    },
  });
  template.hasResource('AWS::ElasticLoadBalancingV2::LoadBalancer', {
    DependsOn: Match.arrayWith([Match.stringLikeRegexp('^ShopFrontAccessLogsBucketPolicy')]),
  });
});

test('writes into a store of another stack', () => {
  const app = new App();
  const accessLogs = new LogStore(new Stack(app, 'Foundation'), 'AccessLogs');
  const application = new Stack(app, 'Application');
  serviceIn(application, { accessLogs });
  Template.fromStack(application).resourceCountIs('AWS::S3::Bucket', 0);
});

test('refuses a log store with a key, into which a load balancer cannot write', () => {
  const stack = foreignStack();
  const key = new DataKey(stack, 'Key', { dataClass: DataClass.LOGS });
  const accessLogs = new LogStore(stack, 'Logs', { key });
  expect(() => serviceIn(stack, { accessLogs })).toThrow(
    'accessLogs is "Foreign/Logs"; it must be a LogStore without a key. Load balancers cannot write to a bucket with a KMS key: give one that is made without. [AccessLogsEncrypted]',
  );
});

test('lets in CloudFront on port 443, by one rule, and nobody else', () => {
  const rules = Object.values(template.findResources('AWS::EC2::SecurityGroupIngress'))
    .map(({ Properties }) => Properties as { GroupId: { 'Fn::GetAtt': string[] } })
    .filter(({ GroupId }) => GroupId['Fn::GetAtt'][0].startsWith('ShopFrontSecurityGroup'));
  expect(rules).toEqual([
    expect.objectContaining({
      SourcePrefixListId: { 'Fn::GetAtt': [expect.stringMatching(/^ShopFrontCloudFrontFound/), 'PrefixListId'] },
      IpProtocol: 'tcp',
      FromPort: 443,
      ToPort: 443,
    }),
  ]);
  template.allResourcesProperties('AWS::EC2::SecurityGroup', { SecurityGroupIngress: Match.absent() });
});

test('looks nothing up when it is told the prefix list', () => {
  const told = templateOf((stack) => void serviceIn(stack, { originFacingPrefixListId: 'pl-1' }));
  told.resourceCountIs('AWS::Lambda::Function', 0);
  told.hasResourceProperties('AWS::EC2::SecurityGroupIngress', { SourcePrefixListId: 'pl-1' });
});
