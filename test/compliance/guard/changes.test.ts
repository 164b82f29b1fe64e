import { type App, CfnResource, NestedStack, RemovalPolicy, Stack, Stage } from 'aws-cdk-lib';
import { InstanceType, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { FileSystem } from 'aws-cdk-lib/aws-efs';
import { Key } from 'aws-cdk-lib/aws-kms';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import {
  AuroraPostgresEngineVersion,
  CfnDBCluster,
  CfnDBSubnetGroup,
  ClusterInstance,
  DatabaseCluster,
  DatabaseClusterEngine,
  type DatabaseClusterProps,
  DatabaseClusterFromSnapshot,
  SubnetGroup,
} from 'aws-cdk-lib/aws-rds';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { type Construct } from 'constructs';
import { type GuardFinding } from '../../../lib/compliance/guard/guard-finding';
import { change, ENV, lockOf, shop, type Build } from '../../support/guard';

const engine = DatabaseClusterEngine.auroraPostgres({ version: AuroraPostgresEngineVersion.VER_16_6 });
const writer = ClusterInstance.serverlessV2('Writer');

function network(scope: Construct): Vpc {
  return new Vpc(scope, 'Network', {
    availabilityZones: ['eu-central-1a', 'eu-central-1b'],
    natGateways: 0,
    subnetConfiguration: [{ name: 'data', subnetType: SubnetType.PRIVATE_ISOLATED }],
  });
}

interface Changes extends Partial<DatabaseClusterProps> {
  readonly id?: string;
  readonly key?: string;
}

/** A shop with a database under a key. */
function database({ id = 'Database', key = 'Key', ...changes }: Changes = {}): Build {
  return shop((stack) => {
    new DatabaseCluster(stack, id, {
      engine,
      writer,
      vpc: network(stack),
      vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED },
      storageEncryptionKey: new Key(stack, key),
      removalPolicy: RemovalPolicy.RETAIN,
      ...changes,
    });
  });
}

/** The raw cluster in `stack`, for what no construct offers. */
function cluster(stack: Stack): CfnDBCluster {
  return stack.node.findAll().find((construct) => construct instanceof CfnDBCluster) as CfnDBCluster;
}

function amended(build: Build, amend: (cluster: CfnDBCluster) => void): Build {
  return (app) => {
    build(app);
    amend(cluster(app.node.findChild('Shop') as Stack));
  };
}

const brief = ({ kind, logicalId, property }: GuardFinding): string => [kind, logicalId, property].join(' ').trim();

const findings = (before: Build, after: Build): string[] => change(before, after).findings.map(brief);

/** Which of them are about the database. */
const ofDatabase = (before: Build, after: Build): string[] =>
  findings(before, after).filter((finding) => finding.includes('Database'));

test('the same app again loses nothing, and nothing of it is unrecorded', () => {
  expect(change(database(), database())).toEqual({ findings: [], unrecorded: [], elsewhere: [] });
});

test('the lock names type, construct and deciding properties, and what they stand on', () => {
  const { resources, referenced, terminationProtection } = lockOf(database()).stacks['111122223333/eu-central-1/Shop'];
  expect(terminationProtection).toBe(true);
  expect(
    Object.values(resources)
      .map(({ type }) => type)
      .sort(),
  ).toEqual(['AWS::KMS::Key', 'AWS::RDS::DBCluster', 'AWS::RDS::DBInstance', 'AWS::RDS::DBSubnetGroup']);
  expect(Object.values(resources).find(({ type }) => type === 'AWS::RDS::DBCluster')).toMatchObject({
    path: 'Shop/Database/Resource',
    deletionPolicy: 'Retain',
    properties: { KmsKeyId: { 'Fn::GetAtt': [expect.stringMatching(/^Key/), 'Arn'] }, StorageEncrypted: true },
  });
  expect(Object.values(referenced ?? {}).map(({ type }) => type)).toContain('AWS::EC2::Subnet');
});

test('a construct that is renamed makes another database, and leaves the first behind', () => {
  const { findings: found } = change(database(), database({ id: 'Orders' }));
  const lost = found.find(({ type }) => type === 'AWS::RDS::DBCluster');
  expect(lost).toMatchObject({ kind: 'removed', path: 'Shop/Database/Resource' });
  expect(lost?.consequence).toMatch(
    /leaves it behind, outside the stack \(DeletionPolicy Retain\)\. Another one would be made anew under the logical id Orders\w+: CloudFormation neither renames nor moves/,
  );
});

