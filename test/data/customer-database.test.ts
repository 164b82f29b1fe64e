import { Match, type Template } from 'aws-cdk-lib/assertions';
import { CustomerDatabase, type CustomerDatabaseProps, DatabaseEngine, DatabaseSource } from '../../lib';
import { existingNetwork } from '../support/network';
import { refusal } from '../support/refusal';
import { templateOf } from '../support/stack';

const databaseTemplate = (props: Partial<CustomerDatabaseProps> = {}): Template =>
  templateOf((stack) => new CustomerDatabase(stack, 'Orders', { network: existingNetwork(stack), ...props }));

const MYSQL = DatabaseEngine.auroraMysql('8.4');

interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}
const resourcesOf = (template: Template): Record<string, Resource> =>
  (template.toJSON() as { Resources: Record<string, Resource> }).Resources;

describe('the cluster', () => {
  test('is encrypted with a key of its own for customer data, whose backups carry it too', () => {
    const template = databaseTemplate();
    template.hasResourceProperties('AWS::RDS::DBCluster', {
      StorageEncrypted: true,
      KmsKeyId: { 'Fn::GetAtt': ['OrdersKeyKey', 'Arn'] },
      CopyTagsToSnapshot: true,
      Tags: [
        { Key: 'commerce-baseline:backup', Value: 'customer-data' },
        { Key: 'commerce-baseline:data-class', Value: 'customer-data' },
      ],
    });
    template.allResourcesProperties('AWS::RDS::DBInstance', {
      EnablePerformanceInsights: true,
      PerformanceInsightsKMSKeyId: { 'Fn::GetAtt': ['OrdersKeyKey', 'Arn'] },
    });
  });

  test('can be restored to any second of 35 days, also after it was deleted', () => {
    databaseTemplate().hasResourceProperties('AWS::RDS::DBCluster', {
      BackupRetentionPeriod: 35,
      DeleteAutomatedBackups: false,
    });
  });

  test('takes connections over TLS 1.2 or later alone, on PostgreSQL', () => {
    databaseTemplate().hasResourceProperties('AWS::RDS::DBClusterParameterGroup', {
      Family: 'aurora-postgresql17',
      Parameters: Match.objectLike({ 'rds.force_ssl': '1', ssl_min_protocol_version: 'TLSv1.2' }),
    });
  });

  test('takes connections over TLS 1.2 or later alone, on MySQL', () => {
    databaseTemplate({ engine: MYSQL }).hasResourceProperties('AWS::RDS::DBClusterParameterGroup', {
      Family: 'aurora-mysql8.4',
      Parameters: Match.objectLike({ require_secure_transport: 'ON', tls_version: 'TLSv1.2,TLSv1.3' }),
    });
  });

  test('lets logins in by IAM, has no HTTP door, and keeps its master password in a secret of RDS', () => {
    databaseTemplate().hasResourceProperties('AWS::RDS::DBCluster', {
      EnableIAMDatabaseAuthentication: true,
      EnableHttpEndpoint: false,
      ManageMasterUserPassword: true,
      MasterUsername: 'clusteradmin',
      MasterUserPassword: Match.absent(),
      MasterUserSecret: { KmsKeyId: { 'Fn::GetAtt': ['OrdersSecretsKeyKey', 'Arn'] } },
    });
  });

  test('stands on a major line, gets minor versions by itself and never pays for extended support', () => {
    const template = databaseTemplate();
    template.hasResourceProperties('AWS::RDS::DBCluster', {
      EngineVersion: '17',
      AutoMinorVersionUpgrade: true,
      EngineLifecycleSupport: 'open-source-rds-extended-support-disabled',
    });
    template.allResourcesProperties('AWS::RDS::DBInstance', { AutoMinorVersionUpgrade: true });
  });

  test.each([
    [DatabaseEngine.auroraPostgresql('16'), '16'],
    [DatabaseEngine.auroraPostgresql('18'), '18'],
    [DatabaseEngine.auroraMysql('8.0'), '8.0'],
    [DatabaseEngine.auroraMysql('8.4'), '8.4'],
  ])('names no minor version that the next deployment would want back: %#', (engine, line) => {
    const versions = Object.values(resourcesOf(databaseTemplate({ engine, readers: 1 })))
      .map(({ Properties: { EngineVersion } }) => EngineVersion)
      .filter((version) => version !== undefined);
    expect(versions).toEqual([line]);
  });

  test('is in the data zone, with no public address, on a port that nobody tries first', () => {
    const template = databaseTemplate();
    template.hasResourceProperties('AWS::RDS::DBSubnetGroup', {
      SubnetIds: [Match.stringLikeRegexp('^subnet-.*d0$'), Match.stringLikeRegexp('^subnet-.*d1$')],
    });
    template.allResourcesProperties('AWS::RDS::DBInstance', { PubliclyAccessible: false });
    template.hasResourceProperties('AWS::RDS::DBCluster', { Port: 5433 });
    databaseTemplate({ engine: MYSQL }).hasResourceProperties('AWS::RDS::DBCluster', { Port: 3307 });
  });

  test('admits nobody and calls nobody until somebody is allowed', () => {
    const template = databaseTemplate();
    template.hasResourceProperties('AWS::EC2::SecurityGroup', {
      SecurityGroupIngress: Match.absent(),
      SecurityGroupEgress: [Match.objectLike({ CidrIp: '255.255.255.255/32' })],
    });
    template.resourceCountIs('AWS::EC2::SecurityGroupIngress', 0);
  });

  test('is watched every minute, by a role that writes to one log group', () => {
    const template = databaseTemplate();
    template.allResourcesProperties('AWS::RDS::DBInstance', {
      MonitoringInterval: 60,
      MonitoringRoleArn: Match.anyValue(),
    });
    template.hasResourceProperties('AWS::IAM::ManagedPolicy', {
      PolicyDocument: {
        Statement: [
          Match.objectLike({ Action: ['logs:CreateLogGroup', 'logs:PutRetentionPolicy'] }),
          Match.objectLike({
            Resource: { 'Fn::Join': ['', Match.arrayWith([':log-group:RDSOSMetrics:log-stream:*'])] },
          }),
        ],
      },
      Roles: [{ Ref: Match.stringLikeRegexp('^OrdersMonitoringRole') }],
    });
  });
});

