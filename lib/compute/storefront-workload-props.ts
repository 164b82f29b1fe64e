import type { Duration, Size } from 'aws-cdk-lib';
import type { CpuArchitecture, ICluster } from 'aws-cdk-lib/aws-ecs';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IAlertTopics } from '../core/alerts';
import type { Waiver } from '../core/waiver';
import type { INetwork } from '../network/network-ref';
import type { ShopImage } from './shop-image';
import type { TaskSecret } from './task-secret';

/** What a service, a worker and a job have in common: one container of the shop, and how it is kept in. */
export interface StorefrontWorkloadProps {
  /** The network it runs in: the application zone, and out through its egress. */
  readonly network: INetwork;

  /** The shop's image. */
  readonly image: ShopImage;

  /**
   * What the container runs, word by word.
   *
   * @default - what the image says
   */
  readonly command?: string[];

  /**
   * Settings that are no secrets. A name or value that looks like a secret is refused.
   *
   * @default - none
   */
  readonly environment?: { readonly [name: string]: string };

  /**
   * Secrets, by the name of the environment variable in which the container finds them.
   *
   * @default - none
   */
  readonly secrets?: { readonly [name: string]: TaskSecret };

  /**
   * Directories that the container may write to; everything else is read-only. Empty when a task starts, and gone when it
   * ends. Fargate makes them for root alone; a first container, root without capabilities, opens them and ends.
   *
   * @default ['/tmp']
   */
  readonly writablePaths?: string[];

  /**
   * User and group of the container, as numbers.
   *
   * @default '10001:10001'
   */
  readonly user?: string;

  /**
   * CPU units of the task; 1024 are one processor.
   *
   * @default 512
   */
  readonly cpu?: number;

  /**
   * Memory of the task.
   *
   * @default - 1 GiB
   */
  readonly memory?: Size;

  /**
   * The processor the image is built for.
   *
   * @default - ARM64, a fifth cheaper than X86_64
   */
  readonly architecture?: CpuArchitecture;

  /**
   * How long the container may go on after it was asked to stop, 120 seconds at most.
   *
   * @default - 120 seconds
   */
  readonly stopTimeout?: Duration;

  /**
   * The cluster.
   *
   * @default - a `StorefrontCluster` of its own
   */
  readonly cluster?: ICluster;

  /**
   * Key for the logs.
   *
   * @default - a `DataKey` for logs
   */
  readonly logsKey?: IKey;

  /**
   * Image of the containers that are added to the shop's, which needs a shell, `chmod`, nginx and OpenSSL.
   *
   * @default ShopImage.nginx()
   */
  readonly helperImage?: ShopImage;

  /**
   * Who is told when it fails.
   *
   * @default - no alarms are created
   */
  readonly alerts?: IAlertTopics;

  /**
   * Lets the container write anywhere in its image.
   *
   * @default - read-only but for `writablePaths` and what is mounted
   */
  readonly withoutReadOnlyRoot?: Waiver;

  /**
   * Lets the container run as any user, root included, and with the Linux capabilities that Fargate gives. `user` is then
   * taken as it is, by default from the image.
   *
   * @default - a numeric user other than root, without capabilities
   */
  readonly withoutUnprivilegedUser?: Waiver;
}