test('a construct that moves to another stack is made anew there', () => {
  const bucketIn =
    (name: string): Build =>
    (app) => {
      const [one, two] = ['One', 'Two'].map((id) => new Stack(app, id, { env: ENV }));
      new Key(one, 'Key');
      new Key(two, 'Key');
      new Bucket(name === 'One' ? one : two, 'Pictures');
    };
  const [lost, ...others] = change(bucketIn('One'), bucketIn('Two')).findings;
  expect(others).toEqual([]);
  expect(lost).toMatchObject({ kind: 'removed', type: 'AWS::S3::Bucket' });
  expect(lost.consequence).toContain('It would be made anew in Two, as Pictures');
});

test('another encryption key makes another database', () => {
  const { findings: found } = change(database(), database({ key: 'Newer' }));
  expect(found.find(({ kind }) => kind === 'replaced')).toMatchObject({
    property: 'KmsKeyId',
    was: { 'Fn::GetAtt': [expect.stringMatching(/^Key/), 'Arn'] },
    is: { 'Fn::GetAtt': [expect.stringMatching(/^Newer/), 'Arn'] },
    consequence:
      'CloudFormation makes another DBCluster, empty unless it is restored, and leaves the old one behind, outside the stack (UpdateReplacePolicy Retain).',
  });
});

test('another subnet group does', () => {
  const other = (app: App): void => {
    shop((stack) => {
      const vpc = network(stack);
      const vpcSubnets = { subnetType: SubnetType.PRIVATE_ISOLATED };
      const subnetGroup = new SubnetGroup(stack, 'Group', { vpc, description: 'Other', vpcSubnets });
      const storageEncryptionKey = new Key(stack, 'Key');
      const removalPolicy = RemovalPolicy.RETAIN;
      const props = { engine, writer, vpc, subnetGroup, storageEncryptionKey, removalPolicy };
      new DatabaseCluster(stack, 'Database', { ...props, vpcSubnets });
    })(app);
  };
  expect(ofDatabase(database(), other)).toContainEqual(
    expect.stringMatching(/^replaced Database\w+ DBSubnetGroupName$/),
  );
});

test('a subnet group that is replaced takes the database with it, which is written as before', () => {
  const named =
    (name: string): Build =>
    (app) => {
      database()(app);
      const group = app.node.findAll().find((construct) => construct instanceof CfnDBSubnetGroup) as CfnDBSubnetGroup;
      group.dbSubnetGroupName = name;
    };
  const lost = change(named('one'), named('two')).findings.find(({ type }) => type === 'AWS::RDS::DBCluster');
  expect(lost).toMatchObject({ kind: 'replaced', property: 'DBSubnetGroupName' });
  expect(lost?.because).toMatch(/^DatabaseSubnets\w* is replaced when its DBSubnetGroupName changes$/);
});

test('a key that is replaced in another stack takes what is encrypted with it, whether the reference is strong or weak', () => {
  const encrypted =
    (spec: string): Build =>
    (app) => {
      const keys = new Stack(app, 'Keys', { env: ENV });
      const key = new CfnResource(keys, 'Key', { type: 'AWS::KMS::ReplicaKey', properties: { PrimaryKeyArn: spec } });
      const files = new Stack(app, 'Files', { env: ENV });
      new CfnResource(files, 'Files', {
        type: 'AWS::EFS::FileSystem',
        properties: { Encrypted: true, KmsKeyId: key.getAtt('Arn') },
      });
    };
  expect(findings(encrypted('arn:one'), encrypted('arn:two'))).toEqual([
    'replaced Files KmsKeyId',
    'replaced Key PrimaryKeyArn',
  ]);
});

test('another zone makes another file system, and other subnets take the database with them', () => {
  const zone = (name: string): Build =>
    shop((stack) => {
      new CfnResource(stack, 'Files', { type: 'AWS::EFS::FileSystem', properties: { AvailabilityZoneName: name } });
    });
  expect(findings(zone('eu-central-1a'), zone('eu-central-1b'))).toEqual(['replaced Files AvailabilityZoneName']);
  const zones = (availabilityZones: string[]): Build =>
    amended(database(), (raw) => (raw.availabilityZones = availabilityZones));
  expect(ofDatabase(zones(['eu-central-1a']), zones(['eu-central-1b']))).toContainEqual(
    expect.stringMatching(/^replaced Database\w+ AvailabilityZones$/),
  );
});

test('another physical name makes another bucket', () => {
  const named = (bucketName: string): Build => shop((stack) => void new Bucket(stack, 'Pictures', { bucketName }));
  const [lost] = change(named('acme-pictures'), named('acme-photos')).findings;
  expect(lost).toMatchObject({ kind: 'replaced', property: 'BucketName', was: 'acme-pictures', is: 'acme-photos' });
});

