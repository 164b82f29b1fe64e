import { CrossStackReferences, Duration, ReferenceStrength, Stack, Token, type CfnResource } from 'aws-cdk-lib';
import { SecurityGroup, type ISecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import {
  CaCertificate,
  ClusterInstance,
  Credentials,
  DatabaseCluster,
  DatabaseInsightsMode,
  EngineLifecycleSupport,
  ParameterGroup,
  SubnetGroup,
  type CfnDBCluster,
  type IClusterInstance,
} from 'aws-cdk-lib/aws-rds';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct, type IDependable } from 'constructs';
import { acknowledge, acknowledgeWildcards } from '../core/acknowledge';
import { BackedUpKind, backUp } from '../core/backed-up';
import { disposalOf } from '../core/disposal';
import { Problems } from '../core/errors';
import { keeps } from '../core/keeps';
import { letLogGroupsUse } from '../core/key-use';
import { physicalName } from '../core/physical-names';
import { ServiceRole } from '../core/service-role';
import { watchSupport } from '../core/support-end';
import { removalPolicyOf, retain } from '../core/stateful';
import { DataClass, tagDataClass } from '../core/tags';
import type { IWorkload } from '../core/workload';
import { DataKey } from '../encryption/data-key';
import type { INetwork } from '../network/network-ref';
import { requireDatabaseProps, type CustomerDatabaseProps } from './customer-database-props';
import { accessTo } from './database-access';
import { watchDatabase } from './database-alarms';
import { DatabaseEngine } from './database-engine';
import type { DatabaseLogin, ICustomerDatabase } from './database-ref';
import type { DatabaseRole } from './database-role';
import { DatabaseSource } from './database-source';
import { ExistingDatabase, type ExistingDatabaseProps } from './existing-database';

/** The longest that Aurora keeps automated backups. */
const BACKUP_RETENTION = Duration.days(35);

/** Aurora takes none at all for nobody. */
const SHORTEST_BACKUP_RETENTION = Duration.days(1);

/** The log group that enhanced monitoring of every RDS instance of an account writes to. */
const MONITORING_LOGS = 'RDSOSMetrics';

/**
 * An Aurora database for customers' data: encrypted, reached over TLS 1.2 or later only and by nobody unless allowed,
 * restorable to any second of the last 35 days, protected against deletion and retained whatever happens to the stack.
 * Logins, changes of tables and changes of privileges are logged; security fixes install themselves.
 *
 * Who works with it is declared with `allow`: each workload logs in as somebody of its own, with the least privileges
 * for its work, and the network opens for it alone.
 *
 * Synthesis warns in the last 180 days of AWS's support for the engine's major line, and stops afterwards.
 *
 * Costs about 0.12 USD an hour for each capacity unit in use (writer and one reader at rest: about 90 USD a month), and
 * storage. Engine, database name, keys and source cannot be changed later without a new `generation`.
 */
export class CustomerDatabase extends Construct implements ICustomerDatabase {
  /**
   * A cluster that was made elsewhere, so that `allow` works on it. Nothing of it is changed but its logins.
   *
   * @param scope where its logins are declared
   * @param id id of the construct
   * @param props which cluster
   */
  public static fromExisting(scope: Construct, id: string, props: ExistingDatabaseProps): ICustomerDatabase {
    return new ExistingDatabase(scope, id, props);
  }

  /** The cluster, with its writer and readers. */
  public readonly cluster: DatabaseCluster;
  /** What the cluster logs: encrypted, kept for 13 months, retained. */
  public readonly logGroups: LogGroup[];
  /** Engine and major line. */
  public readonly engine: DatabaseEngine;
  /** The network it is in. */
  public readonly network: INetwork;
  /** Identifier of the cluster. */
  public readonly clusterIdentifier: string;
  /** Resource id of the cluster, `cluster-ABC…`. */
  public readonly resourceId: string;
  /** The endpoint that takes writes. */
  public readonly writerHost: string;
  /** The endpoint that spreads reads over the readers. */
  public readonly readerHost: string;
  /** Port of both endpoints. */
  public readonly port: number;
  /** Name of the database in the cluster. */
  public readonly databaseName: string;
  /** Name of the master user. */
  public readonly masterUsername: string;
  /** Name and password of the master user. */
  public readonly masterSecret: ISecret;
  /** Security group of the cluster. */
  public readonly securityGroup: ISecurityGroup;
  /** Key of the secrets of its logins. */
  public readonly secretsKey: IKey;
  /** Key of its logs, and of those of functions that serve it. */
  public readonly logsKey: IKey;
  /** There is an instance once this is there. */
  public readonly ready: IDependable;

