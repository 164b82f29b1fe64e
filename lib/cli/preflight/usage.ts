import {
  CloudFrontClient,
  ListCachePoliciesCommand,
  ListDistributionsCommand,
  ListResponseHeadersPoliciesCommand,
  type DistributionSummary,
} from '@aws-sdk/client-cloudfront';
import { CloudWatchLogsClient, DescribeResourcePoliciesCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DescribeAddressesCommand, DescribeVpcsCommand, EC2Client } from '@aws-sdk/client-ec2';
import type { Aws } from '../aws/aws';

/** A page of a list, and where the next one begins. */
interface Page<Item> {
  readonly items: readonly Item[];
  readonly next?: string;
}

/** All pages of a list. */
export async function allOf<Item>(page: (marker?: string) => Promise<Page<Item>>): Promise<Item[]> {
  const items: Item[] = [];
  let next: string | undefined;
  do {
    const read = await page(next);
    items.push(...read.items);
    ({ next } = read);
  } while (next !== undefined && next !== '');
  return items;
}

/** VPCs of a Region. */
export async function vpcs(aws: Aws, region: string): Promise<number> {
  const client = aws.client(EC2Client, region);
  const found = await allOf(async (NextToken) => {
    const page = await client.send(new DescribeVpcsCommand({ NextToken }));
    return { items: page.Vpcs ?? [], next: page.NextToken };
  });
  return found.length;
}

/** Public addresses of a Region that the account holds. */
export async function addresses(aws: Aws, region: string): Promise<number> {
  const { Addresses = [] } = await aws.client(EC2Client, region).send(new DescribeAddressesCommand({}));
  return Addresses.length;
}

/** Resource policies of CloudWatch Logs in a Region, by name. */
export function logsPolicyNames(aws: Aws, region: string): Promise<readonly string[]> {
  return aws.once(`Logs policies ${region}`, () =>
    allOf(async (nextToken) => {
      const page = await aws
        .client(CloudWatchLogsClient, region)
        .send(new DescribeResourcePoliciesCommand({ nextToken }));
      return { items: (page.resourcePolicies ?? []).map(({ policyName = '' }) => policyName), next: page.nextToken };
    }),
  );
}

/** How many of them. */
export async function logsPolicies(aws: Aws, region: string): Promise<number> {
  return (await logsPolicyNames(aws, region)).length;
}

/** Distributions of the account. */
export function allDistributions(aws: Aws, region: string): Promise<readonly DistributionSummary[]> {
  return aws.once('distributions', () =>
    allOf(async (Marker) => {
      const { DistributionList } = await aws
        .client(CloudFrontClient, region)
        .send(new ListDistributionsCommand({ Marker }));
      return { items: DistributionList?.Items ?? [], next: DistributionList?.NextMarker };
    }),
  );
}

/** How many of them. */
export async function distributions(aws: Aws, region: string): Promise<number> {
  return (await allDistributions(aws, region)).length;
}

/** Names of the cache policies that the account made. */
export function cachePolicyNames(aws: Aws, region: string): Promise<readonly string[]> {
  return aws.once('cache policies', () =>
    allOf(async (Marker) => {
      const command = new ListCachePoliciesCommand({ Type: 'custom', Marker });
      const { CachePolicyList } = await aws.client(CloudFrontClient, region).send(command);
      const items = CachePolicyList?.Items ?? [];
      return {
        items: items.map(({ CachePolicy }) => CachePolicy?.CachePolicyConfig?.Name ?? ''),
        next: CachePolicyList?.NextMarker,
      };
    }),
  );
}

/** How many of them. */
export async function cachePolicies(aws: Aws, region: string): Promise<number> {
  return (await cachePolicyNames(aws, region)).length;
}

/** Names of the response headers policies that the account made. */
export function responseHeadersPolicyNames(aws: Aws, region: string): Promise<readonly string[]> {
  return aws.once('response headers policies', () =>
    allOf(async (Marker) => {
      const command = new ListResponseHeadersPoliciesCommand({ Type: 'custom', Marker });
      const { ResponseHeadersPolicyList } = await aws.client(CloudFrontClient, region).send(command);
      const items = ResponseHeadersPolicyList?.Items ?? [];
      return {
        items: items.map(({ ResponseHeadersPolicy }) => ResponseHeadersPolicy?.ResponseHeadersPolicyConfig?.Name ?? ''),
        next: ResponseHeadersPolicyList?.NextMarker,
      };
    }),
  );
}

/** How many of them. */
export async function responseHeadersPolicies(aws: Aws, region: string): Promise<number> {
  return (await responseHeadersPolicyNames(aws, region)).length;
}
