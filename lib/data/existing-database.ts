import type { ISecurityGroup } from 'aws-cdk-lib/aws-ec2';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct, DependencyGroup, type IDependable } from 'constructs';
import { Problems } from '../core/errors';
import { DataClass } from '../core/tags';
import type { IWorkload } from '../core/workload';
import { DataKey } from '../encryption/data-key';
import type { INetwork } from '../network/network-ref';
import { requireDatabaseName } from './customer-database-props';
import { accessTo } from './database-access';
import type { DatabaseEngine } from './database-engine';
import type { DatabaseLogin, ICustomerDatabase } from './database-ref';
import type { DatabaseRole } from './database-role';

/** An Aurora cluster that was made elsewhere. IAM authentication has to be turned on in it. */
export interface ExistingDatabaseProps {
  /** The network it is in. */
  readonly network: INetwork;

  /** Engine and major line. */
  readonly engine: DatabaseEngine;

  /** Identifier of the cluster. */
  readonly clusterIdentifier: string;

  /** Resource id of the cluster: `cluster-ABCDEFGHIJKLMNOPQRSTUVWXYZ`. */
  readonly resourceId: string;

  /** The cluster's endpoint. */
  readonly writerHost: string;

  /**
   * The cluster's reader endpoint.
   *
   * @default - the writer
   */
  readonly readerHost?: string;

  /** Port of both endpoints. */
  readonly port: number;

  /** Name of the database in the cluster. */
  readonly databaseName: string;

  /** Secret with `username` and `password` of the master user. */
  readonly masterSecret: ISecret;

  /** Name of the master user. */
  readonly masterUsername: string;

  /** Security group of the cluster. Rules are added to it. */
  readonly securityGroup: ISecurityGroup;

  /**
   * Key of the secret, and of those of further logins.
   *
   * @default - a `DataKey` for secrets; the secret's own key has to let whoever may read the secret decrypt
   */
  readonly secretsKey?: IKey;

  /**
   * Key for the logs of the functions that serve the database.
   *
   * @default - a `DataKey` for logs
   */
  readonly logsKey?: IKey;
}

/** What `CustomerDatabase.fromExisting` returns. */
export class ExistingDatabase extends Construct implements ICustomerDatabase {
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
  /** It is there already. */
  public readonly ready: IDependable = new DependencyGroup();

  public constructor(scope: Construct, id: string, props: ExistingDatabaseProps) {
    super(scope, id);
    const problems = new Problems(`CustomerDatabase.fromExisting ${this.node.path}`);
    requireDatabaseName(problems, props.databaseName, props.engine);
    problems.throwIfAny();
    this.engine = props.engine;
    this.network = props.network;
    this.clusterIdentifier = props.clusterIdentifier;
    this.resourceId = props.resourceId;
    this.writerHost = props.writerHost;
    this.readerHost = props.readerHost ?? props.writerHost;
    this.port = props.port;
    this.databaseName = props.databaseName;
    this.masterUsername = props.masterUsername;
    this.masterSecret = props.masterSecret;
    this.securityGroup = props.securityGroup;
    this.secretsKey = props.secretsKey ?? new DataKey(this, 'SecretsKey', { dataClass: DataClass.SECRETS });
    this.logsKey = props.logsKey ?? new DataKey(this, 'LogsKey', { dataClass: DataClass.LOGS });
  }

  /** As `CustomerDatabase.allow`. */
  public allow(workload: IWorkload, role: DatabaseRole): DatabaseLogin {
    return accessTo(this, this).allow(workload, role);
  }
}