test('a snapshot identifier that is dropped would make an empty database', () => {
  const restored = shop((stack) => {
    new DatabaseClusterFromSnapshot(stack, 'Database', {
      engine,
      writer,
      vpc: network(stack),
      vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED },
      snapshotIdentifier: 'before-the-flood',
      removalPolicy: RemovalPolicy.RETAIN,
    });
  });
  const dropped = amended(restored, (raw) => (raw.snapshotIdentifier = undefined));
  const lost = change(restored, dropped).findings.find(({ property }) => property === 'SnapshotIdentifier');
  expect(lost).toMatchObject({ kind: 'replaced', was: 'before-the-flood', is: undefined });
  expect(lost?.consequence).toContain('makes another DBCluster, an empty one,');
});

test('what is not retained any more is named, with the policy', () => {
  const retained = (removalPolicy: RemovalPolicy): Build => database({ removalPolicy });
  const found = ofDatabase(retained(RemovalPolicy.RETAIN), retained(RemovalPolicy.DESTROY));
  expect(found).toContainEqual(expect.stringMatching(/^unretained Database\w+ DeletionPolicy$/));
  expect(found).toContainEqual(expect.stringMatching(/^unretained Database\w+ UpdateReplacePolicy$/));
  expect(ofDatabase(retained(RemovalPolicy.SNAPSHOT), retained(RemovalPolicy.RETAIN))).toEqual([]);
});

test('evidence that is not retained any more leaves the record, and is named', () => {
  const logs = (removalPolicy: RemovalPolicy): Build =>
    shop((stack) => void new LogGroup(stack, 'Trail', { removalPolicy }));
  expect(findings(logs(RemovalPolicy.RETAIN), logs(RemovalPolicy.DESTROY))).toEqual([
    expect.stringMatching(/^unretained Trail\w+ DeletionPolicy$/),
    expect.stringMatching(/^unretained Trail\w+ UpdateReplacePolicy$/),
  ]);
  expect(lockOf(logs(RemovalPolicy.DESTROY)).stacks).toEqual({});
});

test('termination protection and protection against deletion are not lost unseen', () => {
  const held = (terminationProtection: boolean): Build =>
    shop((stack) => void new Bucket(stack, 'Pictures'), { terminationProtection });
  expect(findings(held(true), held(false))).toEqual(['unprotected  terminationProtection']);
  expect(findings(held(false), held(true))).toEqual([]);
  const guarded = (deletionProtection: boolean): Build => database({ deletionProtection });
  expect(ofDatabase(guarded(true), guarded(false))).toEqual([
    expect.stringMatching(/^unprotected Database\w+ DeletionProtection$/),
  ]);
});

test('a resource of another type under the same logical id is another one', () => {
  const raw = (type: string): Build => shop((stack) => void new CfnResource(stack, 'Data', { type }));
  expect(findings(raw('AWS::S3::Bucket'), raw('AWS::DynamoDB::Table'))).toEqual(['replaced Data Type']);
});

test('what would be lost in a Stage or a nested stack is found there', () => {
  const inside =
    (bucketName: string): Build =>
    (app) => {
      const stage = new Stage(app, 'Production', { env: ENV });
      const nested = new NestedStack(new Stack(stage, 'Shop'), 'Media');
      new Bucket(nested, 'Pictures', { bucketName });
    };
  const [lost] = change(inside('one'), inside('two')).findings;
  expect(lost).toMatchObject({ kind: 'replaced', property: 'BucketName' });
  expect(lost.stack).toMatch(/^111122223333\/eu-central-1\/Production-Shop\/Media/);
});

test('what changes and replaces nothing is no finding', () => {
  const file = (performance: boolean): Build =>
    shop((stack) => {
      new FileSystem(stack, 'Files', { vpc: network(stack), enableAutomaticBackups: performance });
    });
  expect(change(file(true), file(false))).toEqual({ findings: [], unrecorded: [], elsewhere: [] });
  const sized = (type: string): Build =>
    database({ writer: ClusterInstance.provisioned('Writer', { instanceType: new InstanceType(type) }) });
  expect(findings(sized('r8g.large'), sized('r8g.xlarge'))).toEqual([]);
});

test('what is new is unrecorded, and nothing is lost by it', () => {
  const more: Build = (app) => {
    database()(app);
    new Bucket(app.node.findChild('Shop'), 'Pictures');
  };
  const { findings: lost, unrecorded } = change(database(), more);
  expect(lost).toEqual([]);
  expect(unrecorded).toEqual([expect.stringMatching(/^111122223333\/eu-central-1\/Shop Pictures/)]);
});
