import type { IConnectable } from 'aws-cdk-lib/aws-ec2';
import type { IGrantable } from 'aws-cdk-lib/aws-iam';

/**
 * Code that runs: it has an identity on the network and one in IAM. A `StorefrontService` is one, and so is CDK's own
 * `Function` inside a VPC.
 */
export interface IWorkload extends IConnectable, IGrantable {}