  public constructor(scope: Construct, id: string, props: CustomerDatabaseProps) {
    super(scope, id);
    const { engine = DatabaseEngine.auroraPostgresql('17'), source = DatabaseSource.empty(), generation = 1 } = props;
    const problems = new Problems(`CustomerDatabase ${this.node.path}`);
    requireDatabaseProps(problems, props, engine);
    problems.include(source);
    problems.throwIfAny();

    this.engine = engine;
    this.network = props.network;
    this.port = engine._traits.port;
    this.databaseName = props.databaseName ?? 'shop';
    this.masterUsername = source._masterUsername;
    const key = props.key ?? new DataKey(this, 'Key', { dataClass: DataClass.CUSTOMER_DATA });
    this.secretsKey = props.secretsKey ?? new DataKey(this, 'SecretsKey', { dataClass: DataClass.SECRETS });
    this.logsKey = props.logsKey ?? new DataKey(this, 'LogsKey', { dataClass: DataClass.LOGS });

    this.clusterIdentifier = physicalName(this, 'databaseCluster', generation);
    this.securityGroup = this.createSecurityGroup();
    this.logGroups = this.createLogGroups(generation);
    this.cluster = this.createCluster(key, props);
    source._fill(this.cluster.node.defaultChild as CfnDBCluster);
    this.ready = this.retainCluster(generation);
    if (keeps(this, 'database.backup', props.withoutBackup ?? disposalOf(this))) {
      const { clusterArn } = this.cluster;
      const resource = this.cluster.node.defaultChild as CfnResource;
      backUp(this, { kind: BackedUpKind.DATABASE, resource, arn: clusterArn, key });
    }
    // An export that another stack imports can be neither removed nor changed: no new generation could be deployed.
    CrossStackReferences.of(this.cluster).produce(ReferenceStrength.WEAK);

    this.resourceId = this.cluster.clusterResourceIdentifier;
    this.writerHost = this.cluster.clusterEndpoint.hostname;
    this.readerHost = this.cluster.clusterReadEndpoint.hostname;
    this.masterSecret = this.cluster.secret as ISecret;
    watchSupport(this, `${engine._traits.product} ${engine.line}`);
    watchDatabase(this, { ...props, engine, cluster: this.cluster, logGroups: this.logGroups });
  }

  /**
   * Lets `workload` log in as `role`: opens network, IAM and, where there is a password, its secret, for that login and
   * nothing else.
   *
   * @param workload what logs in: a `StorefrontService`, a function in the VPC
   * @param role which login it uses; several workloads may use one
   * @throws BaselineError `LoginDeclaredTwice`, `LoginNameTaken`
   */
  public allow(workload: IWorkload, role: DatabaseRole): DatabaseLogin {
    return accessTo(this, this).allow(workload, role);
  }

  /** Nobody gets in, and the database itself calls nobody. */
  private createSecurityGroup(): SecurityGroup {
    const securityGroup = new SecurityGroup(this, 'SecurityGroup', {
      vpc: this.network.vpc,
      description: 'The database; each workload that may connect has a rule of its own',
      allowAllOutbound: false,
    });
    retain(this, securityGroup.node.defaultChild as CfnResource, 'SecurityGroup');
    return securityGroup;
  }

  /** Made before the cluster, which otherwise makes its own: without a key, and for ever. */
  private createLogGroups(generation: number): LogGroup[] {
    letLogGroupsUse(this.logsKey);
    return this.engine._traits.logs.map((log) => {
      const logGroup = new LogGroup(this, named(`${pascalCase(log)}Logs`, generation), {
        logGroupName: `/aws/rds/cluster/${this.clusterIdentifier}/${log}`,
        encryptionKey: this.logsKey,
        // PCI DSS 10.5.1 asks for twelve months; a month more lets the last one be read.
        retention: RetentionDays.THIRTEEN_MONTHS,
        removalPolicy: removalPolicyOf(this),
      });
      tagDataClass(logGroup, DataClass.LOGS);
      return logGroup;
    });
  }

  private createCluster(key: IKey, props: CustomerDatabaseProps): DatabaseCluster {
    const { minCapacity = 0.5, maxCapacity = 8, readers = 1, generation = 1 } = props;
    const monitoringRole = this.createMonitoringRole();
    const disposal = disposalOf(this);
    const cluster = new DatabaseCluster(this, named('Cluster', generation), {
      clusterIdentifier: this.clusterIdentifier,
      engine: this.engine._clusterEngine,
      parameterGroup: this.createParameterGroup(generation),
      defaultDatabaseName: this.databaseName,
      credentials: Credentials.fromUsername(this.masterUsername, { encryptionKey: this.secretsKey }),
      manageMasterUserPassword: true,
      iamAuthentication: true,
      enableDataApi: false,
      vpc: this.network.vpc,
      vpcSubnets: { subnets: this.network.dataSubnets },
      subnetGroup: this.createSubnetGroup(),
      securityGroups: [this.securityGroup],
      port: this.port,
      storageEncryptionKey: key,
      serverlessV2MinCapacity: minCapacity,
      serverlessV2MaxCapacity: maxCapacity,
      writer: serverlessInstance('Writer', key, props),
      readers: [...Array(readers).keys()].map((index) => serverlessInstance(`Reader${index + 1}`, key, props)),
      backup: {
        retention: disposal === undefined ? BACKUP_RETENTION : SHORTEST_BACKUP_RETENTION,
        preferredWindow: props.backupWindow,
      },
      copyTagsToSnapshot: true,
      deleteAutomatedBackups: disposal !== undefined,
      deletionProtection: keeps(this, 'database.deletion-protection', props.withoutDeletionProtection ?? disposal),
      removalPolicy: removalPolicyOf(this),
      preferredMaintenanceWindow: props.maintenanceWindow,
      autoMinorVersionUpgrade: true,
      // Extended support costs per capacity unit; without it RDS upgrades at the end of standard support.
      engineLifecycleSupport: EngineLifecycleSupport.OPEN_SOURCE_RDS_EXTENDED_SUPPORT_DISABLED,
      cloudwatchLogsExports: this.engine._traits.logs,
      databaseInsightsMode: DatabaseInsightsMode.STANDARD,
      monitoringInterval: Duration.minutes(1),
      monitoringRole,
    });
    cluster.node.addDependency(monitoringRole, ...this.logGroups);
    if (this.engine._traits.canBacktrack) {
      acknowledge(cluster, {
        rules: ['AwsSolutions-RDS14'],
        because:
          'Backtrack does not exist for Serverless v2. Any second of the last 35 days can be restored beside it.',
      });
    }
    return cluster;
  }

