import { createHash } from 'node:crypto';
import { CrossStackReferences, CustomResource, Duration, Lazy, ReferenceStrength, Stack, Token } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { IAlertTopics } from '../core/alerts';
import type { HandlerFunction } from '../core/handler-function';
import { SECRET_ROTATED_DETAIL_TYPE, SECRET_ROTATED_SOURCE } from '../core/secret-rotated';
import type { INetwork } from '../network/network-ref';
import { DatabaseFunction } from './database-function';
import type { ICustomerDatabase } from './database-ref';
import type { DatabaseRole } from './database-role';

/** Whose logins are declared, and from where. */
export interface LoginDeclarationProps {
  /** The database. */
  readonly database: ICustomerDatabase;
  /** The network of the function. */
  readonly network: INetwork;
  /** Key for the log of the function. */
  readonly logsKey: IKey;
  /** @default - nobody is told of events that failed */
  readonly alerts?: IAlertTopics;
}

/** How long a deployment waits: a function starting in a VPC, a cluster waking up, the lock of another run. */
const PATIENCE = Duration.minutes(5);

/**
 * Has the logins of a database declared with each deployment that changes them, by a function that speaks SQL
 * (handlers/database-roles.ts).
 */
export class LoginDeclaration extends Construct {
  /** The function. */
  public readonly function: Function;
  /** The endpoint that takes writes. What refers to it is created once the logins are declared. */
  public readonly writerHost: string;
  /** The endpoint that spreads reads. What refers to it is created once the logins are declared. */
  public readonly readerHost: string;

  private readonly handler: HandlerFunction;
  private readonly logins: Readonly<Record<string, string | undefined>>[] = [];

  public constructor(scope: Construct, id: string, props: LoginDeclarationProps) {
    super(scope, id);
    this.handler = new DatabaseFunction(this, 'Function', {
      ...props,
      handler: props.database.engine._traits.loginsHandler,
      description: 'Declares the logins of the database',
    }).handler;
    this.function = this.handler.function;
    const suffix = digestOf(props.database);
    const declaration = this.createDeclaration(props.database, suffix);
    this.writerHost = declaration.getAttString(`WriterHost${suffix}`);
    this.readerHost = declaration.getAttString(`ReaderHost${suffix}`);
  }

  /** Adds a login by IAM, or one with its password in `secret`. Names alone: nothing refers to whoever logs in. */
  public add({ loginName, _privileges }: DatabaseRole, secret?: ISecret): void {
    this.logins.push({ Name: loginName, Privileges: _privileges, SecretArn: secret?.secretArn });
  }

  /** Lets the function complete the value of a secret, and say so: after a restore, the host in it is another one. */
  public letComplete(secret: ISecret, key: IKey): void {
    const { role } = this.handler;
    const { account, region, partition } = Stack.of(this);
    key.grant(role, 'kms:Decrypt', 'kms:GenerateDataKey');
    role.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['secretsmanager:GetSecretValue', 'secretsmanager:PutSecretValue'],
        resources: [secret.secretArn],
      }),
    );
    role.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['events:PutEvents'],
        resources: [`arn:${partition}:events:${region}:${account}:event-bus/default`],
        conditions: {
          StringEquals: { 'events:source': SECRET_ROTATED_SOURCE, 'events:detail-type': SECRET_ROTATED_DETAIL_TYPE },
        },
      }),
    );
  }

  private createDeclaration(database: ICustomerDatabase, suffix: string): CustomResource {
    const declaration = new CustomResource(this, 'Declaration', {
      serviceToken: this.handler.function.functionArn,
      serviceTimeout: PATIENCE,
      resourceType: 'Custom::DatabaseLogins',
      properties: {
        Host: database.writerHost,
        ReaderHost: database.readerHost,
        Port: database.port,
        DatabaseName: database.databaseName,
        MasterSecretArn: database.masterSecret.secretArn,
        Logins: Lazy.any({ produce: () => this.logins }),
        AttributeSuffix: suffix,
        // New code may know new privileges.
        Code: this.handler.codeDigest,
      },
    });
    declaration.node.addDependency(this.handler, database.ready);
    // An export that a workload's stack imports could not change, and so the database could not move.
    CrossStackReferences.of(declaration).produce(ReferenceStrength.WEAK);
    return declaration;
  }
}

/**
 * Part of the names of the attributes: the text of a weak reference has to change with the cluster, or the CDK CLI takes
 * the workload's stack for unchanged and leaves it with the host before.
 */
function digestOf({ clusterIdentifier }: ICustomerDatabase): string {
  return Token.isUnresolved(clusterIdentifier)
    ? ''
    : createHash('sha256').update(clusterIdentifier).digest('hex').slice(0, 8);
}
