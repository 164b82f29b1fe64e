import { App, Duration, Stack, Tags } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { CfnInternetGateway, Vpc } from 'aws-cdk-lib/aws-ec2';
import { ApplicationLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { type Construct } from 'constructs';
import {
  ContentSecurityPolicy,
  MinimumTls,
  StorefrontDistribution,
  Waiver,
  type StorefrontDistributionProps,
} from '../../lib';
import { type BaselineError } from '../../lib/core/errors';
import { foreignStack, templateOf } from '../support/stack';
import { existingShop } from '../support/storefront';

type Props = Partial<StorefrontDistributionProps>;

const place = (scope: Construct, props: Props = {}): StorefrontDistribution =>
  new StorefrontDistribution(scope, 'Distribution', { ...existingShop(scope), ...props });

const distributionWith = (props: Props = {}): Template => templateOf((stack) => place(stack, props));

function expectDistribution(template: Template, config: object): void {
  template.hasResourceProperties('AWS::CloudFront::Distribution', { DistributionConfig: config });
}

function problemsOf(props: Props): BaselineError {
  try {
    distributionWith(props);
  } catch (error) {
    return error as BaselineError;
  }
  throw new Error('nothing was refused');
}

describe('to visitors', () => {
  test.each<[string, Props, string]>([
    ['TLS 1.2 of 2025 when nothing is said', {}, 'TLSv1.2_2025'],
    ['TLS 1.3 when chosen', { minimumTls: MinimumTls.TLS_1_3 }, 'TLSv1.3_2025'],
  ])('speaks at least %s, with the certificate of the shop', (_, props, MinimumProtocolVersion) => {
    expectDistribution(distributionWith(props), {
      ViewerCertificate: {
        AcmCertificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/0a1b2c3d',
        MinimumProtocolVersion,
        SslSupportMethod: 'sni-only',
      },
    });
  });

  test('speaks HTTP/2, HTTP/3 and IPv6, for every host', () => {
    expectDistribution(distributionWith({ hosts: ['shop.acme.example', 'www.acme.example'] }), {
      Aliases: ['shop.acme.example', 'www.acme.example'],
      HttpVersion: 'http2and3',
      IPV6Enabled: true,
    });
  });

  test('has a web ACL before it', () => {
    expectDistribution(distributionWith(), {
      WebACLId: 'arn:aws:wafv2:us-east-1:111122223333:global/webacl/acme/0a1b2c3d',
    });
  });

  test('never keeps an error, which may have been made for one of them', () => {
    const always = [404, 414, 500, 501, 502, 503, 504];
    expectDistribution(distributionWith(), {
      CustomErrorResponses: always.map((ErrorCode) => ({ ErrorCode, ErrorCachingMinTTL: 0 })),
    });
  });

  test('shows the shop at its root, unless something else is named', () => {
    expectDistribution(distributionWith(), { DefaultRootObject: Match.absent() });
    expectDistribution(distributionWith({ defaultRootObject: 'home' }), { DefaultRootObject: 'home' });
  });
});

describe('to the shop', () => {
  test('goes through the VPC, over TLS 1.2 on port 443, and waits a minute', () => {
    const template = distributionWith();
    template.hasResourceProperties('AWS::CloudFront::VpcOrigin', {
      VpcOriginEndpointConfig: {
        Arn: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/acme/0a1b2c3d',
        HTTPSPort: 443,
        OriginProtocolPolicy: 'https-only',
        OriginSSLProtocols: ['TLSv1.2'],
      },
    });
    const [vpcOrigin = ''] = Object.keys(template.findResources('AWS::CloudFront::VpcOrigin'));
    expectDistribution(template, {
      Origins: [
        {
          DomainName: 'internal-acme.eu-west-1.elb.amazonaws.com',
          VpcOriginConfig: {
            VpcOriginId: { 'Fn::GetAtt': [vpcOrigin, 'Id'] },
            OriginReadTimeout: 60,
            OriginKeepaliveTimeout: 30,
          },
        },
      ],
    });
  });

  test('waits as long as it is told to', () => {
    const origin = { VpcOriginConfig: Match.objectLike({ OriginReadTimeout: 120 }) };
    expectDistribution(distributionWith({ responseTimeout: Duration.minutes(2) }), {
      Origins: [Match.objectLike(origin)],
    });
  });

  test('is built after the way into the VPC stands', () => {
    const template = templateOf((stack) => {
      const gateway = new CfnInternetGateway(stack, 'Gateway');
      place(stack, { originReady: gateway });
    });
    template.hasResource('AWS::CloudFront::VpcOrigin', { DependsOn: ['Gateway'] });
  });

  test('puts no tag on the VPC origin, because a tag could never change', () => {
    const stack = foreignStack();
    place(stack);
    Tags.of(stack).add('cost-centre', '42');
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::CloudFront::VpcOrigin', { Tags: Match.absent() });
    template.hasResourceProperties('AWS::CloudFront::Distribution', { Tags: [{ Key: 'cost-centre', Value: '42' }] });
  });

  test('makes another VPC origin, with another name, for another load balancer', () => {
    const originOf = (arn?: string): [string, string] => {
      const template = templateOf(
        (stack) => new StorefrontDistribution(stack, 'Distribution', existingShop(stack, arn)),
      );
      const [[id = '', found] = []] = Object.entries(template.findResources('AWS::CloudFront::VpcOrigin'));
      const { Properties } = found as { Properties: { VpcOriginEndpointConfig: { Name: string } } };
      return [id, Properties.VpcOriginEndpointConfig.Name];
    };
    const [id, name] = originOf();
    const [otherId, otherName] = originOf('arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/new/1');
    expect(originOf()).toEqual([id, name]);
    expect(otherId).not.toBe(id);
    expect(otherName).not.toBe(name);
  });

  test('goes to a load balancer of the same stack', () => {
    const template = templateOf((stack) => {
      const vpcId = 'vpc-1';
      const vpc = Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId, availabilityZones: ['a'], privateSubnetIds: ['b'] });
      place(stack, { origin: new ApplicationLoadBalancer(stack, 'LoadBalancer', { vpc }) });
    });
    const [loadBalancer = ''] = Object.keys(template.findResources('AWS::ElasticLoadBalancingV2::LoadBalancer'));
    template.hasResourceProperties('AWS::CloudFront::VpcOrigin', {
      VpcOriginEndpointConfig: { Arn: { Ref: loadBalancer } },
    });
    const origin = { DomainName: { 'Fn::GetAtt': [loadBalancer, 'DNSName'] } };
    expectDistribution(template, { Origins: [Match.objectLike(origin)] });
  });
});

