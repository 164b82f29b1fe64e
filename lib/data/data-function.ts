import { Duration, type Size } from 'aws-cdk-lib';
import { Connections } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import type { HandlerFunction } from '../core/handler-function';
import type { ICustomerDatabase } from './database-ref';
import type { DatabaseRole } from './database-role';
import { handlerInNetwork, type HandlerInNetworkProps } from './handler-in-network';

/** What the function does, in which database, and as whom. */
export interface DataFunctionProps extends HandlerInNetworkProps {
  /** The database. */
  readonly database: ICustomerDatabase;
  /** The login of the function, by IAM. */
  readonly role: DatabaseRole;
  /** Memory of the function. */
  readonly memory: Size;
}

/** A function in the application zone that works on the rows of a database, with a login of its own, as long as Lambda lets it. */
export class DataFunction extends Construct {
  /** The function. */
  public readonly handler: HandlerFunction;

  public constructor(scope: Construct, id: string, props: DataFunctionProps) {
    super(scope, id);
    const { database, role, memory } = props;
    const { handler, securityGroup } = handlerInNetwork(this, props, { timeout: Duration.minutes(15), memory });
    this.handler = handler;
    const connections = new Connections({ securityGroups: [securityGroup] });
    const login = database.allow({ grantPrincipal: handler.role, connections }, role);
    handler.function.addEnvironment('DATABASE_HOST', login.host);
    handler.function.addEnvironment('DATABASE_PORT', String(login.port));
    handler.function.addEnvironment('DATABASE_NAME', login.databaseName);
    handler.function.addEnvironment('DATABASE_USER', role.loginName);
  }
}
