import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import {
  AlertTopics,
  DataClass,
  DataKey,
  Dns,
  DistributionTelemetry,
  LogStore,
  StorefrontDistribution,
  StorefrontFirewall,
} from '../../lib';
import { existingShop } from '../support/storefront';

interface Shop {
  readonly edgeGlobal: Template;
  readonly foundation: Template;
  readonly application: Template;
  readonly edgeTelemetry: Template;
  readonly dependencies: Readonly<Record<string, readonly string[]>>;
}

/** A shop in `home`, in an app without feature flags: what belongs to CloudFront stands in us-east-1. */
function shopIn(home: string, hosts: string[]): Shop {
  const app = new App({ analyticsReporting: false });
  const stackIn = (id: string, region: string): Stack =>
    new Stack(app, id, { env: { account: '111122223333', region } });
  const edgeGlobal = stackIn('EdgeGlobal', 'us-east-1');
  const foundation = stackIn('Foundation', home);
  const application = stackIn('Application', home);
  const edgeTelemetry = stackIn('EdgeTelemetry', 'us-east-1');

  const dns = Dns.route53({ hosts, hostedZoneId: 'Z1', zoneName: 'acme.example' });
  const certificate = dns.viewerCertificate(edgeGlobal, 'ViewerCertificate');
  const { webAcl } = new StorefrontFirewall(edgeGlobal, 'Firewall');
  const logs = new LogStore(foundation, 'Logs', { key: new DataKey(foundation, 'Key', { dataClass: DataClass.LOGS }) });
  const { distribution } = new StorefrontDistribution(application, 'Distribution', {
    ...existingShop(application),
    hosts,
    certificate,
    webAcl,
  });
  dns.leadTo(application, 'Records', distribution);
  const alerts = new AlertTopics(edgeTelemetry, 'Alerts');
  new DistributionTelemetry(edgeTelemetry, 'Telemetry', { distribution, logs, alerts });

  app.synth();
  const stacks = [edgeGlobal, foundation, application, edgeTelemetry];
  const dependencies = stacks.map((stack) => [stack.node.id, stack.dependencies.map(({ node }) => node.id).sort()]);
  return {
    edgeGlobal: Template.fromStack(edgeGlobal),
    foundation: Template.fromStack(foundation),
    application: Template.fromStack(application),
    edgeTelemetry: Template.fromStack(edgeTelemetry),
    dependencies: Object.fromEntries(dependencies) as Shop['dependencies'],
  };
}

/** Whatever a template reads from other stacks. */
function readsOf(template: Template): string[] {
  const found: string[] = [];
  JSON.stringify(template.toJSON(), (key, value: unknown) => {
    if (key === 'Fn::GetStackOutput') {
      const { StackName, Region, OutputName } = value as Record<string, string>;
      found.push(`${StackName} ${Region ?? 'here'} ${OutputName?.replace(/[0-9A-F]{8}$/, '')}`);
    }
    return value;
  });
  return [...new Set(found)].sort();
}

const shop = shopIn('ap-southeast-1', ['shop.acme.example']);

test('the distribution reads certificate and web ACL from us-east-1', () => {
  expect(readsOf(shop.application)).toEqual([
    expect.stringMatching(/^EdgeGlobal us-east-1 PublishOutputFnGetAttFirewallWebAcl\w*Arn$/),
    expect.stringMatching(/^EdgeGlobal us-east-1 PublishOutputRefViewerCertificateIssuedCertificate/),
  ]);
});

test('telemetry reads distribution and bucket from the Region of the shop', () => {
  expect(readsOf(shop.edgeTelemetry)).toEqual([
    expect.stringMatching(/^Application ap-southeast-1 PublishOutputRefDistribution/),
    expect.stringMatching(/^Foundation ap-southeast-1 PublishOutputFnGetAttLogsBucketArn$/),
  ]);
});

test('no function carries a value between Regions, and nobody reads from a stack that comes later', () => {
  for (const template of [shop.edgeGlobal, shop.foundation, shop.application, shop.edgeTelemetry]) {
    template.resourceCountIs('AWS::Lambda::Function', 0);
    expect(
      Object.values(template.findResources('*')).filter(({ Type }) => String(Type).startsWith('Custom::')),
    ).toEqual([]);
  }
  expect(readsOf(shop.edgeGlobal)).toEqual([]);
  expect(readsOf(shop.foundation)).toEqual([]);
  expect(shop.dependencies).toEqual({
    EdgeGlobal: [],
    Foundation: [],
    Application: ['EdgeGlobal'],
    EdgeTelemetry: ['Application', 'Foundation'],
  });
});

test('another certificate changes what the distribution reads, so that it is deployed with it', () => {
  const other = shopIn('ap-southeast-1', ['shop.acme.example', 'www.acme.example']);
  const certificateOf = ({ application }: Shop): unknown =>
    readsOf(application).find((read) => read.includes('Certificate'));
  expect(certificateOf(other)).not.toEqual(certificateOf(shop));
});

test('a shop whose home is us-east-1 can replace its certificate too: nothing is exported', () => {
  const { edgeGlobal, application } = shopIn('us-east-1', ['shop.acme.example']);
  expect(readsOf(application)).toHaveLength(2);
  expect(JSON.stringify(edgeGlobal.toJSON())).not.toContain('"Export"');
});