describe('what pages may load', () => {
  const policyWith = (props: Props): string => {
    const policies = distributionWith(props).findResources('AWS::CloudFront::ResponseHeadersPolicy');
    return JSON.stringify(Object.values(policies));
  };
  const contentSources = { 'frame-src': ['https://js.stripe.com'], 'script-src': ['https://js.stripe.com'] };

  test('is what the shop serves, and what is added', () => {
    expect(policyWith({})).toContain("default-src 'self'; base-uri 'self'");
    expect(policyWith({})).not.toContain('stripe');
    const added = policyWith({ contentSources });
    expect(added).toContain("frame-src 'self' https://js.stripe.com; script-src 'self' https://js.stripe.com");
  });

  test('is added to the policy of the shop', () => {
    const contentSecurityPolicy = ContentSecurityPolicy.ownHostOnly().allow('frame-src', 'https://maps.example');
    expect(policyWith({ contentSecurityPolicy, contentSources })).toContain(
      "frame-src 'self' https://maps.example https://js.stripe.com",
    );
  });

  test('may ask for a payment where it is a frame', () => {
    const value = JSON.stringify('payment=(self "https://js.stripe.com")').slice(1, -1);
    expect(policyWith({ contentSources })).toContain(value);
  });

  test('is no script from anywhere, unless somebody answers for it', () => {
    const open = { contentSources: { 'script-src': ["'unsafe-inline'"] } };
    expect(problemsOf(open).codes).toEqual(['ScriptSourcesOpen']);
    expect(problemsOf(open).message).toContain(`contentSources['script-src'] is ["'unsafe-inline'"]; it must name`);
    const withoutNamedScripts = Waiver.because('The shop system writes scripts into every page', { owner: 'shop' });
    expect(policyWith({ ...open, withoutNamedScripts })).toContain("script-src 'self' 'unsafe-inline'");
  });

  test('is no script from anywhere by default either, where nothing else says where scripts come from', () => {
    const contentSources = { 'default-src': ['https:'] };
    expect(problemsOf({ contentSources }).codes).toEqual(['ScriptSourcesOpen']);
    expect(() => distributionWith({ contentSources: { ...contentSources, 'script-src': [] } })).not.toThrow();
  });
});

