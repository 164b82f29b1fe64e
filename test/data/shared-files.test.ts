import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { AlertTopics, type FileVolume, type INetwork, SharedFiles } from '../../lib';
import { workload } from '../cases/data-stores';
import { existingNetwork } from '../support/network';
import { ACCOUNT, type Call, concrete, isAllowed, type Statement } from '../support/policy-evaluator';
import { FLAGS } from '../support/review';
import { foreignStack, templateOf } from '../support/stack';
import { refusal } from '../support/refusal';

type More = (stack: Stack, files: SharedFiles, network: INetwork) => unknown;

const shared = (more: More = () => undefined): Template =>
  templateOf((stack) => {
    const network = existingNetwork(stack);
    more(stack, new SharedFiles(stack, 'Files', { network }), network);
  });

const withUploads: More = (stack, files, network): FileVolume =>
  files.allow(workload(stack, network), files.addAccessPoint('Uploads', { uid: 33, gid: 33 }));

describe('the file system', () => {
  test('is encrypted, elastic, backed up every day and retained', () => {
    shared().hasResource('AWS::EFS::FileSystem', {
      DeletionPolicy: 'RetainExceptOnCreate',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        Encrypted: true,
        KmsKeyId: { 'Fn::GetAtt': ['FilesKeyKey', 'Arn'] },
        BackupPolicy: { Status: 'ENABLED' },
        PerformanceMode: 'generalPurpose',
        ThroughputMode: 'elastic',
      },
    });
  });

  test('is reached in the data zone, and reaches nobody', () => {
    const template = shared();
    template.resourcePropertiesCountIs(
      'AWS::EFS::MountTarget',
      { SubnetId: Match.stringLikeRegexp('^subnet-0123456789abcded') },
      2,
    );
    template.hasResourceProperties('AWS::EC2::SecurityGroup', {
      SecurityGroupEgress: [Match.objectLike({ CidrIp: '255.255.255.255/32' })],
      SecurityGroupIngress: Match.absent(),
    });
  });

  test.each(Object.entries(FLAGS))(
    'has no statement in its policy but its denials with %s feature flags',
    (_, context) => {
      const stack = foreignStack({}, context);
      new SharedFiles(stack, 'Files', { network: existingNetwork(stack) });
      Template.fromStack(stack).hasResourceProperties('AWS::EFS::FileSystem', {
        FileSystemPolicy: {
          Statement: ['TlsOnly', 'AccessPointsOnly', 'NoRoot'].map((Sid) => Match.objectLike({ Sid, Effect: 'Deny' })),
        },
      });
    },
  );

  test.each(Object.entries(FLAGS))('keeps its logical ids with %s feature flags', (_, context) => {
    const stack = foreignStack({}, context);
    new SharedFiles(stack, 'Files', { network: existingNetwork(stack) });
    const template = Template.fromStack(stack);
    expect(Object.keys(template.findResources('AWS::EFS::FileSystem'))).toEqual(['FilesFileSystem']);
    expect(Object.keys(template.findResources('AWS::EFS::MountTarget'))).toEqual([
      'FilesMountTarget1',
      'FilesMountTarget2',
    ]);
  });
});

