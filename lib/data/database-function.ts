import { Duration, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { HandlerFunction } from '../core/handler-function';
import { openPort } from './database-port';
import type { ICustomerDatabase } from './database-ref';
import { handlerInNetwork, type HandlerInNetworkProps } from './handler-in-network';

/** What the function does, for which database. */
export interface DatabaseFunctionProps extends HandlerInNetworkProps {
  /** The database. */
  readonly database: ICustomerDatabase;
}

/** A function in the application zone that logs in to a database as its master user. */
export class DatabaseFunction extends Construct {
  /** The function. */
  public readonly handler: HandlerFunction;

  public constructor(scope: Construct, id: string, props: DatabaseFunctionProps) {
    super(scope, id);
    const { database } = props;
    const { handler, securityGroup } = handlerInNetwork(this, props, { timeout: Duration.minutes(3) });
    this.handler = handler;
    const rules = openPort(this, 'ToDatabase', {
      from: securityGroup,
      to: database.securityGroup,
      port: database.port,
    });
    handler.node.addDependency(rules);
    this.letLogIn(database);
  }

  /** With the password, and with a token in its place: see handlers/master-login.ts. */
  private letLogIn({ masterSecret, secretsKey, resourceId, masterUsername }: ICustomerDatabase): void {
    const { role } = this.handler;
    role.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['secretsmanager:GetSecretValue'],
        resources: [masterSecret.secretFullArn ?? `${masterSecret.secretArn}-??????`],
      }),
    );
    secretsKey.grant(role, 'kms:Decrypt');
    role.addToPrincipalPolicy(connectAs(Stack.of(this), resourceId, masterUsername));
  }
}

/** Lets somebody log in by IAM as `username`, to a cluster or a proxy with this resource id. */
export function connectAs(stack: Stack, resourceId: string, username: string): PolicyStatement {
  const { account, region, partition } = stack;
  return new PolicyStatement({
    actions: ['rds-db:connect'],
    resources: [`arn:${partition}:rds-db:${region}:${account}:dbuser:${resourceId}/${username}`],
  });
}