describe('refuses', () => {
  const name = 'StorefrontDistribution Foreign/Distribution cannot be built:';

  test('everything that is wrong at once', () => {
    const { codes } = problemsOf({
      hosts: ['*.acme.example'],
      cachedPaths: ['/*'],
      responseTimeout: Duration.minutes(5),
      contentSecurityPolicy: ContentSecurityPolicy.ownHostOnly().allow('script-src', '*'),
    });
    expect(codes).toEqual(['HostInvalid', 'PathInvalid', 'ScriptSourcesOpen', 'ResponseTimeoutInvalid']);
  });

  test.each<[string, Props, string]>([
    [
      'a path that everything matches',
      { cachedPaths: ['/assets/*', '/*'] },
      'cachedPaths[1] is "/*"; it must be a path below the root, with /* at most at its end. Name one file (/robots.txt) or one directory (/assets/*). [PathInvalid]',
    ],
    [
      'a media path that is a pattern',
      { media: { bucket: undefined as never, path: '/media/*' } },
      'media.path is "/media/*"; it must be a directory below the root, without a slash or asterisk at its end. Write it as in /media. [PathInvalid]',
    ],
    [
      'a path that is cached and called by programs',
      { cachedPaths: ['/store/*'], apiPaths: ['/store/*'] },
      'cachedPaths is ["/store/*"]; it must be treated in one way. Leave each path in one of cachedPaths, apiPaths and media. [PathTwice]',
    ],
    [
      'a time-out that CloudFront does not have',
      { responseTimeout: Duration.minutes(5) },
      'responseTimeout is "300 seconds"; it must be 1 to 120 seconds. Let what takes longer run in a worker, and let the page ask for the result. [ResponseTimeoutInvalid]',
    ],
    [
      'a path in place of the home page that CloudFront would not find',
      { defaultRootObject: '/home' },
      'defaultRootObject is "/home"; it must be 1 to 255 characters, without a slash in front. Write the path as it follows the host and its slash: index.html. [DefaultRootObjectInvalid]',
    ],
    [
      'scripts that stand in the page',
      { contentSecurityPolicy: ContentSecurityPolicy.ownHostOnly().allow('script-src', "'unsafe-inline'") },
      `contentSecurityPolicy.directives['script-src'] is ["'unsafe-inline'"]; it must name the hosts that scripts come from. ` +
        'Let the shop send a policy of its own, with a nonce, for the pages that need more; CloudFront passes it on. ' +
        'Where it cannot, give withoutNamedScripts a waiver. [ScriptSourcesOpen]',
    ],
  ])('%s', (_, props, message) => {
    expect(problemsOf(props).message).toBe(`${name}\n  - ${message}`);
  });

  test.each(['/assets', '/assets/img/*', '/a.b/c-d/*', '/robots.txt'])('not the path %s', (path) => {
    expect(() => distributionWith({ cachedPaths: [path] })).not.toThrow();
  });

  test.each(['assets/*', '/', '/*', '/a*', '/*/b', '/a b/*', '/a?/*', '//evil/*'])('the path %s', (path) => {
    expect(problemsOf({ apiPaths: [path] }).codes).toEqual(['PathInvalid']);
  });

  test('sources of scripts that default-src leaves open', () => {
    const contentSecurityPolicy = ContentSecurityPolicy.ownHostOnly().allow('default-src', 'https:');
    expect(problemsOf({ contentSecurityPolicy }).codes).toEqual(['ScriptSourcesOpen']);
  });

  test('no open sources once somebody answers for them', () => {
    const withoutNamedScripts = Waiver.because('The shop system writes scripts into every page', { owner: 'shop' });
    const contentSecurityPolicy = ContentSecurityPolicy.ownHostOnly().allow('script-src', "'unsafe-inline'");
    expect(() => distributionWith({ contentSecurityPolicy, withoutNamedScripts })).not.toThrow();
  });
});

test('needs no look-up in a stack with an account and a Region', () => {
  const app = new App();
  place(new Stack(app, 'Shop', { env: { account: '111122223333', region: 'eu-west-1' } }));
  expect(app.synth().manifest.missing).toBeUndefined();
});
