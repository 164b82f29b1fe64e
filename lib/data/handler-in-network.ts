import type { Duration, Size } from 'aws-cdk-lib';
import { SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import type { IAlertTopics } from '../core/alerts';
import { HandlerFunction } from '../core/handler-function';
import type { INetwork } from '../network/network-ref';

/** What a function in the application zone is, whatever it does with a database. */
export interface HandlerInNetworkProps {
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

/** How long it may take, and with how much memory. */
export interface HandlerSize {
  readonly timeout: Duration;
  /** @default - as `HandlerFunction` by itself */
  readonly memory?: Size;
}

/** Where the Lambda runtime keeps the certificate authorities of Amazon RDS: https://docs.aws.amazon.com/lambda/latest/dg/services-rds.html */
const RDS_AUTHORITIES = '/var/runtime/ca-cert.pem';

/** A function in the application zone that trusts the certificates of RDS, and the security group that it alone is in. */
export function handlerInNetwork(
  scope: Construct,
  props: HandlerInNetworkProps,
  { timeout, memory }: HandlerSize,
): { readonly handler: HandlerFunction; readonly securityGroup: SecurityGroup } {
  const { network, handler: name, description, logsKey, environment, alerts } = props;
  const { vpc, applicationSubnets: subnets } = network;
  const securityGroup = new SecurityGroup(scope, 'SecurityGroup', { vpc, description, allowAllOutbound: false });
  network.allowEgress(securityGroup);
  const handler = new HandlerFunction(scope, 'Handler', {
    handler: name,
    description,
    key: logsKey,
    environment: { ...environment, NODE_EXTRA_CA_CERTS: RDS_AUTHORITIES },
    timeout,
    memorySize: memory?.toMebibytes(),
    placement: { vpc, subnets: { subnets }, securityGroups: [securityGroup] },
    alerts,
  });
  handler.node.addDependency(network.ready, securityGroup);
  return { handler, securityGroup };
}
