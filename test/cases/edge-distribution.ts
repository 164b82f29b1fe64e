import { Duration, type Stack } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { HostedZone, type IHostedZone } from 'aws-cdk-lib/aws-route53';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { DependencyGroup } from 'constructs';
import {
  AlertTopics,
  ContentSecurityPolicy,
  DataClass,
  DataKey,
  DistributionTelemetry,
  HostCertificate,
  LogStore,
  MinimumTls,
  RequestClass,
  RequestMatcher,
  StorefrontDistribution,
  StrictTransportSecurity,
  type StorefrontDistributionProps,
  VisitorLogin,
  type Waiver,
} from '../../lib';
import { loginUnlessWaived } from '../../lib/edge/visitor-login';
import { type ConstructCases, type WaiverCases } from '../support/cases';
import { existingShop } from '../support/storefront';

/** A distribution without access logs is a finding that only its telemetry answers. */
function distribution(stack: Stack, props: Partial<StorefrontDistributionProps> = {}): StorefrontDistribution {
  const built = new StorefrontDistribution(stack, 'Distribution', { ...existingShop(stack), ...props });
  new DistributionTelemetry(stack, 'Telemetry', {
    distribution: built.distribution,
    logs: new LogStore(stack, 'Logs'),
  });
  return built;
}

function zone(stack: Stack): IHostedZone {
  return HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId: 'Z1', zoneName: 'acme.example' });
}

export const edgeDistribution: ConstructCases = {
  StorefrontDistribution: {
    minimal: (stack) => distribution(stack),
    loaded: (stack) =>
      distribution(stack, {
        hosts: ['shop.acme.example', 'www.acme.example'],
        originReady: new DependencyGroup(),
        cachedPaths: ['/assets/*', '/robots.txt'],
        apiPaths: ['/store/*', '/hooks/*'],
        media: { bucket: Bucket.fromBucketName(stack, 'Media', 'acme-media'), path: '/pictures' },
        contentSecurityPolicy: ContentSecurityPolicy.ownHostOnly().allow('frame-src', 'https://js.stripe.com'),
        contentSources: { 'script-src': ['https://js.stripe.com'] },
        strictTransportSecurity: StrictTransportSecurity.preloaded(),
        minimumTls: MinimumTls.TLS_1_3,
        responseTimeout: Duration.seconds(120),
        defaultRootObject: 'home',
      }),
  },
  DistributionTelemetry: {
    minimal: (stack) => distribution(stack),
    loaded: (stack) => {
      const key = new DataKey(stack, 'Key', { dataClass: DataClass.LOGS });
      const { distribution } = new StorefrontDistribution(stack, 'Distribution', existingShop(stack));
      const logs = new LogStore(stack, 'Logs', { key });
      new DistributionTelemetry(stack, 'Telemetry', { distribution, logs, alerts: new AlertTopics(stack, 'Alerts') });
    },
  },
  VisitorLogin: {
    minimal: (stack) => distribution(stack, { login: new VisitorLogin(stack, 'Login') }),
    loaded: (stack) =>
      distribution(stack, {
        unlisted: true,
        media: { bucket: Bucket.fromBucketName(stack, 'Media', 'acme-media') },
        login: new VisitorLogin(stack, 'Login', {
          requestClasses: [RequestClass.webhook(RequestMatcher.path('/hooks/*'))],
          generation: 2,
          key: new DataKey(stack, 'Key', { dataClass: DataClass.SECRETS }),
          logsKey: new DataKey(stack, 'LogsKey', { dataClass: DataClass.LOGS }),
          alerts: new AlertTopics(stack, 'Alerts'),
        }),
      }),
  },
  HostCertificate: {
    minimal: (stack) => new HostCertificate(stack, 'Certificate', { hosts: ['acme.example'], hostedZone: zone(stack) }),
    loaded: (stack) =>
      new HostCertificate(stack, 'Certificate', {
        hosts: ['shop.acme.example', 'www.acme.example'],
        hostedZone: zone(stack),
        alerts: new AlertTopics(stack, 'Alerts'),
      }),
  },
};

export const edgeDistributionWaivers = {
  'staging.login': {
    build: (stack, withoutLogin) => distribution(stack, { login: loginUnlessWaived(stack, withoutLogin, {}) }),
    protects: (template) =>
      template.hasResourceProperties('AWS::CloudFront::Function', {
        FunctionCode: Match.objectLike({ 'Fn::Join': Match.anyValue() }),
      }),
  },
  'distribution.named-scripts': {
    build: (stack, withoutNamedScripts?: Waiver) => {
      const named = ContentSecurityPolicy.ownHostOnly();
      const contentSecurityPolicy = withoutNamedScripts ? named.allow('script-src', "'unsafe-inline'") : named;
      return distribution(stack, { contentSecurityPolicy, withoutNamedScripts });
    },
    protects: (template) =>
      template.hasResourceProperties('AWS::CloudFront::ResponseHeadersPolicy', {
        ResponseHeadersPolicyConfig: {
          SecurityHeadersConfig: {
            ContentSecurityPolicy: { ContentSecurityPolicy: Match.not(Match.stringLikeRegexp("'unsafe-inline'")) },
          },
        },
      }),
  },
} satisfies WaiverCases;