  private createSubnetGroup(): SubnetGroup {
    const subnets = this.network.dataSubnets;
    const subnetGroup = new SubnetGroup(this, 'SubnetGroup', {
      vpc: this.network.vpc,
      vpcSubnets: { subnets },
      description: 'The data zone',
    });
    retain(this, subnetGroup.node.defaultChild as CfnResource, 'SubnetGroup');
    acknowledge(subnetGroup, {
      rules: ['CommerceBaseline-database-isolated[unresolved]'],
      unless: () => subnets.every(({ subnetId }) => Token.isUnresolved(subnetId)),
      because: 'The subnets were there before; whoever named them as those for data answers for their routes.',
    });
    return subnetGroup;
  }

  private createParameterGroup(generation: number): ParameterGroup {
    const parameterGroup = new ParameterGroup(this, named('Parameters', generation), {
      engine: this.engine._clusterEngine,
      description: 'TLS alone, audit on',
      parameters: { ...this.engine._traits.parameters },
      removalPolicy: removalPolicyOf(this),
    });
    // The group itself is made once it is known that it is for a cluster. Restore tests of another stack name it.
    parameterGroup.bindToCluster({});
    CrossStackReferences.of(parameterGroup).produce(ReferenceStrength.WEAK);
    return parameterGroup;
  }

  /** What AWS's own policy for this allows, for this account and Region. */
  private createMonitoringRole(): ServiceRole {
    const { account, region, partition } = Stack.of(this);
    const logs = `arn:${partition}:logs:${region}:${account}:log-group:${MONITORING_LOGS}`;
    const role = new ServiceRole(this, 'MonitoringRole', {
      assumedBy: new ServicePrincipal('monitoring.rds.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': account } },
      }),
      description: 'Lets RDS write what the operating systems of database instances measure',
    });
    role.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['logs:CreateLogGroup', 'logs:PutRetentionPolicy'],
        resources: [`${logs}*`],
      }),
    );
    role.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:GetLogEvents', 'logs:PutLogEvents'],
        resources: [`${logs}:log-stream:*`],
      }),
    );
    acknowledgeWildcards(role, {
      matching: [`${logs}*`, `${logs}:log-stream:*`],
      because:
        'RDS names the streams after instances, and IAM names a log group with what follows it; one group is meant.',
    });
    return role;
  }

  /** Returns the instance without which the cluster answers nobody. */
  private retainCluster(generation: number): IDependable {
    const cluster = this.cluster.node.defaultChild as CfnDBCluster;
    retain(this, cluster, named('Cluster', generation));
    tagDataClass(cluster, DataClass.CUSTOMER_DATA);
    const instances = this.cluster.node.children.filter(({ node }) => /^(Writer|Reader)/.test(node.id));
    for (const instance of instances) {
      retain(this, instance.node.defaultChild as CfnResource, named(instance.node.id, generation));
      acknowledge(instance, {
        rules: ['RDSInBackupPlan'],
        because: 'An Aurora instance holds no data: it is the cluster that is backed up, with 35 days of its own.',
      });
    }
    return instances[0];
  }
}

function serverlessInstance(
  id: string,
  performanceInsightEncryptionKey: IKey,
  props: CustomerDatabaseProps,
): IClusterInstance {
  return ClusterInstance.serverlessV2(id, {
    scaleWithWriter: true,
    publiclyAccessible: false,
    autoMinorVersionUpgrade: true,
    preferredMaintenanceWindow: props.maintenanceWindow,
    caCertificate: CaCertificate.RDS_CA_RSA2048_G1,
    enablePerformanceInsights: true,
    performanceInsightEncryptionKey,
  });
}

/** From the second generation on an id of its own, so that what the first one made stays. */
function named(id: string, generation: number): string {
  return generation > 1 ? `${id}G${generation}` : id;
}

/** `iam-db-auth-error` as `IamDbAuthError`. */
function pascalCase(text: string): string {
  return text.replace(/(^|-)([a-z])/g, (_, __, letter: string) => letter.toUpperCase());
}
