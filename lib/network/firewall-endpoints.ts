import { CustomResource, Duration } from 'aws-cdk-lib';
import type { CfnSubnet } from 'aws-cdk-lib/aws-ec2';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { CfnFirewall } from 'aws-cdk-lib/aws-networkfirewall';
import { Construct } from 'constructs';
import type { IAlertTopics } from '../core/alerts';
import { HandlerFunction } from '../core/handler-function';

/** Whose endpoints are looked for. */
export interface FirewallEndpointsProps {
  /** The firewall. */
  readonly firewall: CfnFirewall;
  /** The subnets that the firewall has endpoints in. */
  readonly subnets: readonly CfnSubnet[];
  /** Key for the logs and dead letters of the function. */
  readonly key: IKey;
  /** @default - nobody is told */
  readonly alerts?: IAlertTopics;
}

/** Longest time that endpoints take to come up once CloudFormation calls the firewall created. */
const TIMEOUT = Duration.minutes(10);

/**
 * The endpoint of a firewall in each zone. CloudFormation lists them in no particular order, each with the name of a
 * zone that only the account knows, so a function asks which is which.
 */
export class FirewallEndpoints extends Construct {
  private readonly resource: CustomResource;

  public constructor(scope: Construct, id: string, { firewall, subnets, key, alerts }: FirewallEndpointsProps) {
    super(scope, id);
    const finder = new HandlerFunction(this, 'Finder', {
      handler: 'firewall-endpoints',
      description: 'Tells which endpoint of the network firewall stands in which subnet',
      timeout: TIMEOUT,
      key,
      alerts,
    });
    finder.role.addToPrincipalPolicy(
      new PolicyStatement({ actions: ['network-firewall:DescribeFirewall'], resources: [firewall.attrFirewallArn] }),
    );
    this.resource = new CustomResource(this, 'Resource', {
      resourceType: 'Custom::FirewallEndpoints',
      serviceToken: finder.function.functionArn,
      serviceTimeout: TIMEOUT.plus(Duration.minutes(5)),
      properties: { FirewallArn: firewall.attrFirewallArn, SubnetIds: subnets.map(({ attrSubnetId }) => attrSubnetId) },
    });
  }

  /** Id of the endpoint in the subnet at `index`. */
  public idIn(index: number): string {
    return this.resource.getAttString(`EndpointId${index + 1}`);
  }
}
