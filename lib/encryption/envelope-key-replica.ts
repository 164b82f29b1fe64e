import { Stack } from 'aws-cdk-lib';
import { CfnReplicaKey, type IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { retain } from '../core/stateful';
import { DataClass, tagDataClass } from '../core/tags';
import { weakly } from '../core/weak-reference';
import { deletionWindow, keyPolicy } from './data-key';

/** Which key is replicated. */
export interface EnvelopeKeyReplicaProps {
  /** The multi-Region key, in another Region of the same account. */
  readonly primaryKey: IKey;

  /**
   * ARNs of the IAM roles or users that may disable the replica or schedule its deletion. `*` may stand for a part.
   *
   * @default - nobody but CloudFormation, and CloudFormation only when a first deployment is rolled back
   */
  readonly administrators?: string[];
}

/**
 * A copy of the application's envelope key in a second Region: what the shop encrypted field by field can be read there
 * when the home Region is gone. Replicas stay in the account of the primary key and rotate with it.
 *
 * Costs about 1 USD a month.
 */
export class EnvelopeKeyReplica extends Construct {
  /** The replica. */
  public readonly replicaKey: CfnReplicaKey;

  public constructor(scope: Construct, id: string, props: EnvelopeKeyReplicaProps) {
    super(scope, id);
    this.replicaKey = new CfnReplicaKey(this, 'Resource', {
      description: `Protects ${DataClass.APPLICATION}, beside its primary in another Region`,
      primaryKeyArn: weakly(props.primaryKey.keyArn),
      keyPolicy: keyPolicy(Stack.of(this), true, props.administrators ?? []),
      pendingWindowInDays: deletionWindow(this).toDays(),
      enabled: true,
    });
    retain(this, this.replicaKey, 'Key');
    tagDataClass(this, DataClass.APPLICATION);
  }
}
