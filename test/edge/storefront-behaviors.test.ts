import { type Template } from 'aws-cdk-lib/assertions';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import fc from 'fast-check';
import { StorefrontDistribution } from '../../lib';
import { templateOf } from '../support/stack';
import { existingShop } from '../support/storefront';

/** Managed-CachingDisabled and Managed-AllViewer, the same in every account: CloudFront Developer Guide. */
const CACHING_DISABLED = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
const ALL_VIEWER = '216adef6-5c7f-47e4-b989-5492eafa07d3';

interface Behavior {
  readonly PathPattern?: string;
  readonly CachePolicyId: string | { readonly Ref: string };
  readonly OriginRequestPolicyId?: string;
  readonly AllowedMethods: readonly string[];
  readonly ViewerProtocolPolicy: string;
  readonly FunctionAssociations: readonly unknown[];
  readonly ResponseHeadersPolicyId: { readonly Ref: string };
  readonly Compress: boolean;
}

interface CacheConfig {
  readonly MinTTL: number;
  readonly DefaultTTL: number;
  readonly ParametersInCacheKeyAndForwardedToOrigin: {
    readonly CookiesConfig: { readonly CookieBehavior: string };
    readonly HeadersConfig: { readonly HeaderBehavior: string; readonly Headers?: readonly string[] };
    readonly QueryStringsConfig: { readonly QueryStringBehavior: string };
  };
}

interface Paths {
  readonly cachedPaths?: string[];
  readonly apiPaths?: string[];
  readonly mediaPath?: string;
}

function templateWith({ mediaPath, ...paths }: Paths): Template {
  return templateOf((stack) => {
    const media = mediaPath === undefined ? undefined : { bucket: new Bucket(stack, 'Media'), path: mediaPath };
    new StorefrontDistribution(stack, 'Distribution', { ...existingShop(stack), ...paths, media });
  });
}

function behaviorsOf(template: Template): Behavior[] {
  const [found] = Object.values(template.findResources('AWS::CloudFront::Distribution'));
  const { DistributionConfig } = (
    found as {
      Properties: { DistributionConfig: { DefaultCacheBehavior: Behavior; CacheBehaviors?: Behavior[] } };
    }
  ).Properties;
  return [DistributionConfig.DefaultCacheBehavior, ...(DistributionConfig.CacheBehaviors ?? [])];
}

function behaviorAt(template: Template, path?: string): Behavior {
  const found = behaviorsOf(template).find(({ PathPattern }) => PathPattern === path);
  if (found === undefined) {
    throw new Error(`There is no behaviour for ${path}.`);
  }
  return found;
}

/** The policy by which a behaviour caches, or undefined where it does not. */
function cachingOf(template: Template, { CachePolicyId }: Behavior): CacheConfig | undefined {
  if (CachePolicyId === CACHING_DISABLED) {
    return undefined;
  }
  const policies = template.findResources('AWS::CloudFront::CachePolicy');
  const policy = policies[(CachePolicyId as { Ref: string }).Ref] as { Properties: { CachePolicyConfig: CacheConfig } };
  return policy.Properties.CachePolicyConfig;
}

const NAMES = fc.stringMatching(/^\/[a-z]{1,8}(\/[a-z]{1,8})?$/);
const PATHS = fc
  .uniqueArray(NAMES, { maxLength: 8 })
  .chain((names) => fc.tuple(fc.constant(names), fc.nat(names.length), fc.nat(names.length), fc.boolean()))
  .map(([names, one, other, media]): Paths => {
    const [cached, called] = [Math.min(one, other), Math.max(one, other)];
    return {
      cachedPaths: names.slice(0, cached).map((name) => `${name}/*`),
      apiPaths: names.slice(cached, called),
      mediaPath: media ? '/uploads' : undefined,
    };
  });

/** What the origin of a behaviour sees beyond the key by which its answer is kept; nothing where nothing is kept. */
function hiddenFromKey(template: Template, behavior: Behavior): readonly unknown[] {
  const caching = cachingOf(template, behavior);
  return caching === undefined ? [] : [behavior.OriginRequestPolicyId].filter((policy) => policy !== undefined);
}

