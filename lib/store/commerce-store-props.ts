import type { Application } from '../application/application';
import type { BackupChoices } from '../backup/backup-choices';
import type { StoreIdentity } from '../core/identity';
import type { PaymentIntegration } from '../core/payment-integration';
import type { Waiver } from '../core/waiver';
import type { CacheTopology } from '../data/cache-topology';
import type { DatabaseChoices } from '../data/customer-database-props';
import type { DatabaseProxy } from '../data/database-proxy';
import type { Dns } from '../edge/dns';
import type { DistributionChoices } from '../edge/distribution-choices';
import type { FirewallChoices } from '../edge/storefront-firewall-props';
import type { Mail } from '../messaging/mail';
import type { IEgress } from '../network/egress-ref';
import type { NetworkChoices } from '../network/network';
import type { OrdersMetric } from '../operations/orders-metric';
import type { SpendChoices } from '../operations/spend-guard';
import type { PatchingChoices } from '../patching/patching-choices';
import type { ExistingNetworkChoices } from '../stacks/existing-network-choices';
import type { ServiceChoices, WorkerChoices } from '../stacks/service-choices';
import type { StagingChoices } from '../stacks/staging-choices';
import type { StoreContacts } from '../stacks/store-contacts';
import type { CommerceAccount } from './commerce-account';

/** Where a store runs. */
export interface StoreLocation {
  /** Account: twelve digits. */
  readonly account: string;

  /** Home Region. */
  readonly region: string;

  /** Another Region, where what is needed after the loss of the home Region is kept. */
  readonly offsiteRegion: string;

  /**
   * Another account of the same organisation, which keeps the copies of backups: twelve digits.
   *
   * @default - the account of the store
   */
  readonly offsiteAccount?: string;
}

/** A store: what runs, where, who answers for it, and every choice that somebody made. */
export interface CommerceStoreProps extends StagingChoices {
  /** Id and environment. They stand in every name and can never be changed. */
  readonly identity: StoreIdentity;

  /** The name that people know it by. */
  readonly displayName: string;

  /** Where it runs. */
  readonly location: StoreLocation;

  /** What exists once in the account. */
  readonly account: CommerceAccount;

  /** The hosts of the shop, and who keeps their names. */
  readonly dns: Dns;

  /** The shop. */
  readonly application: Application;

  /** ARNs of the IAM roles or users that may disable keys or schedule their deletion. */
  readonly administrators: string[];

  /** Whom the store tells. */
  readonly contacts: StoreContacts;

  /**
   * What leaves the network, and through what. Include `CommerceStore.destinations(application, further, mail)`.
   *
   * @default - `Egress.dnsAllowList(CommerceStore.destinations(application))`
   */
  readonly egress?: IEgress;

  /**
   * Where the network stands.
   *
   * @default - as `Network` by itself
   */
  readonly network?: NetworkChoices;

  /**
   * A network that exists already. `network` and `egress` then say nothing.
   *
   * @default - a network of the store's own
   */
  readonly existingNetwork?: ExistingNetworkChoices;

  /**
   * Size, source and generation of the database.
   *
   * @default - as `CustomerDatabase` by itself
   */
  readonly database?: DatabaseChoices;

  /**
   * A proxy for read-write logins by IAM.
   *
   * @default - none
   */
  readonly proxy?: DatabaseProxy;

  /**
   * What the cache runs on.
   *
   * @default - as `SessionCache` by itself
   */
  readonly cache?: CacheTopology;

  /**
   * How the shop sends mail.
   *
   * @default - it sends none
   */
  readonly mail?: Mail;

  /**
   * How card data gets to the payment gateway.
   *
   * @default - not declared
   */
  readonly payments?: PaymentIntegration;

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
   * What the firewall refuses, and what it only counts.
   *
   * @default - as `StorefrontFirewall` by itself
   */
  readonly firewall?: FirewallChoices;

  /**
   * What browsers are told and what CloudFront accepts.
   *
   * @default - as `StorefrontDistribution` by itself
   */
  readonly distribution?: DistributionChoices;

  /**
   * How orders are counted, for the dashboard.
   *
   * @default - by the line that the application logs for each, if it logs one: `Application.woocommerce` does
   */
  readonly orders?: OrdersMetric;

  /**
   * What the store may cost a month before somebody is told.
   *
   * @default - twice what it costs at rest
   */
  readonly spend?: SpendChoices;

  /**
   * How the store is backed up.
   *
   * @default - every day, kept for 35 days and 13 months, copied to a locked vault off site
   */
  readonly backup?: BackupChoices;

  /**
   * When what may change, and how old a known vulnerability may become.
   *
   * @default - at night in the middle of the week, staging two days before production; 7 days for critical findings
   */
  readonly patching?: PatchingChoices;

  /**
   * Lets the shop run an image that is named by a tag.
   *
   * @default - an image is named by its digest
   */
  readonly withoutPinnedImage?: Waiver;
}
