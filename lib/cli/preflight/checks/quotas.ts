import { GetServiceQuotaCommand, ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import type { Aws } from '../../aws/aws';
import { unlessAbsent } from '../../aws/errors';
import { addresses, countByRegion, fargateProcessors, resourcesOfType } from '../needs';
import { failure, ok, warning, type Answer, type Check, type Verdict } from '../probe';
import type { StoreStack } from '../../store-assembly';
import * as usage from '../usage';

/** A number of things that an account may have. */
interface Quota {
  readonly subject: string;
  /** How many of them a stack takes. */
  readonly needs: (stack: StoreStack) => number;
  /** How many are there; left out where the service does not tell. */
  readonly used?: (aws: Aws, region: string) => Promise<number>;
  /** Action behind `used`. */
  readonly action?: string;
  /** Where Service Quotas knows it; left out where AWS fixes it. */
  readonly code?: { readonly service: string; readonly quota: string };
  /** What AWS grants when nobody asked for more. */
  readonly granted: number;
  /** What it means to be over it, where we are not sure that AWS counts as we do. */
  readonly verdict?: Extract<Verdict, 'warning'>;
}

/** Codes and defaults: AWS's "Service endpoints and quotas" pages. */
const QUOTAS: readonly Quota[] = [
  {
    subject: 'VPCs',
    needs: resourcesOfType('AWS::EC2::VPC'),
    used: usage.vpcs,
    action: 'ec2:DescribeVpcs',
    code: { service: 'vpc', quota: 'L-F678F1CE' },
    granted: 5,
  },
  {
    subject: 'Elastic IP addresses',
    needs: addresses,
    used: usage.addresses,
    action: 'ec2:DescribeAddresses',
    code: { service: 'ec2', quota: 'L-0263D0A3' },
    granted: 5,
    // Whether the addresses of a regional NAT gateway count is not written down anywhere.
    verdict: 'warning',
  },
  {
    subject: 'CloudFront distributions',
    needs: resourcesOfType('AWS::CloudFront::Distribution'),
    used: usage.distributions,
    action: 'cloudfront:ListDistributions',
    code: { service: 'cloudfront', quota: 'L-24B04930' },
    granted: 200,
  },
  {
    subject: 'CloudFront cache policies',
    needs: resourcesOfType('AWS::CloudFront::CachePolicy'),
    used: usage.cachePolicies,
    action: 'cloudfront:ListCachePolicies',
    code: { service: 'cloudfront', quota: 'L-7D134442' },
    granted: 20,
  },
  {
    subject: 'CloudFront response headers policies',
    needs: resourcesOfType('AWS::CloudFront::ResponseHeadersPolicy'),
    used: usage.responseHeadersPolicies,
    action: 'cloudfront:ListResponseHeadersPolicies',
    code: { service: 'cloudfront', quota: 'L-CF0D4FC5' },
    granted: 20,
  },
  {
    subject: 'CloudWatch Logs resource policies',
    needs: resourcesOfType('AWS::Logs::ResourcePolicy'),
    used: usage.logsPolicies,
    action: 'logs:DescribeResourcePolicies',
    granted: 10,
  },
  {
    subject: 'Fargate processors',
    needs: fargateProcessors,
    code: { service: 'fargate', quota: 'L-3032A538' },
    granted: 6,
  },
];

/** Whether what is still to be made fits into the quotas of the account. */
export const quotas: Check = ({ store, aws, live }) =>
  QUOTAS.flatMap((quota) =>
    [...countByRegion(store.stacks, quota.needs)]
      .filter(([, needed]) => needed > 0)
      .map(([region]) => ({
        check: 'quota',
        subject: quota.subject,
        place: quota.code?.service === 'cloudfront' ? 'global' : region,
        actions: actionsOf(quota),
        ask: async () => {
          const toCome = live.stillToCome(store.stacks.filter((stack) => stack.region === region));
          const needed = countByRegion(await toCome, quota.needs).get(region) ?? 0;
          if (needed === 0) {
            return ok('All that the store takes is there.');
          }
          const place = quota.code?.service === 'cloudfront' ? 'us-east-1' : region;
          const [limit, used] = await Promise.all([limitOf(aws, quota, place), quota.used?.(aws, place)]);
          return judge(quota, { needed, used, ...limit, region: place });
        },
      })),
  );

function actionsOf({ action, code }: Quota): string[] {
  return [
    'cloudformation:DescribeStacks',
    ...(code === undefined ? [] : ['servicequotas:GetServiceQuota']),
    ...(action === undefined ? [] : [action]),
  ];
}

interface Limit {
  readonly value: number;
  readonly adjustable: boolean;
}

async function limitOf(aws: Aws, { code, granted }: Quota, region: string): Promise<Limit> {
  if (code === undefined) {
    return { value: granted, adjustable: false };
  }
  const command = new GetServiceQuotaCommand({ ServiceCode: code.service, QuotaCode: code.quota });
  const asked = aws.client(ServiceQuotasClient, region).send(command);
  // Service Quotas knows nothing of an account that never asked for more, in some services.
  const found = (await unlessAbsent(asked, 'NoSuchResourceException'))?.Quota;
  return { value: found?.Value ?? granted, adjustable: found?.Adjustable ?? true };
}

interface Sum extends Limit {
  readonly needed: number;
  readonly used?: number;
  readonly region: string;
}

function judge({ subject, code, verdict }: Quota, { needed, used, value, adjustable, region }: Sum): Answer {
  const there = used === undefined ? 'not counting what else runs' : `${used} in use`;
  const seen = `${needed} needed, ${there}, ${value} allowed.`;
  if (needed + (used ?? 0) <= value) {
    return ok(seen);
  }
  const say = verdict === 'warning' ? warning : failure;
  return adjustable && code !== undefined
    ? say(
        seen,
        `aws service-quotas request-service-quota-increase --region ${region} --service-code ${code.service} ` +
          `--quota-code ${code.quota} --desired-value ${Math.ceil(needed + (used ?? 0))}`,
      )
    : say(seen, `AWS does not raise it: delete some of the ${subject} that nobody uses.`);
}
