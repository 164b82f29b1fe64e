import { Fn, Stack } from 'aws-cdk-lib';
import { SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CfnDBProxy, CfnDBProxyTargetGroup } from 'aws-cdk-lib/aws-rds';
import { Construct, type IDependable } from 'constructs';
import { letLogGroupsUse } from '../core/key-use';
import { physicalName } from '../core/physical-names';
import { ServiceRole } from '../core/service-role';
import { removalPolicyOf } from '../core/stateful';
import type { INetwork } from '../network/network-ref';
import { connectAs } from './database-function';
import { openPort } from './database-port';
import type { DatabaseProxy } from './database-proxy';
import type { ICustomerDatabase } from './database-ref';

/** Which proxy, in front of which database. */
export interface IamProxyProps {
  /** The database. */
  readonly database: ICustomerDatabase;
  /** The network. */
  readonly network: INetwork;
  /** How connections are shared. */
  readonly proxy: DatabaseProxy;
  /** Key for its log. */
  readonly logsKey: IKey;
  /** What has to be there before anybody logs in. */
  readonly after: IDependable;
}

/**
 * The proxy of `DatabaseProxy.withIam`. It stands in the application zone, whence the database is reached.
 *
 * CDK's own `DatabaseProxy` adds a rule to the database's security group that names the proxy's: between stacks a cycle.
 * And with IAM at both ends it gives the proxy's role no permission to log in.
 */
export class IamProxy extends Construct {
  /** The proxy. */
  public readonly proxy: CfnDBProxy;
  /** Security group of the proxy. */
  public readonly securityGroup: SecurityGroup;
  /** Host that clients connect to. */
  public readonly host: string;
  /** Port that clients connect to. */
  public readonly port: number;
  /** The name that IAM policies about logins through this proxy use: `prx-…`. */
  public readonly resourceId: string;

  private readonly database: ICustomerDatabase;
  private readonly role: ServiceRole;

  public constructor(scope: Construct, id: string, props: IamProxyProps) {
    super(scope, id);
    this.database = props.database;
    this.port = props.database.engine._traits.proxyPort;
    this.securityGroup = new SecurityGroup(this, 'SecurityGroup', {
      vpc: props.network.vpc,
      description: 'The proxy of the database',
      allowAllOutbound: false,
    });
    const { securityGroup: to, port } = props.database;
    openPort(this, 'ToDatabase', { from: this.securityGroup, to, port });
    this.role = this.createRole();
    this.proxy = this.createProxy(props);
    this.createTargetGroup(props);
    this.host = this.proxy.attrEndpoint;
    this.resourceId = Fn.select(6, Fn.split(':', this.proxy.attrDbProxyArn));
  }

  /** Lets the proxy log in to the database as `username`, for clients that may. */
  public letThrough(username: string): void {
    this.role.addToPrincipalPolicy(connectAs(Stack.of(this), this.database.resourceId, username));
  }

  private createRole(): ServiceRole {
    return new ServiceRole(this, 'Role', {
      assumedBy: new ServicePrincipal('rds.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
      description: 'Lets the proxy log in to the database by IAM',
    });
  }

  private createProxy({ network, proxy, logsKey, after }: IamProxyProps): CfnDBProxy {
    const dbProxyName = physicalName(this, 'databaseProxy');
    letLogGroupsUse(logsKey);
    const logGroup = new LogGroup(this, 'Logs', {
      logGroupName: `/aws/rds/proxy/${dbProxyName}`,
      encryptionKey: logsKey,
      retention: RetentionDays.ONE_YEAR,
      removalPolicy: removalPolicyOf(this),
    });
    const resource = new CfnDBProxy(this, 'Proxy', {
      dbProxyName,
      engineFamily: this.database.engine._traits.proxyFamily,
      defaultAuthScheme: 'IAM_AUTH',
      requireTls: true,
      debugLogging: false,
      idleClientTimeout: proxy._idleClientTimeout.toSeconds(),
      roleArn: this.role.roleArn,
      vpcSubnetIds: network.applicationSubnets.map(({ subnetId }) => subnetId),
      vpcSecurityGroupIds: [this.securityGroup.securityGroupId],
    });
    resource.node.addDependency(logGroup, after);
    return resource;
  }

  private createTargetGroup({ database, proxy }: IamProxyProps): void {
    const targets = new CfnDBProxyTargetGroup(this, 'Targets', {
      dbProxyName: this.proxy.ref,
      targetGroupName: 'default',
      dbClusterIdentifiers: [database.clusterIdentifier],
      connectionPoolConfigurationInfo: {
        maxConnectionsPercent: proxy._maxConnectionsPercent,
        maxIdleConnectionsPercent: Math.ceil(proxy._maxConnectionsPercent / 2),
        connectionBorrowTimeout: 30,
      },
    });
    targets.node.addDependency(database.ready);
  }
}
