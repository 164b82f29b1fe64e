import {
  CloudFrontClient,
  DescribeFunctionCommand,
  ListOriginAccessControlsCommand,
  ListVpcOriginsCommand,
} from '@aws-sdk/client-cloudfront';
import type { Aws } from '../aws/aws';
import { unlessAbsent } from '../aws/errors';
import type { NamedType } from './named-type';
import { allOf, cachePolicyNames, responseHeadersPolicyNames } from './usage';

/** CloudFront answers in us-east-1 for the whole account. */
const EDGE = 'us-east-1';

/** Types of CloudFront whose names are unique in an account. */
export const NAMED_AT_THE_EDGE: Readonly<Record<string, NamedType>> = {
  'AWS::CloudFront::CachePolicy': {
    called: 'cache policy',
    name: ['CachePolicyConfig', 'Name'],
    action: 'cloudfront:ListCachePolicies',
    isTaken: async (aws, _, name) => (await cachePolicyNames(aws, EDGE)).includes(name),
    remove: (_, name) =>
      deleteByName(
        'cache-policy',
        `CachePolicyList.Items[?CachePolicy.CachePolicyConfig.Name=='${name}'].CachePolicy.Id`,
      ),
  },
  'AWS::CloudFront::ResponseHeadersPolicy': {
    called: 'response headers policy',
    name: ['ResponseHeadersPolicyConfig', 'Name'],
    action: 'cloudfront:ListResponseHeadersPolicies',
    isTaken: async (aws, _, name) => (await responseHeadersPolicyNames(aws, EDGE)).includes(name),
    remove: (_, name) =>
      deleteByName(
        'response-headers-policy',
        `ResponseHeadersPolicyList.Items[?ResponseHeadersPolicy.ResponseHeadersPolicyConfig.Name=='${name}'].ResponseHeadersPolicy.Id`,
        'response-headers-policies',
      ),
  },
  'AWS::CloudFront::OriginAccessControl': {
    called: 'origin access control',
    name: ['OriginAccessControlConfig', 'Name'],
    action: 'cloudfront:ListOriginAccessControls',
    isTaken: async (aws, _, name) => (await originAccessControlNames(aws)).includes(name),
    remove: (_, name) => deleteByName('origin-access-control', `OriginAccessControlList.Items[?Name=='${name}'].Id`),
  },
  'AWS::CloudFront::VpcOrigin': {
    called: 'VPC origin',
    name: ['VpcOriginEndpointConfig', 'Name'],
    action: 'cloudfront:ListVpcOrigins',
    isTaken: async (aws, _, name) => (await vpcOriginNames(aws)).includes(name),
    remove: (_, name) => deleteByName('vpc-origin', `VpcOriginList.Items[?Name=='${name}'].Id`),
  },
  'AWS::CloudFront::Function': {
    called: 'CloudFront function',
    name: ['Name'],
    action: 'cloudfront:DescribeFunction',
    isTaken: async (aws, _, name) => {
      const asked = aws.client(CloudFrontClient, EDGE).send(new DescribeFunctionCommand({ Name: name }));
      return (await unlessAbsent(asked, 'NoSuchFunctionExists')) !== undefined;
    },
    remove: (_, name) =>
      `aws cloudfront delete-function --name ${name} ` +
      `--if-match "$(aws cloudfront describe-function --name ${name} --query ETag --output text)"`,
  },
};

function originAccessControlNames(aws: Aws): Promise<readonly string[]> {
  return aws.once('origin access controls', () =>
    allOf(async (Marker) => {
      const command = new ListOriginAccessControlsCommand({ Marker });
      const { OriginAccessControlList: list } = await aws.client(CloudFrontClient, EDGE).send(command);
      return { items: (list?.Items ?? []).map(({ Name = '' }) => Name), next: list?.NextMarker };
    }),
  );
}

function vpcOriginNames(aws: Aws): Promise<readonly string[]> {
  return aws.once('VPC origins', () =>
    allOf(async (Marker) => {
      const command = new ListVpcOriginsCommand({ Marker });
      const { VpcOriginList: list } = await aws.client(CloudFrontClient, EDGE).send(command);
      return { items: (list?.Items ?? []).map(({ Name = '' }) => Name), next: list?.NextMarker };
    }),
  );
}

/** Deletes what a list of CloudFront finds under a name: by its id, and under the version that it has now. */
function deleteByName(what: string, query: string, plural = `${what.replace(/y$/, 'ie')}s`): string {
  const custom = what.endsWith('policy') ? ' --type custom' : '';
  return (
    `id=$(aws cloudfront list-${plural}${custom} --query "${query} | [0]" --output text); ` +
    `aws cloudfront delete-${what} --id "$id" ` +
    `--if-match "$(aws cloudfront get-${what} --id "$id" --query ETag --output text)"`
  );
}
