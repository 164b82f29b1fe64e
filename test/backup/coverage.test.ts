import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CONSTRUCTS } from '../cases';
import { foreignStack } from '../support/stack';

/** Types that AWS Backup knows, and what of them is no data of customers. */
const BACKED_UP = ['AWS::RDS::DBCluster', 'AWS::S3::Bucket', 'AWS::EFS::FileSystem', 'AWS::DynamoDB::Table'];

interface Resource {
  readonly Type: string;
  readonly Properties?: { readonly Tags?: object[]; readonly FileSystemTags?: object[] };
}

/** Values of a tag of `resource`. */
function tagOf({ Properties = {} }: Resource, name: string): unknown {
  const { Tags = [], FileSystemTags = [] } = Properties;
  const tags = [...Tags, ...FileSystemTags] as { Key: string; Value: unknown }[];
  return tags.find(({ Key }) => Key === `commerce-baseline:${name}`)?.Value;
}

test.each(Object.entries(CONSTRUCTS))(
  'whatever %s keeps of customers is backed up by construction',
  (_, { loaded }) => {
    const stack = foreignStack();
    loaded(stack);
    const resources = Object.entries(
      Template.fromStack(Stack.of(stack)).toJSON().Resources as Record<string, Resource>,
    );
    const kept = resources.filter(([, { Type }]) => BACKED_UP.includes(Type));
    // Logs are locked by themselves.
    const forgotten = kept.filter(
      ([, each]) => tagOf(each, 'data-class') !== 'logs' && tagOf(each, 'backup') === undefined,
    );
    expect(forgotten.map(([id]) => id)).toEqual([]);
  },
);
