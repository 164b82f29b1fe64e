import {
  type Application,
  type BackupChoices,
  type CacheTopology,
  type DatabaseChoices,
  type DatabaseProxy,
  type DistributionChoices,
  type Dns,
  type EgressDestination,
  type ExistingNetworkChoices,
  type FirewallChoices,
  type IEgress,
  type Mail,
  type NetworkChoices,
  type OrdersMetric,
  type PatchingChoices,
  type PaymentIntegration,
  type ServiceChoices,
  type SpendChoices,
  type StagingChoices,
  type StoreContacts,
  type Waiver,
  type WorkerChoices,
} from '..';
import { type RulePackName } from './rule-pack-names';
import { type Tier } from './tier-names';

/**
 * A merchant's whole input: one shop in one environment. What a tier has chosen can be chosen otherwise below, each by
 * itself.
 */
export interface StoreConfig extends StagingChoices {
  /**
   * Short name of the shop, unique in its account: 2 to 16 lower-case letters, digits and single hyphens. It stands in
   * every name and can never be changed.
   */
  readonly id: string;

  /** What the store is for. Part of its identity as well. */
  readonly environment: 'production' | 'staging';

  /** The name that people know it by. */
  readonly name: string;

  /** What it costs and what it proves; see `Tier`. */
  readonly tier: Tier;

  /** The hosts, and who keeps their names. */
  readonly dns: Dns;

  /** Account and Region in which it runs. */
  readonly workload: { readonly account: string; readonly region: string };

  /**
   * Another Region, where what is needed after the loss of the first is kept; and best another account of the same
   * organisation, which keeps the copies of backups where whoever takes over the account of the store cannot reach them.
   */
  readonly offsite: { readonly account?: string; readonly region: string };

  /** The shop. */
  readonly application: Application;

  /** ARNs of the IAM roles or users that may disable keys or schedule their deletion: at least one. */
  readonly administrators: readonly string[];

  /** Whom the store tells. */
  readonly contacts: StoreContacts;

  /**
   * What the shop calls on the internet, beside what its profile names, each with a purpose. What both name is one
   * destination with both purposes.
   *
   * @default - what the profile names
   */
  readonly egress?: readonly EgressDestination[];

  /**
   * How the network holds to its destinations: those of `egress`, of the profile, and of the public image registry.
   *
   *     egressFilter: Egress.networkFirewall
   *     egressFilter: (destinations) => Egress.dnsAllowList(destinations, { addresses: ['eipalloc-…', 'eipalloc-…'] })
   *     egressFilter: () => Egress.unrestricted(Waiver.because('…', { owner: '…' }))
   *
   * `Egress.none` fits a store that runs already: the first pull of a public image, the helper in every task among them,
   * needs a way out.
   *
   * @default - as the tier says
   */
  readonly egressFilter?: (destinations: EgressDestination[]) => IEgress;

  /**
   * The rule packs that have to be content before anything is deployed.
   *
   * @default - CommerceBaseline, PCI.DSS.401 and AwsSolutions
   */
  readonly packs?: readonly RulePackName[];

  /**
   * Where the network stands.
   *
   * @default - as the tier says
   */
  readonly network?: NetworkChoices;

  /**
   * A network that exists already, instead. Its own way out decides what leaves it, so `network`, `egress` and
   * `egressFilter` are left out.
   *
   * @default - a network of the store's own
   */
  readonly existingNetwork?: ExistingNetworkChoices;

  /**
   * Size, source and generation of the database.
   *
   * @default - as the tier says
   */
  readonly database?: DatabaseChoices;

  /**
   * A proxy for read-write logins by IAM. `false`: none, whatever the tier says.
   *
   * @default - as the tier says
   */
  readonly proxy?: DatabaseProxy | false;

  /**
   * What the cache runs on.
   *
   * @default - as the tier says
   */
  readonly cache?: CacheTopology;

  /**
   * How the shop sends mail.
   *
   *     mail: Mail.ses({ from: 'orders@shop.acme.example' })
   *
   * @default - not at all
   */
  readonly mail?: Mail;

  /**
   * How card data gets from a shopper to the payment gateway. It decides which questionnaire of PCI DSS the evidence
   * speaks of, and creates nothing.
   *
   *     payments: PaymentIntegration.redirect()
   *
   * @default - not declared: the evidence then shows every requirement
   */
  readonly payments?: PaymentIntegration;

  /**
   * Size and number of the tasks that answer shoppers, and of jobs.
   *
   * @default - as the tier says
   */
  readonly service?: ServiceChoices;

  /**
   * Size and number of the tasks behind the shop.
   *
   * @default - as the tier says
   */
  readonly worker?: WorkerChoices;

  /**
   * What the firewall refuses, and what it only counts.
   *
   * @default - as the tier says
   */
  readonly firewall?: FirewallChoices;

  /**
   * What browsers are told and what CloudFront accepts.
   *
   * @default - TLS 1.2 of 2025, HSTS for two years, the content security policy of the profile
   */
  readonly distribution?: DistributionChoices;

  /**
   * How orders are counted, for the dashboard.
   *
   *     orders: OrdersMetric.logLine('{ $.event = "order.placed" }')
   *
   * @default - by the line that the application logs for each, if it logs one: `Application.woocommerce` does
   */
  readonly orders?: OrdersMetric;

  /**
   * What the store may cost a month before somebody is told.
   *
   * @default - twice what it costs at rest, of the whole account, without a search for sudden rises
   */
  readonly spend?: SpendChoices;

  /**
   * How the store is backed up. The tier `regulated` asks whether the lock of the copies can be lifted:
   *
   *     backup: { vault: Vault.locked(VaultLock.compliance({ graceDays: 14, confirm: 'acme' })) }
   *
   * @default - every day, kept for 35 days and 13 months, copied to a locked vault off site
   */
  readonly backup?: BackupChoices;

  /**
   * When what may change, by the clocks of the shop, and how old a known vulnerability may become:
   *
   *     patching: { timeZone: 'Asia/Manila', freezes: [Freeze.between('2026-11-20', '2027-01-06', 'Christmas')] }
   *
   * @default - at night in the middle of the week, staging two days before production; critical findings for 7 days
   */
  readonly patching?: PatchingChoices;

  /**
   * Lets the shop run an image that is named by a tag. Not in the tier `regulated`.
   *
   * @default - the image is named by its digest
   */
  readonly withoutPinnedImage?: Waiver;
}
