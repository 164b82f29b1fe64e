import type { ContainerDefinition, FargateTaskDefinition, ICluster } from 'aws-cdk-lib/aws-ecs';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { IWorkload } from '../core/workload';

/** What a command can be run in by hand: a `StorefrontService`, a `StorefrontWorker` and a `StorefrontJob` are such. */
export interface IRunnable extends IWorkload {
  /** The task definition. */
  readonly taskDefinition: FargateTaskDefinition;
  /** The shop's own container. */
  readonly container: ContainerDefinition;
  /** The cluster. */
  readonly cluster: ICluster;
  /** What the containers say. */
  readonly logGroup: ILogGroup;
  /** What it runs by itself; undefined where that is what the image runs. */
  readonly command?: string[];
  /** Whether what it runs by itself comes to an end. */
  readonly endsByItself: boolean;
}