describe('what the cluster logs', () => {
  test.each([
    [undefined, ['postgresql', 'iam-db-auth-error', 'instance']],
    [MYSQL, ['audit', 'error', 'general', 'slowquery', 'iam-db-auth-error', 'instance']],
  ])('goes to encrypted groups that are there before it, kept for 13 months', (engine, logs) => {
    const template = databaseTemplate({ engine });
    const groups = template.findResources('AWS::Logs::LogGroup', {
      Properties: { RetentionInDays: 400, KmsKeyId: { 'Fn::GetAtt': ['OrdersLogsKeyKey', 'Arn'] } },
      DeletionPolicy: 'RetainExceptOnCreate',
    });
    const [cluster] = Object.values(template.findResources('AWS::RDS::DBCluster')) as [
      { Properties: { DBClusterIdentifier: string }; DependsOn: string[] },
    ];
    const { DBClusterIdentifier: name } = cluster.Properties;
    expect(Object.values(groups).map((group) => (group as Resource).Properties.LogGroupName)).toEqual(
      logs.map((log) => `/aws/rds/cluster/${name}/${log}`),
    );
    expect(cluster.DependsOn).toEqual(expect.arrayContaining(Object.keys(groups)));
    template.hasResourceProperties('AWS::RDS::DBCluster', { EnableCloudwatchLogsExports: logs });
  });

  test('holds logins, changes of tables and of privileges, and no statement with customers in it', () => {
    databaseTemplate().hasResourceProperties('AWS::RDS::DBClusterParameterGroup', {
      Parameters: Match.objectLike({
        shared_preload_libraries: 'pgaudit,pg_stat_statements',
        'pgaudit.log': 'ddl,role',
        'pgaudit.role': 'rds_pgaudit',
        log_connections: '1',
        log_disconnections: '1',
        log_statement: Match.absent(),
      }),
    });
    databaseTemplate({ engine: MYSQL }).hasResourceProperties('AWS::RDS::DBClusterParameterGroup', {
      Parameters: Match.objectLike({
        server_audit_logging: '1',
        server_audit_events: 'CONNECT,QUERY_DCL,QUERY_DDL',
        general_log: Match.absent(),
      }),
    });
  });

  test('may be encrypted by CloudWatch Logs with the key', () => {
    databaseTemplate().hasResourceProperties('AWS::KMS::Key', {
      Description: 'Protects logs',
      KeyPolicy: { Statement: Match.arrayWith([Match.objectLike({ Principal: { Service: Match.anyValue() } })]) },
    });
  });
});

