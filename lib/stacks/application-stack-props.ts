import type { Application } from '../application/application';
import type { Waiver } from '../core/waiver';
import type { Dns } from '../edge/dns';
import type { DistributionChoices } from '../edge/distribution-choices';
import type { Mail } from '../messaging/mail';
import type { OrderMail } from '../messaging/order-mail';
import type { OrdersMetric } from '../operations/orders-metric';
import type { FindingsAge } from '../patching/findings-age';
import type { PatchingChoices } from '../patching/patching-choices';
import type { DataStack } from './data-stack';
import type { DatabaseAccessStack } from './database-access-stack';
import type { EdgeGlobalStack } from './edge-global-stack';
import type { FoundationStack } from './foundation-stack';
import type { ImagesStack } from './images-stack';
import type { ServiceChoices, WorkerChoices } from './service-choices';
import type { StoreStackProps } from './store-stack';

/** The shop, and everything it stands on. */
export interface ApplicationStackProps extends StoreStackProps {
  /** The shop. */
  readonly application: Application;

  /** The hosts, and who keeps their names. */
  readonly dns: Dns;

  /** Certificate, firewall and alerts in us-east-1. */
  readonly edge: EdgeGlobalStack;

  /** Keys, network, logs and alerts. */
  readonly foundation: FoundationStack;

  /** Database, pictures and images. */
  readonly data: DataStack;

  /** Logins, cache and secrets. */
  readonly access: DatabaseAccessStack;

  /**
   * How the shop sends mail.
   *
   * @default - it sends none
   */
  readonly mail?: Mail;

  /**
   * What sends it, where that is SES.
   *
   * @default - none
   */
  readonly orderMail?: OrderMail;

  /**
   * Size and number of the tasks that answer shoppers, and of jobs.
   *
   * @default - as `StorefrontService` by itself
   */
  readonly service?: ServiceChoices;

  /**
   * Size and number of the tasks behind the shop.
   *
   * @default - as `StorefrontWorker` by itself
   */
  readonly worker?: WorkerChoices;

  /**
   * What browsers are told and what CloudFront accepts.
   *
   * @default - as `StorefrontDistribution` by itself
   */
  readonly distribution?: DistributionChoices;

  /**
   * How orders are counted.
   *
   * @default - by the line that the application logs for each, if it logs one
   */
  readonly orders?: OrdersMetric;

  /**
   * What builds the image of the shop, and says which one runs.
   *
   * @default - the image that the application names
   */
  readonly images?: ImagesStack;

  /**
   * Lets the shop run an image that is named by a tag.
   *
   * @default - an image is named by its digest
   */
  readonly withoutPinnedImage?: Waiver;

  /**
   * How old an image that runs may become, and what is found in it.
   *
   * @default - 30 days; findings 7 days for critical ones and 30 for high ones
   */
  readonly patching?: PatchingChoices;

  /**
   * What knows how old a vulnerability is, also where Inspector tells of it no more.
   *
   * @default - a vulnerability is as old as in the oldest image of the repository that Inspector still scans
   */
  readonly findings?: FindingsAge;

  /**
   * Raised by one for another password of the login that a store in staging is behind.
   *
   * @default 1
   */
  readonly loginGeneration?: number;

  /**
   * Gives up that login.
   *
   * @default - who visits a store in staging logs in
   */
  readonly withoutLogin?: Waiver;
}
