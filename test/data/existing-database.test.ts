import { type Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import {
  CustomerDatabase,
  DatabaseEngine,
  DatabaseRole,
  type ExistingDatabaseProps,
  type ICustomerDatabase,
} from '../../lib';
import { workload } from '../cases/data-stores';
import { existingNetwork } from '../support/network';
import { refusal } from '../support/refusal';
import { foreignStack } from '../support/stack';

function existing(stack: Stack, props: Partial<ExistingDatabaseProps> = {}): ICustomerDatabase {
  return CustomerDatabase.fromExisting(stack, 'Orders', {
    network: existingNetwork(stack),
    engine: DatabaseEngine.auroraPostgresql('16'),
    clusterIdentifier: 'theirs',
    resourceId: 'cluster-THEIRS',
    writerHost: 'theirs.cluster-1.eu-central-1.rds.amazonaws.com',
    port: 5432,
    databaseName: 'orders',
    masterUsername: 'master',
    masterSecret: Secret.fromSecretNameV2(stack, 'Master', 'theirs'),
    securityGroup: SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-0123456789abcdef0'),
    ...props,
  });
}

test('a cluster made elsewhere is not touched, but gets logins', () => {
  const stack = foreignStack();
  const database = existing(stack);
  database.allow(workload(stack, database.network), DatabaseRole.readOnly('reports'));
  const template = Template.fromStack(stack);
  expect(Object.keys(template.findResources('AWS::RDS::DBCluster'))).toEqual([]);
  template.hasResourceProperties('Custom::DatabaseLogins', {
    Host: database.writerHost,
    ReaderHost: database.writerHost,
    Port: 5432,
    DatabaseName: 'orders',
    Logins: [{ Name: 'reports', Privileges: 'readOnly' }],
  });
  template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', {
    FromPort: 5432,
    GroupId: 'sg-0123456789abcdef0',
    SourceSecurityGroupId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^ShopSecurityGroup'), 'GroupId'] },
  });
});

test('a secret that is known by name alone can be read under the ARN that it has', () => {
  const stack = foreignStack();
  const database = existing(stack);
  database.allow(workload(stack, database.network), DatabaseRole.readOnly('reports'));
  expect(JSON.stringify(Template.fromStack(stack).findResources('AWS::IAM::ManagedPolicy'))).toContain(
    ':secret:theirs-??????"',
  );
});

test('a database whose name no group could carry is refused', () => {
  expect(() => existing(foreignStack(), { databaseName: 'Orders' })).toThrow(
    refusal(['DatabaseNameInvalid'], 'databaseName is "Orders"'),
  );
});
