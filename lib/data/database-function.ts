import { Duration, Stack } from 'aws-cdk-lib';
import { SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { IAlertTopics } from '../core/alerts';
import { HandlerFunction } from '../core/handler-function';
import type { INetwork } from '../network/network-ref';
import { openPort } from './database-port';
import type { ICustomerDatabase } from './database-ref';

/** What the function does, for which database. */
export interface DatabaseFunctionProps {
  /** The database. */
  readonly database: ICustomerDatabase;
  /** The network of the function. */
  readonly network: INetwork;
  /** Name of the handler. */
  readonly handler: string;
  /** What the function does, for whoever finds it in the console. */
  readonly description: string;
  /** Key for its logs and its dead letters. */
  readonly logsKey: IKey;
  /** @default - none */
  readonly environment?: Readonly<Record<string, string>>;
  /** @default - nobody is told of events that failed */
  readonly alerts?: IAlertTopics;
}

/** Where the Lambda runtime keeps the certificate authorities of Amazon RDS: https://docs.aws.amazon.com/lambda/latest/dg/services-rds.html */
const RDS_AUTHORITIES = '/var/runtime/ca-cert.pem';

/** A function in the application zone that logs in to a database as its master user. */
export class DatabaseFunction extends Construct {
  /** The function. */
  public readonly handler: HandlerFunction;

  public constructor(scope: Construct, id: string, props: DatabaseFunctionProps) {
    super(scope, id);
    const { database, network } = props;
    const { vpc, applicationSubnets: subnets } = network;
    const securityGroup = new SecurityGroup(this, 'SecurityGroup', {
      vpc,
      description: props.description,
      allowAllOutbound: false,
    });
    const rules = openPort(this, 'ToDatabase', {
      from: securityGroup,
      to: database.securityGroup,
      port: database.port,
    });
    network.allowEgress(securityGroup);
    this.handler = new HandlerFunction(this, 'Handler', {
      handler: props.handler,
      description: props.description,
      key: props.logsKey,
      environment: { ...props.environment, NODE_EXTRA_CA_CERTS: RDS_AUTHORITIES },
      timeout: Duration.minutes(3),
      placement: { vpc, subnets: { subnets }, securityGroups: [securityGroup] },
      alerts: props.alerts,
    });
    this.handler.node.addDependency(network.ready, securityGroup, rules);
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