describe('nothing of the database is lost with the stack', () => {
  test('cluster, instances, and what they cannot be without are retained', () => {
    const stateful = Object.entries(resourcesOf(databaseTemplate())).filter(([, { Type }]) =>
      /^AWS::(RDS|KMS|Logs)::|SecurityGroup$/.test(Type),
    );
    expect(stateful.map(([id]) => id.replace(/[0-9A-F]{8}$/, ''))).toEqual(
      expect.arrayContaining([
        'OrdersCluster',
        'OrdersWriter',
        'OrdersReader1',
        'OrdersSubnetGroup',
        'OrdersParameters',
      ]),
    );
    for (const [, { DeletionPolicy, UpdateReplacePolicy }] of stateful) {
      expect([DeletionPolicy, UpdateReplacePolicy]).toEqual(['RetainExceptOnCreate', 'Retain']);
    }
  });

  test('a new generation makes a cluster of another name, beside everything the old one needs', () => {
    const [first, second] = [1, 2].map((generation) => resourcesOf(databaseTemplate({ generation })));
    const idsOf = (resources: Record<string, Resource>, type: RegExp): string[] =>
      Object.keys(resources).filter((id) => type.test(resources[id]?.Type ?? ''));
    const perGeneration = /DBCluster|DBInstance|LogGroup/;
    expect(idsOf(second ?? {}, perGeneration)).toHaveLength(idsOf(first ?? {}, perGeneration).length);
    expect(idsOf(second ?? {}, perGeneration)).not.toEqual(expect.arrayContaining(['OrdersCluster']));
    for (const id of idsOf(second ?? {}, perGeneration)) {
      expect(first).not.toHaveProperty(id);
    }
    const shared = /DBSubnetGroup|SecurityGroup$|KMS/;
    expect(idsOf(second ?? {}, shared)).toEqual(idsOf(first ?? {}, shared));
    expect(second?.OrdersClusterG2?.Properties.DBClusterIdentifier).toBe(
      `${first?.OrdersCluster?.Properties.DBClusterIdentifier as string}-g2`,
    );
  });
});

describe('capacity', () => {
  test('is half a unit at rest, eight at most, with a reader in another zone that takes over', () => {
    const template = databaseTemplate();
    template.hasResourceProperties('AWS::RDS::DBCluster', {
      ServerlessV2ScalingConfiguration: { MinCapacity: 0.5, MaxCapacity: 8 },
    });
    template.resourceCountIs('AWS::RDS::DBInstance', 2);
    template.hasResourceProperties('AWS::RDS::DBInstance', { DBInstanceClass: 'db.serverless', PromotionTier: 1 });
  });

  test('is what the props say', () => {
    const template = databaseTemplate({ minCapacity: 0, maxCapacity: 256, readers: 0 });
    template.hasResourceProperties('AWS::RDS::DBCluster', {
      ServerlessV2ScalingConfiguration: { MinCapacity: 0, MaxCapacity: 256 },
    });
    template.resourceCountIs('AWS::RDS::DBInstance', 1);
  });
});

