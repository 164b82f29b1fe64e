import { Cluster, ContainerInsights, type CfnCluster } from 'aws-cdk-lib/aws-ecs';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { letFargateUse } from '../core/key-use';
import { DataClass } from '../core/tags';
import { DataKey } from '../encryption/data-key';
import type { INetwork } from '../network/network-ref';

/** Where the cluster's tasks run, and which key protects what they write. */
export interface StorefrontClusterProps {
  /** The network of the tasks. */
  readonly network: INetwork;

  /**
   * Key for the tasks' ephemeral storage, of one Region: Fargate takes no multi-Region key.
   *
   * @default - a `DataKey` for customer data
   */
  readonly key?: IKey;
}

/**
 * An ECS cluster for Fargate tasks: what they write to their ephemeral storage is encrypted with the store's own key,
 * and every task and container is measured (enhanced Container Insights).
 *
 * CloudWatch bills Container Insights by the metric, so more tasks cost more.
 */
export class StorefrontCluster extends Cluster {
  public constructor(scope: Construct, id: string, props: StorefrontClusterProps) {
    super(scope, id, { vpc: props.network.vpc, containerInsightsV2: ContainerInsights.ENHANCED });
    const key = props.key ?? new DataKey(this, 'Key', { dataClass: DataClass.CUSTOMER_DATA });
    letFargateUse(key);
    // Not through CDK's own property, which would write statements of its own into the key's policy.
    (this.node.defaultChild as CfnCluster).addPropertyOverride(
      'Configuration.ManagedStorageConfiguration.FargateEphemeralStorageKmsKeyId',
      key.keyId,
    );
  }
}