/** Whether a behaviour keeps answers although its origin sees who asks. */
function keepsPersonal(template: Template, behavior: Behavior): boolean {
  const key = cachingOf(template, behavior)?.ParametersInCacheKeyAndForwardedToOrigin;
  const headers = key?.HeadersConfig.Headers ?? [];
  return key !== undefined && (key.CookiesConfig.CookieBehavior !== 'none' || headers.some((name) => name !== 'Host'));
}

test('whatever paths are named: what is kept was made without knowing who asks', () => {
  fc.assert(
    fc.property(PATHS, (paths) => {
      const template = templateWith(paths);
      const behaviors = behaviorsOf(template);
      expect(behaviors.flatMap((behavior) => hiddenFromKey(template, behavior))).toEqual([]);
      expect(behaviors.filter((behavior) => keepsPersonal(template, behavior))).toEqual([]);
    }),
    { numRuns: 40 },
  );
});

test('whatever paths are named: what the shop calls no-store is not kept, and only fetching can be', () => {
  fc.assert(
    fc.property(PATHS, (paths) => {
      const template = templateWith(paths);
      const kept = behaviorsOf(template).filter((behavior) => cachingOf(template, behavior) !== undefined);
      expect(kept.map((behavior) => cachingOf(template, behavior)?.MinTTL)).toEqual(kept.map(() => 0));
      expect(kept.flatMap(({ AllowedMethods }) => AllowedMethods)).not.toContain('POST');
    }),
    { numRuns: 40 },
  );
});

test('whatever paths are named: everything else reaches the shop whole', () => {
  fc.assert(
    fc.property(PATHS, (paths) => {
      const template = templateWith(paths);
      const passed = behaviorsOf(template).filter((behavior) => cachingOf(template, behavior) === undefined);
      expect(passed.map(({ OriginRequestPolicyId }) => OriginRequestPolicyId)).toEqual(passed.map(() => ALL_VIEWER));
    }),
    { numRuns: 10 },
  );
});

test('caches nothing unless a path is named', () => {
  const template = templateWith({});
  expect(behaviorsOf(template)).toHaveLength(1);
  template.resourceCountIs('AWS::CloudFront::CachePolicy', 0);
});

test('keeps files of the shop for as long as the shop says, apart by host and query', () => {
  const template = templateWith({ cachedPaths: ['/assets/*'] });
  expect(cachingOf(template, behaviorAt(template, '/assets/*'))).toMatchObject({
    DefaultTTL: 0,
    ParametersInCacheKeyAndForwardedToOrigin: {
      HeadersConfig: { HeaderBehavior: 'whitelist', Headers: ['Host'] },
      QueryStringsConfig: { QueryStringBehavior: 'all' },
    },
  });
});

test('leads visitors to HTTPS, and refuses a program that calls without', () => {
  const template = templateWith({ apiPaths: ['/store/*'], cachedPaths: ['/assets/*'], mediaPath: '/media' });
  const protocols = behaviorsOf(template).map(({ PathPattern, ViewerProtocolPolicy }) => [
    PathPattern,
    ViewerProtocolPolicy,
  ]);
  expect(protocols).toEqual([
    [undefined, 'redirect-to-https'],
    ['/media/*', 'redirect-to-https'],
    ['/assets/*', 'redirect-to-https'],
    ['/store/*', 'https-only'],
  ]);
});

test('lets every method through to the shop, and compresses nothing that may hold a secret', () => {
  const template = templateWith({ apiPaths: ['/store/*'] });
  for (const { AllowedMethods, Compress } of behaviorsOf(template)) {
    expect(AllowedMethods).toEqual(['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE']);
    expect(Compress).toBe(false);
  }
});

test('leads to the canonical host and adds security headers on every path', () => {
  const template = templateWith({ apiPaths: ['/store/*'], cachedPaths: ['/assets/*'], mediaPath: '/media' });
  const [canonicalHost] = Object.keys(template.findResources('AWS::CloudFront::Function'));
  const policies = Object.keys(template.findResources('AWS::CloudFront::ResponseHeadersPolicy'));
  for (const { FunctionAssociations, ResponseHeadersPolicyId } of behaviorsOf(template)) {
    expect(FunctionAssociations).toEqual([
      { EventType: 'viewer-request', FunctionARN: { 'Fn::GetAtt': [canonicalHost, 'FunctionARN'] } },
    ]);
    expect(policies).toContain(ResponseHeadersPolicyId.Ref);
  }
});