describe('a source', () => {
  /** The cluster as it differs from an empty one. */
  const differences = (source: DatabaseSource): Record<string, unknown> => {
    const [empty, restored] = [undefined, source].map(
      (each) => resourcesOf(databaseTemplate({ source: each })).OrdersCluster?.Properties ?? {},
    );
    const names = new Set([...Object.keys(empty ?? {}), ...Object.keys(restored ?? {})]);
    const differing = [...names].filter((name) => JSON.stringify(empty?.[name]) !== JSON.stringify(restored?.[name]));
    return Object.fromEntries(differing.map((name) => [name, restored?.[name]]));
  };

  test('that is a snapshot changes only what RDS takes from it', () => {
    expect(differences(DatabaseSource.snapshot('awsbackup:job-1a2b'))).toStrictEqual({
      SnapshotIdentifier: 'awsbackup:job-1a2b',
      MasterUsername: undefined,
      DatabaseName: undefined,
    });
  });

  test('that is a moment changes only what RDS takes from it', () => {
    expect(differences(DatabaseSource.pointInTime({ cluster: 'lost', time: '2026-11-01T10:00:00Z' }))).toStrictEqual({
      SourceDBClusterIdentifier: 'lost',
      RestoreType: 'full-copy',
      RestoreToTime: '2026-11-01T10:00:00Z',
      MasterUsername: undefined,
      DatabaseName: undefined,
    });
  });

  test('that was deleted is named by its resource id', () => {
    const cluster = 'cluster-ABCDEFGHIJKLMNOPQRSTUVWXYZ';
    const deleted = differences(DatabaseSource.pointInTime({ cluster }));
    expect(deleted).toMatchObject({ SourceDbClusterResourceId: cluster, RestoreType: 'full-copy' });
    expect(deleted).not.toHaveProperty('SourceDBClusterIdentifier');
  });

  test('that is the latest moment says so', () => {
    const latest = differences(DatabaseSource.pointInTime({ cluster: 'lost' }));
    expect(latest).toMatchObject({ SourceDBClusterIdentifier: 'lost', UseLatestRestorableTime: true });
    expect(latest).not.toHaveProperty('RestoreToTime');
  });
});

describe('a mistake', () => {
  test.each([
    [{ minCapacity: 0.3 }, 'MinCapacityOutOfRange', 'minCapacity is 0.3; it must be 0, or from 0.5 to 256'],
    [{ minCapacity: -1 }, 'MinCapacityOutOfRange', 'minCapacity is -1'],
    [{ maxCapacity: 0.5 }, 'MaxCapacityOutOfRange', 'maxCapacity is 0.5; it must be from 1 to 256'],
    [{ minCapacity: 4, maxCapacity: 2 }, 'MaxCapacityOutOfRange', 'maxCapacity is 2; it must be from 4 to 256'],
    [{ readers: 16 }, 'ReadersOutOfRange', 'readers is 16; it must be a whole number from 0 to 15'],
    [{ readers: 0.5 }, 'ReadersOutOfRange', 'readers is 0.5'],
    [{ generation: 0 }, 'GenerationInvalid', 'never lower it'],
    [{ databaseName: 'My-Shop' }, 'DatabaseNameInvalid', 'databaseName is "My-Shop"; it must be at most 52'],
    [{ databaseName: 'a'.repeat(53) }, 'DatabaseNameInvalid', 'at most 52'],
    [{ databaseName: 'postgres' }, 'DatabaseNameInvalid', 'none of postgres, rdsadmin'],
    [{ engine: MYSQL, databaseName: 'sys' }, 'DatabaseNameInvalid', 'none of cdk_commerce_baseline'],
    [{ backupWindow: '18:00-18:20' }, 'BackupWindowInvalid', 'backupWindow is "18:00-18:20"; it must be a daily span'],
    [{ maintenanceWindow: 'Sunday' }, 'MaintenanceWindowInvalid', 'Write sun:19:30-sun:20:30'],
  ])('%j is refused', (props, code, text) => {
    expect(() => databaseTemplate(props)).toThrow(refusal([code], text));
  });

  test('is reported together with every other', () => {
    const props = { minCapacity: 0.3, readers: -1, databaseName: '' };
    const codes = ['DatabaseNameInvalid', 'MinCapacityOutOfRange', 'ReadersOutOfRange'];
    expect(() => databaseTemplate(props)).toThrow(refusal(codes, 'databaseName is ""'));
  });
});
