import { fullDiff, ResourceImpact } from '@aws-cdk/cloudformation-diff';
import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import { App, CfnResource, Stack } from 'aws-cdk-lib';
import { type GuardFinding } from '../../../lib/compliance/guard/guard-finding';
import { STATEFUL } from '../../../lib/compliance/guard/replacement-table';
import { decidingProperties, REVIEWED_TYPES } from '../../../lib/compliance/guard/stateful-types';
import { change, ENV, type Build } from '../../support/guard';

type Properties = Readonly<Record<string, unknown>>;

const raw =
  (type: string, properties: Properties): Build =>
  (app) => {
    const stack = new Stack(app, 'Shop', { env: ENV });
    // Retained, so that types of which only retained ones are recorded are, too.
    new CfnResource(stack, 'It', { type, properties }).addOverride('DeletionPolicy', 'Retain');
  };

function templateOf(build: Build): Properties {
  const app = new App({ analyticsReporting: false });
  build(app);
  return app.synth().getStackByName('Shop').template as Properties;
}

/** What the diff of the CDK says of the one resource. */
function cdkSays(before: Build, after: Build): ResourceImpact | undefined {
  return fullDiff(templateOf(before), templateOf(after)).resources.get('It')?.changeImpact;
}

function guardSays(before: Build, after: Build): GuardFinding['kind'] | undefined {
  return change(before, after).findings.find(({ kind }) => kind !== 'unprotected')?.kind;
}

const IMPACTS: Readonly<Partial<Record<ResourceImpact, GuardFinding['kind']>>> = {
  [ResourceImpact.WILL_REPLACE]: 'replaced',
  [ResourceImpact.MAY_REPLACE]: 'may-be-replaced',
};

const db = loadAwsServiceSpecSync();

/** Each property at the top of a type; the diff of the CDK looks no deeper than that for types it does not nest. */
function propertiesOf(type: string): string[] {
  return Object.keys(db.lookup('resource', 'cloudFormationType', 'equals', type).only().properties);
}

/** What we know of a property of which the CDK says nothing, and why. */
const WE_SAY_MORE = ['AWS::RDS::DBSubnetGroup SubnetIds'];

test('of every property of every stateful type we say what the diff of the CDK says', () => {
  const types = [...STATEFUL, ...REVIEWED_TYPES].filter((type) => type !== 'AWS::CloudFormation::Stack');
  const answers = types.flatMap((type) =>
    propertiesOf(type).map((property) => {
      const effect = decidingProperties(type)?.find(({ path }) => path === property)?.effect;
      const impact = fullDiff(
        { Resources: { It: { Type: type, Properties: { [property]: 'one' } } } },
        { Resources: { It: { Type: type, Properties: { [property]: 'two' } } } },
      ).resources.get('It').changeImpact;
      const ours = effect === 'replaces' ? 'replaced' : effect === 'may-replace' ? 'may-be-replaced' : undefined;
      return { name: `${type} ${property}`, ours, cdk: IMPACTS[impact] };
    }),
  );
  expect(answers.length).toBeGreaterThan(500);
  expect(answers.filter(({ ours, cdk }) => ours !== cdk).map(({ name }) => name)).toEqual(WE_SAY_MORE);
});

test.each<[string, Properties, Properties]>([
  ['AWS::RDS::DBCluster', { Engine: 'aurora-mysql', KmsKeyId: 'one' }, { Engine: 'aurora-mysql', KmsKeyId: 'two' }],
  ['AWS::RDS::DBCluster', { Engine: 'aurora-mysql', Port: 3306 }, { Engine: 'aurora-mysql', Port: 3307 }],
  ['AWS::RDS::DBCluster', { SnapshotIdentifier: 'one' }, {}],
  ['AWS::RDS::DBInstance', { MultiAZ: false }, { MultiAZ: true }],
  ['AWS::S3::Bucket', { BucketName: 'one' }, { BucketName: 'two' }],
  ['AWS::S3::Bucket', { ObjectLockEnabled: true }, {}],
  ['AWS::S3::Bucket', { VersioningConfiguration: { Status: 'Enabled' } }, {}],
  ['AWS::Cognito::UserPool', { UserPoolName: 'one' }, { UserPoolName: 'two' }],
  ['AWS::DynamoDB::Table', { TableName: 'one' }, { TableName: 'two' }],
  ['AWS::Backup::BackupVault', { BackupVaultName: 'one' }, { BackupVaultName: 'two' }],
  ['AWS::KMS::Key', { Description: 'one' }, { Description: 'two' }],
  ['AWS::EFS::FileSystem', { PerformanceMode: 'generalPurpose' }, { PerformanceMode: 'maxIO' }],
  ['AWS::SecretsManager::Secret', { Name: 'one' }, { Name: 'two' }],
])('the guard judges %s from %j to %j as the CDK does', (type, before, after) => {
  const [was, is] = [raw(type, before), raw(type, after)];
  expect(guardSays(was, is)).toBe(IMPACTS[cdkSays(was, is) ?? ResourceImpact.NO_CHANGE]);
});
