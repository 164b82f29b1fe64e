import { Duration, type Size } from 'aws-cdk-lib';
import { Connections, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { IAlertTopics } from '../core/alerts';
import { HandlerFunction } from '../core/handler-function';
import type { INetwork } from '../network/network-ref';
import type { ICustomerDatabase } from './database-ref';
import type { DatabaseRole } from './database-role';

/** What the function does, in which database, and as whom. */
export interface DataFunctionProps {
  /** The database. */
  readonly database: ICustomerDatabase;
  /** The network of the function. */
  readonly network: INetwork;
  /** The login of the function, by IAM. */
  readonly role: DatabaseRole;
  /** Name of the handler. */
  readonly handler: string;
  /** What the function does, for whoever finds it in the console. */
  readonly description: string;
  /** Memory of the function. */
  readonly memory: Size;
  /** Key for its logs and its dead letters. */
  readonly logsKey: IKey;
  /** @default - none */
  readonly environment?: Readonly<Record<string, string>>;
  /** @default - nobody is told of events that failed */
  readonly alerts?: IAlertTopics;
}

/** Where the Lambda runtime keeps the certificate authorities of Amazon RDS: https://docs.aws.amazon.com/lambda/latest/dg/services-rds.html */
const RDS_AUTHORITIES = '/var/runtime/ca-cert.pem';

/** A function in the application zone that works on the rows of a database, with a login of its own, as long as Lambda lets it. */
export class DataFunction extends Construct {
  /** The function. */
  public readonly handler: HandlerFunction;

  public constructor(scope: Construct, id: string, props: DataFunctionProps) {
    super(scope, id);
    const { database, network, role } = props;
    const { vpc, applicationSubnets: subnets } = network;
    const securityGroup = new SecurityGroup(this, 'SecurityGroup', {
      vpc,
      description: props.description,
      allowAllOutbound: false,
    });
    network.allowEgress(securityGroup);
    this.handler = new HandlerFunction(this, 'Handler', {
      handler: props.handler,
      description: props.description,
      key: props.logsKey,
      environment: { ...props.environment, NODE_EXTRA_CA_CERTS: RDS_AUTHORITIES },
      timeout: Duration.minutes(15),
      memorySize: props.memory.toMebibytes(),
      placement: { vpc, subnets: { subnets }, securityGroups: [securityGroup] },
      alerts: props.alerts,
    });
    this.handler.node.addDependency(network.ready, securityGroup);
    const connections = new Connections({ securityGroups: [securityGroup] });
    const login = database.allow({ grantPrincipal: this.handler.role, connections }, role);
    const { function: lambda } = this.handler;
    lambda.addEnvironment('DATABASE_HOST', login.host);
    lambda.addEnvironment('DATABASE_PORT', String(login.port));
    lambda.addEnvironment('DATABASE_NAME', login.databaseName);
    lambda.addEnvironment('DATABASE_USER', role.loginName);
  }
}
