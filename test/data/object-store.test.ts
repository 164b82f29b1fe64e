import { App, Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  DataClass,
  DataKey,
  LogStore,
  ObjectAccess,
  ObjectContents,
  ObjectStore,
  type ObjectStoreProps,
} from '../../lib';
import { ServiceRole } from '../../lib/core/service-role';
import { concrete, type Statement } from '../support/policy-evaluator';
import { templateOf } from '../support/stack';
import { refusal } from '../support/refusal';

const store = (props?: ObjectStoreProps): Template => templateOf((stack) => new ObjectStore(stack, 'Files', props));

function bucketPolicyOf(template: Template): Statement[] {
  const policies = Object.values(template.findResources('AWS::S3::BucketPolicy')) as {
    Properties: { Bucket: { Ref: string }; PolicyDocument: { Statement: unknown } };
  }[];
  const own = policies.find(({ Properties }) => Properties.Bucket.Ref === 'FilesBucket');
  return concrete(own?.Properties.PolicyDocument.Statement);
}

describe('the bucket', () => {
  test('is retained, under a logical id that depends only on where the store stands', () => {
    store().templateMatches({
      Resources: {
        FilesBucket: { Type: 'AWS::S3::Bucket', DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' },
      },
    });
  });

  test('is encrypted with the key, private, without access control lists, and versioned', () => {
    store().hasResourceProperties('AWS::S3::Bucket', {
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          {
            BucketKeyEnabled: true,
            ServerSideEncryptionByDefault: {
              SSEAlgorithm: 'aws:kms',
              KMSMasterKeyID: { 'Fn::GetAtt': ['FilesKeyKey', 'Arn'] },
            },
          },
        ],
      },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      VersioningConfiguration: { Status: 'Enabled' },
      Tags: Match.arrayWith([{ Key: 'commerce-baseline:data-class', Value: 'customer-data' }]),
    });
  });

  test('refuses what does not come over TLS 1.2 or later', () => {
    const denials = bucketPolicyOf(store()).filter(({ Effect, Principal }) => Effect === 'Deny' && !!Principal);
    expect(denials).toEqual([
      expect.objectContaining({ Action: 's3:*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
      expect.objectContaining({ Action: 's3:*', Condition: { NumericLessThan: { 's3:TlsVersion': 1.2 } } }),
    ]);
  });

  test('has every request logged, by default into a store of its own', () => {
    store().hasResourceProperties('AWS::S3::Bucket', {
      LoggingConfiguration: {
        DestinationBucketName: { Ref: 'FilesAccessLogsBucket' },
        LogFilePrefix: 'Foreign/Files/Bucket/',
      },
    });
  });

  test('has every request logged into the store it was given', () => {
    const template = templateOf((stack) => {
      const accessLogs = new LogStore(stack, 'AccessLogs').bucket;
      new ObjectStore(stack, 'Files', { accessLogs });
    });
    template.resourceCountIs('AWS::S3::Bucket', 2);
    template.hasResourceProperties('AWS::S3::Bucket', {
      LoggingConfiguration: { DestinationBucketName: { Ref: 'AccessLogsBucket' } },
    });
  });

  test('keeps every object, what was overwritten or deleted for 35 days, and a stalled upload for a week', () => {
    const { FilesBucket } = store().findResources('AWS::S3::Bucket') as Record<
      string,
      { Properties: { LifecycleConfiguration: { Rules: unknown } } }
    >;
    expect(FilesBucket?.Properties.LifecycleConfiguration.Rules).toEqual([
      {
        Status: 'Enabled',
        AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
        NoncurrentVersionExpiration: { NoncurrentDays: 35 },
        ExpiredObjectDeleteMarker: true,
      },
    ]);
  });
});

describe('media', () => {
  const media = store({ contents: ObjectContents.media() });

  test('can be read by the distributions of this account, key included, and be written by none', () => {
    const distributions = { ArnLike: { 'aws:SourceArn': 'arn:aws:cloudfront::111122223333:distribution/*' } };
    expect(bucketPolicyOf(media)).toContainEqual(
      expect.objectContaining({
        Effect: 'Allow',
        Action: 's3:GetObject',
        Principal: { Service: 'cloudfront.amazonaws.com' },
        Condition: distributions,
      }),
    );
    const { FilesKeyKey } = media.findResources('AWS::KMS::Key') as Record<
      string,
      { Properties: { KeyPolicy: { Statement: unknown } } }
    >;
    expect(concrete<Statement[]>(FilesKeyKey?.Properties.KeyPolicy.Statement)).toContainEqual(
      expect.objectContaining({
        Action: 'kms:Decrypt',
        Principal: { Service: 'cloudfront.amazonaws.com' },
        Condition: distributions,
      }),
    );
  });

  test.each([
    ['customer files', ObjectContents.customerFiles()],
    ['evidence', ObjectContents.evidence(Duration.days(400))],
  ])('only: no distribution reads %s', (_, contents) => {
    expect(JSON.stringify(store({ contents }).toJSON())).not.toContain('cloudfront');
  });
});

describe('evidence', () => {
  const evidence = store({ contents: ObjectContents.evidence(Duration.days(400)) });

  test('is locked from its writing', () => {
    evidence.hasResourceProperties('AWS::S3::Bucket', {
      ObjectLockEnabled: true,
      ObjectLockConfiguration: {
        ObjectLockEnabled: 'Enabled',
        Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: 400 } },
      },
    });
  });

  test('cannot be freed by anybody before the policy of the bucket is changed', () => {
    expect(bucketPolicyOf(evidence)).toContainEqual({
      Sid: 'NoBypass',
      Effect: 'Deny',
      Principal: { AWS: '*' },
      Action: 's3:BypassGovernanceRetention',
      Resource: 'arn:FilesBucket/*',
    });
  });

  test('is locked beyond anybody’s reach only when that is asked for', () => {
    store({ contents: ObjectContents.irrevocableEvidence(Duration.days(400)) }).hasResourceProperties(
      'AWS::S3::Bucket',
      {
        ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: 400 } } },
      },
    );
  });
});