describe('a client', () => {
  interface Policies {
    readonly fileSystem: Statement[];
    readonly shop: Statement[];
  }
  function policies(): Policies {
    const template = shared(withUploads);
    const [fileSystem] = Object.values(template.findResources('AWS::EFS::FileSystem')) as {
      Properties: { FileSystemPolicy: { Statement: unknown } };
    }[];
    const [shop] = Object.values(template.findResources('AWS::IAM::ManagedPolicy')) as {
      Properties: { PolicyDocument: { Statement: unknown } };
    }[];
    return {
      fileSystem: concrete(fileSystem?.Properties.FileSystemPolicy.Statement),
      shop: concrete(shop?.Properties.PolicyDocument.Statement),
    };
  }
  const { fileSystem, shop } = policies();
  const principal = `arn:aws:iam::${ACCOUNT}:role/shop`;
  // Within one account a policy of the caller suffices, unless the resource's own policy denies.
  const sameAccount: Statement = {
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
    Action: '*',
  };
  const uploads = shop[0]?.Condition?.StringEquals?.['elasticfilesystem:AccessPointArn'] as string;
  const context = {
    'aws:SecureTransport': 'true',
    'elasticfilesystem:AccessedViaMountTarget': 'true',
    'elasticfilesystem:AccessPointArn': uploads,
  };
  const may = (call: Partial<Call>): boolean =>
    isAllowed(
      {
        principal,
        action: 'elasticfilesystem:ClientMount',
        resource: 'arn:FilesFileSystem',
        context,
        identity: shop,
        ...call,
      },
      [...fileSystem, sameAccount],
    );
  const everything: Statement[] = [{ Effect: 'Allow', Action: '*', Resource: '*' }];

  test.each(['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientWrite'])(
    'that was allowed has %s through its access point',
    (action) => expect(may({ action })).toBe(true),
  );

  test('that was allowed is not let through another access point', () => {
    expect(may({ context: { ...context, 'elasticfilesystem:AccessPointArn': 'arn:Other' } })).toBe(false);
  });

  test('that nobody allowed is not let in', () => {
    expect(may({ identity: [] })).toBe(false);
  });

  test('is not let in without TLS, whatever its own policy says', () => {
    expect(may({ identity: everything })).toBe(true);
    expect(may({ identity: everything, context: { ...context, 'aws:SecureTransport': 'false' } })).toBe(false);
  });

  test('is not let in past the access points, whatever its own policy says', () => {
    const past = Object.entries(context).filter(([key]) => key !== 'elasticfilesystem:AccessPointArn');
    expect(may({ identity: everything, context: Object.fromEntries(past) })).toBe(false);
  });

  test('is never root, whatever its own policy says', () => {
    expect(may({ identity: everything, action: 'elasticfilesystem:ClientRootAccess' })).toBe(false);
  });

  test('of a later stack leaves no trace in the stack of the files', () => {
    const app = new App();
    const [data, shopStack] = ['Data', 'Shop'].map((id) => new Stack(app, id)) as [Stack, Stack];
    const network = existingNetwork(data);
    const files = new SharedFiles(data, 'Files', { network });
    files.allow(workload(shopStack, existingNetwork(shopStack)), files.addAccessPoint('Uploads', { uid: 33, gid: 33 }));
    app.synth();
    expect(shopStack.dependencies).toEqual([data]);
    expect(data.dependencies).toEqual([]);
    Template.fromStack(shopStack).hasResourceProperties('AWS::EC2::SecurityGroupIngress', {
      FromPort: 2049,
      ToPort: 2049,
    });
    Template.fromStack(shopStack).hasResourceProperties('AWS::EC2::SecurityGroupEgress', {
      FromPort: 2049,
      ToPort: 2049,
    });
  });
});

describe('an access point', () => {
  test('fixes directory, user and group', () => {
    shared(withUploads).hasResourceProperties('AWS::EFS::AccessPoint', {
      PosixUser: { Uid: '33', Gid: '33' },
      RootDirectory: { Path: '/uploads', CreationInfo: { OwnerUid: '33', OwnerGid: '33', Permissions: '0750' } },
    });
  });

  test('is there once every zone has a mount target, so that a task that names it can mount', () => {
    shared(withUploads).hasResource('AWS::EFS::AccessPoint', {
      DependsOn: ['FilesMountTarget1', 'FilesMountTarget2'],
    });
  });

  test.each([
    ['root', { uid: 0, gid: 33 }, ['SharedDirectoryOwnedByRoot']],
    ['the group of root', { uid: 33, gid: 0 }, ['SharedDirectoryOwnedByRoot']],
    ['half a user', { uid: 33.5, gid: 33 }, ['SharedDirectoryOwnedByRoot']],
    ['the whole file system', { uid: 33, gid: 33, path: '/' }, ['SharedDirectoryPathInvalid']],
    ['a relative path', { uid: 33, gid: 33, path: 'uploads' }, ['SharedDirectoryPathInvalid']],
    ['five levels', { uid: 33, gid: 33, path: '/a/b/c/d/e' }, ['SharedDirectoryPathInvalid']],
    ['a directory that strangers may change', { uid: 33, gid: 33, mode: '0777' }, ['SharedDirectoryModeInvalid']],
    [
      'all of it at once',
      { uid: 0, gid: 33, path: '/', mode: '777' },
      ['SharedDirectoryOwnedByRoot', 'SharedDirectoryPathInvalid', 'SharedDirectoryModeInvalid'],
    ],
  ])('is refused for %s', (_, directory, codes) => {
    expect(() => shared((_stack, files) => files.addAccessPoint('Uploads', directory))).toThrow(
      refusal(codes, 'Files/Uploads cannot be built'),
    );
  });
});

test('somebody hears before the limit of operations is reached', () => {
  const template = templateOf((stack) => {
    new SharedFiles(stack, 'Files', { network: existingNetwork(stack), alerts: new AlertTopics(stack, 'Alerts') });
  });
  template.hasResourceProperties('AWS::CloudWatch::Alarm', {
    Namespace: 'AWS/EFS',
    MetricName: 'PercentIOLimit',
    Dimensions: [{ Name: 'FileSystemId', Value: { Ref: 'FilesFileSystem' } }],
    Threshold: 90,
  });
});
