import type { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import type { Construct } from 'constructs';
import type { Application } from '../application/application';
import { DataClass } from '../core/tags';
import type { Dns } from '../edge/dns';
import { LogDelivery } from '../edge/log-delivery';
import { StorefrontFirewall } from '../edge/storefront-firewall';
import type { FirewallChoices } from '../edge/storefront-firewall-props';
import { DataKey } from '../encryption/data-key';
import { AlertTopics } from '../messaging/alert-topics';
import { AlertHeartbeat } from '../operations/alert-heartbeat';
import { SpendGuard, type SpendChoices } from '../operations/spend-guard';
import { HealthEvents } from '../patching/health-events';
import type { StoreContacts } from './store-contacts';
import { StoreStack, type StoreStackProps } from './store-stack';

/** What the edge has to know of the shop. */
export interface EdgeGlobalStackProps extends StoreStackProps {
  /** The hosts, and who keeps their names. */
  readonly dns: Dns;

  /** The shop: the shapes of its requests. */
  readonly application: Application;

  /** Who is told. */
  readonly contacts: StoreContacts;

  /** ARNs of those who may disable keys or schedule their deletion. */
  readonly administrators: string[];

  /**
   * What is refused, and what is only counted.
   *
   * @default - everything the firewall refuses by default
   */
  readonly firewall?: FirewallChoices;

  /**
   * What the store may cost a month.
   *
   * @default - as `SpendGuard` by itself
   */
  readonly spend?: SpendChoices;
}

/**
 * In us-east-1, where CloudFront looks: the certificate that visitors see, and the firewall with its log and alarms; and
 * the guard of what the store costs, because bills are kept there.
 */
export class EdgeGlobalStack extends StoreStack {
  /** Where alarms of us-east-1 go. */
  public readonly alerts: AlertTopics;
  /** The certificate that visitors see. */
  public readonly certificate: ICertificate;
  /** The firewall. */
  public readonly firewall: StorefrontFirewall;
  /** What tells of a month that costs too much. */
  public readonly spend: SpendGuard;

  public constructor(scope: Construct, id: string, props: EdgeGlobalStackProps) {
    super(scope, id, props, {
      role: 'edge-global',
      description: 'Viewer certificate and web ACL',
      stateful: true,
    });
    const { dns, application, contacts, administrators } = props;
    const messaging = new DataKey(this, 'MessagingKey', { dataClass: DataClass.MESSAGING, administrators });
    this.alerts = new AlertTopics(this, 'Alerts', {
      key: messaging,
      urgentEmails: [contacts.security],
      noticeEmails: [contacts.operations ?? contacts.security],
    });
    messaging.alertOnTampering(this.alerts);
    const { alerts } = this;
    new AlertHeartbeat(this, 'AlertHeartbeat', { alerts });
    new HealthEvents(this, 'Health', { alerts, withGlobal: true });
    this.spend = new SpendGuard(this, 'Spend', { ...props.spend, alerts });
    const key = new DataKey(this, 'LogsKey', { dataClass: DataClass.LOGS, administrators, alerts });
    this.certificate = dns.viewerCertificate(this, 'Certificate', alerts);
    this.firewall = new StorefrontFirewall(this, 'Firewall', {
      tokenDomains: dns.hosts.length > 1 ? dns.hosts : undefined,
      ...props.firewall,
      requestClasses: application.requestClasses,
      // One policy for the account and Region stands in CommerceAccount: there may be ten of them, and no more.
      logDelivery: LogDelivery.accountPolicy(),
      key,
      alerts,
    });
  }
}
