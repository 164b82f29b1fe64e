import type { Construct } from 'constructs';
import type { Problems } from '../core/errors';
import type { Dns } from '../edge/dns';
import type { Mail } from '../messaging/mail';
import { domainOf } from '../messaging/mail-address';
import { MailDns } from '../messaging/mail-dns';
import { OrderMail } from '../messaging/order-mail';
import type { FoundationStack } from './foundation-stack';
import type { StoreContacts } from './store-contacts';
import { StoreStack, type StoreStackProps } from './store-stack';

/** What mail of a store needs. */
export interface MailStackProps extends StoreStackProps {
  /** How the shop sends mail: `Mail.ses(…)`. */
  readonly mail: Mail;

  /** Who keeps the names of the shop. */
  readonly dns: Dns;

  /** Who receives the reports, unless the mail names somebody. */
  readonly contacts: StoreContacts;

  /** Alerts. */
  readonly foundation: FoundationStack;
}

/**
 * The shop's identity as a sender. By itself, because it may fail where nothing else has to wait for it, on a record that
 * is there already or a domain that SES knows; and because AWS wants days to let an account out of its sandbox: deployed
 * on the first of them, it is proven long before customers come.
 */
export class MailStack extends StoreStack {
  /** What sends. */
  public readonly orderMail: OrderMail;

  public constructor(scope: Construct, id: string, props: MailStackProps) {
    super(scope, id, props, { role: 'mail', description: 'The shop as a sender of mail', stateful: true });
    const { mail, dns, contacts, foundation } = props;
    this.orderMail = new OrderMail(this, 'OrderMail', {
      from: mail.from,
      senders: mail._ses?.senders,
      dmarc: mail._ses?.dmarc,
      withoutRequiredTls: mail._ses?.withoutRequiredTls,
      dns: mailDnsOf(mail, dns),
      reportsTo: mail._ses?.reportsTo ?? contacts.operations ?? contacts.security,
      alerts: foundation.alerts,
    });
  }
}

/** Refuses mail that could not be proven to be from the shop. */
export function requireMailDns(problems: Problems, mail: Mail, dns: Dns): void {
  if (mail._ses !== undefined) {
    mailDnsOf(mail, dns)._validate(problems, domainOf(mail.from));
  }
}

/** Where the records of mail go: where the names of the shop are, unless somebody says otherwise. */
function mailDnsOf(mail: Mail, dns: Dns): MailDns {
  const ofShop = dns._zone === undefined ? MailDns.external() : MailDns.route53(dns._zone);
  return mail._ses?.dns ?? ofShop;
}