describe('a workload', () => {
  function statementsOf(access: ObjectAccess): Statement[] {
    const template = templateOf((stack) => {
      const role = new ServiceRole(stack, 'Shop', { assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com') });
      new ObjectStore(stack, 'Files').allow(role, access);
    });
    const [policy] = Object.values(template.findResources('AWS::IAM::ManagedPolicy')) as {
      Properties: { PolicyDocument: { Statement: unknown } };
    }[];
    return concrete(policy?.Properties.PolicyDocument.Statement);
  }
  const allow = (Action: string | string[], Resource: string): object => ({ Effect: 'Allow', Action, Resource });

  test('that reads gets exactly what reading takes', () => {
    expect(statementsOf(ObjectAccess.read())).toEqual([
      allow('s3:GetObject', 'arn:FilesBucket/*'),
      allow('s3:ListBucket', 'arn:FilesBucket'),
      allow('kms:Decrypt', 'arn:FilesKeyKey'),
    ]);
  });

  test('that reads and writes may delete an object, but never a version for good', () => {
    expect(statementsOf(ObjectAccess.readWrite('uploads/'))).toEqual([
      allow(
        ['s3:GetObject', 's3:PutObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts', 's3:DeleteObject'],
        'arn:FilesBucket/uploads/*',
      ),
      { ...allow('s3:ListBucket', 'arn:FilesBucket'), Condition: { StringLike: { 's3:prefix': 'uploads/*' } } },
      allow(['kms:Decrypt', 'kms:GenerateDataKey'], 'arn:FilesKeyKey'),
    ]);
  });

  test('that leaves evidence can read and list none', () => {
    expect(statementsOf(ObjectAccess.write('consent/'))).toEqual([
      allow(['s3:PutObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'], 'arn:FilesBucket/consent/*'),
      allow(['kms:Decrypt', 'kms:GenerateDataKey'], 'arn:FilesKeyKey'),
    ]);
  });

  test('of a later stack leaves no trace in the stacks of the store and of its key', () => {
    const app = new App();
    const [keys, data, shop] = ['Keys', 'Data', 'Shop'].map((id) => new Stack(app, id)) as [Stack, Stack, Stack];
    const key = new DataKey(keys, 'Key', { dataClass: DataClass.CUSTOMER_DATA });
    const role = new ServiceRole(shop, 'Role', { assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com') });
    new ObjectStore(data, 'Files', { key }).allow(role, ObjectAccess.readWrite());
    app.synth();
    expect(shop.dependencies.map(({ node }) => node.id).sort()).toEqual(['Data', 'Keys']);
    expect(data.dependencies).toEqual([keys]);
    expect(keys.dependencies).toEqual([]);
    Template.fromStack(shop).resourceCountIs('AWS::IAM::ManagedPolicy', 1);
  });

  test.each(['*', 'uploads', '/uploads/', 'up*/', 'up?/', '${aws:username}/'])('is refused the prefix %j', (prefix) => {
    expect(() => ObjectAccess.read(prefix)).toThrow(
      refusal(['ObjectPrefixInvalid'], 'end with a slash, not begin with one'),
    );
  });
});
