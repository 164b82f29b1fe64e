import { Stack } from 'aws-cdk-lib';
import { CfnVPCEndpoint, Peer, Port, SecurityGroup, type ISubnet, type IVpc } from 'aws-cdk-lib/aws-ec2';
import type { PolicyDocument } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

/** Which services have an endpoint, and where. */
export interface EndpointGroupProps {
  /** The VPC. */
  readonly vpc: IVpc;
  /** Where the endpoints stand, one subnet in each zone. */
  readonly subnets: readonly ISubnet[];
  /** From where the endpoints can be reached. */
  readonly callersCidr: string;
  /** The services, as in the names of their endpoints. */
  readonly services: readonly string[];
  /** What all of them let through. */
  readonly policy: PolicyDocument;
}

/** Interface endpoints behind one security group, which lets HTTPS in from the application zone alone. */
export class EndpointGroup extends Construct {
  /** The endpoints. */
  public readonly endpoints: CfnVPCEndpoint[];

  public constructor(scope: Construct, id: string, props: EndpointGroupProps) {
    super(scope, id);
    const securityGroup = new SecurityGroup(this, 'SecurityGroup', {
      vpc: props.vpc,
      description: 'Interface endpoints: HTTPS from the application zone',
      allowAllOutbound: false,
    });
    securityGroup.addIngressRule(Peer.ipv4(props.callersCidr), Port.tcp(443), 'The application zone');
    this.endpoints = props.services.map((service) => this.createEndpoint(service, securityGroup, props));
  }

  private createEndpoint(
    service: string,
    { securityGroupId }: SecurityGroup,
    { vpc, subnets, policy }: EndpointGroupProps,
  ): CfnVPCEndpoint {
    return new CfnVPCEndpoint(this, pascalCase(service), {
      vpcEndpointType: 'Interface',
      serviceName: `com.amazonaws.${Stack.of(this).region}.${service}`,
      vpcId: vpc.vpcId,
      subnetIds: subnets.map(({ subnetId }) => subnetId),
      securityGroupIds: [securityGroupId],
      privateDnsEnabled: true,
      policyDocument: policy,
    });
  }
}

/** `ecr.api` is `EcrApi`. A service is one endpoint for as long as it is there, so its name makes a stable id. */
function pascalCase(service: string): string {
  return service
    .split(/[.-]/)
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('');
}
