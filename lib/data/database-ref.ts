import type { ISecurityGroup } from 'aws-cdk-lib/aws-ec2';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { IDependable } from 'constructs';
import type { IWorkload } from '../core/workload';
import type { INetwork } from '../network/network-ref';
import type { DatabaseEngine } from './database-engine';
import type { DatabaseRole } from './database-role';

/** What a workload needs to log in to a database, besides the permission. */
export interface DatabaseLogin {
  /** Host that the login connects to. Its certificate is one of Amazon RDS, or of Amazon for a proxy. */
  readonly host: string;

  /** Port that the login connects to. */
  readonly port: number;

  /** Name of the database. */
  readonly databaseName: string;

  /**
   * Name of the user, whose password is a token of IAM.
   *
   * @default - it changes with the password and stands in the secret
   */
  readonly username?: string;

  /**
   * JSON with `username`, `password`, `host`, `port`, `dbname`, `engine` and `url`. What refers to it is created once
   * the login works.
   *
   * @default - the login is by IAM
   */
  readonly secret?: ISecret;
}

/** A database with customers' data, made here or elsewhere. */
export interface ICustomerDatabase {
  /** Engine and major line. */
  readonly engine: DatabaseEngine;

  /** The network it is in. */
  readonly network: INetwork;

  /** Identifier of the cluster. */
  readonly clusterIdentifier: string;

  /** Resource id of the cluster, `cluster-ABC…`: the name that IAM policies about logins use. */
  readonly resourceId: string;

  /** The endpoint that takes writes. */
  readonly writerHost: string;

  /** The endpoint that spreads reads over the readers; without readers, the writer. */
  readonly readerHost: string;

  /** Port of both endpoints. */
  readonly port: number;

  /** Name of the database inside the cluster. */
  readonly databaseName: string;

  /** Name of the master user. */
  readonly masterUsername: string;

  /** Name and password of the master user, kept by RDS. */
  readonly masterSecret: ISecret;

  /** Security group of the cluster. */
  readonly securityGroup: ISecurityGroup;

  /** Key of the master user's secret, and of those of other logins. */
  readonly secretsKey: IKey;

  /** Key of the database's logs, and of those of functions that serve it. */
  readonly logsKey: IKey;

  /** Depend on it before connecting: there is an instance then. */
  readonly ready: IDependable;

  /**
   * Lets `workload` log in as `role`: opens network, IAM and, where there is a password, its secret, for that login and
   * nothing else. Made by the database's `DatabaseAccess`; where there is none, one is made inside the database.
   *
   * @param workload what logs in: a `StorefrontService`, a function in the VPC
   * @param role which login it uses; several workloads may use one
   */
  allow(workload: IWorkload, role: DatabaseRole): DatabaseLogin;
}
