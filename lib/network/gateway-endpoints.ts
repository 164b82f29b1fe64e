import { Aws, Stack } from 'aws-cdk-lib';
import { CfnVPCEndpoint } from 'aws-cdk-lib/aws-ec2';
import { AnyPrincipal, PolicyStatement, type PolicyDocument } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { customResourceBucket } from './aws-names';
import { perimeterPolicy, type Perimeter } from './endpoint-policy';

/** From where S3 and DynamoDB are reached, and what of them. */
export interface GatewayEndpointsProps {
  /** The VPC. */
  readonly vpcId: string;
  /** The route tables through which S3 and DynamoDB are reached. */
  readonly routeTableIds: readonly string[];
  /** Whose buckets and tables. */
  readonly perimeter: Perimeter;
}

/** The ways to S3 and DynamoDB that cost nothing and pass neither address translation nor firewall. */
export class GatewayEndpoints extends Construct {
  /** The endpoints. */
  public readonly endpoints: CfnVPCEndpoint[];
  /** Which buckets can be reached. */
  public readonly s3Policy: PolicyDocument;
  /** Which tables can be reached. */
  public readonly dynamoDbPolicy: PolicyDocument;

  public constructor(scope: Construct, id: string, props: GatewayEndpointsProps) {
    super(scope, id);
    this.s3Policy = perimeterPolicy(props.perimeter);
    this.s3Policy.addStatements(...bucketsOfAws(Stack.of(this)));
    this.dynamoDbPolicy = perimeterPolicy(props.perimeter);
    this.endpoints = [
      this.createEndpoint('S3', 's3', this.s3Policy, props),
      this.createEndpoint('DynamoDb', 'dynamodb', this.dynamoDbPolicy, props),
    ];
  }

  private createEndpoint(
    id: string,
    service: string,
    policyDocument: PolicyDocument,
    props: GatewayEndpointsProps,
  ): CfnVPCEndpoint {
    return new CfnVPCEndpoint(this, id, {
      vpcEndpointType: 'Gateway',
      serviceName: `com.amazonaws.${Stack.of(this).region}.${service}`,
      vpcId: props.vpcId,
      routeTableIds: [...props.routeTableIds],
      policyDocument,
    });
  }
}

/**
 * Buckets that belong to AWS and that a shop cannot do without. Both are reached with signed addresses that AWS issues,
 * so the caller is not of the account: the bucket is named instead.
 */
function bucketsOfAws({ region }: Stack): PolicyStatement[] {
  const objectsOf = (bucket: string): string => `arn:${Aws.PARTITION}:s3:::${bucket}/*`;
  return [
    new PolicyStatement({
      // "Minimum Amazon S3 bucket permissions for Amazon ECR", ECR user guide.
      sid: 'ImageLayers',
      principals: [new AnyPrincipal()],
      actions: ['s3:GetObject'],
      resources: [objectsOf(`prod-${region}-starport-layer-bucket`)],
    }),
    new PolicyStatement({
      // "Setting up VPC endpoints", CloudFormation user guide.
      sid: 'AnswersToCloudFormation',
      principals: [new AnyPrincipal()],
      actions: ['s3:PutObject'],
      resources: [objectsOf(customResourceBucket(region))],
    }),
  ];
}
