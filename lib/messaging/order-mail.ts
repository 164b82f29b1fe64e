import { Stack } from 'aws-cdk-lib';
import { EventBus, Rule, type EventPattern, type OnEventOptions } from 'aws-cdk-lib/aws-events';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import {
  ConfigurationSet,
  ConfigurationSetTlsPolicy,
  DkimIdentity,
  EasyDkimSigningKeyLength,
  EmailIdentity,
  EmailSendingEvent,
  EventDestination,
  Identity,
  MailFromBehaviorOnMxFailure,
  SuppressionReasons,
} from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';
import type { IAlertTopics } from '../core/alerts';
import { Problems } from '../core/errors';
import { keeps } from '../core/keeps';
import type { Waiver } from '../core/waiver';
import { DmarcPolicy } from './dmarc-policy';
import { domainOf, isWithin, requireAddress, requireMailbox, requireSenders } from './mail-address';
import { print, type MailDns, type MailRecord } from './mail-dns';
import { watchReputation, watchSending } from './order-mail-alarms';

/** Who sends, where the proof of it is published and who is told. */
export interface OrderMailProps {
  /**
   * The address that customers see: `orders@shop.acme.example`. What stands after the @ becomes an identity of SES, which an
   * account and Region has once: two shops, or staging and production, send from two domains.
   */
  readonly from: string;

  /** Where the records go that prove that mail is from the shop. */
  readonly dns: MailDns;

  /**
   * Who receives the reports that mail providers send once a day about mail in the name of the domain, as XML. They name
   * servers and numbers, no customers.
   */
  readonly reportsTo: string;

  /**
   * Further addresses at the same domain that the shop sends from: `invoices@shop.acme.example`.
   *
   * @default - none
   */
  readonly senders?: string[];

  /**
   * What those who receive mail in the name of the domain are asked to do with what it did not send.
   *
   * @default DmarcPolicy.quarantine()
   */
  readonly dmarc?: DmarcPolicy;

  /**
   * Who is told when mail is about to be stopped.
   *
   * @default - no alarms are created
   */
  readonly alerts?: IAlertTopics;

  /**
   * Lets SES deliver without encryption to servers that offer none.
   *
   * @default - such a message is not delivered, and bounces
   */
  readonly withoutRequiredTls?: Waiver;
}

/** First label of the domain in the envelope: bounces come back to it. */
const MAIL_FROM = 'bounces';

/** What SES says of a message that did not arrive, as EventBridge calls it. */
const REFUSED = 'Email Rejected';
const UNDELIVERED = [
  REFUSED,
  'Email Bounced',
  'Email Complaint Received',
  'Email Rendering Failed',
  'Email Delivery Delayed',
];

/**
 * Mail of a shop that arrives, and that nobody else can send in its name: signed with DKIM (2048 bits), with an envelope
 * of the shop's own domain, and a DMARC record under which what is forged goes to spam. SES delivers it over TLS or not at
 * all, never writes again to an address that bounced or complained, and adds nothing that tracks who opens what.
 *
 * Both of DMARC's proofs hold: the signature is that of the sender's domain, the envelope that of a name below it. Alignment
 * is relaxed, which the second needs; while both hold, a mail survives the loss of one, as when it is forwarded.
 *
 * SES sends to nobody but verified addresses until AWS lets the account out of its sandbox: see docs/MAIL.md. The
 * identity must not exist yet in the account and Region. Costs 0.10 USD for a thousand messages.
 */
export class OrderMail extends Construct {
  /** The address that customers see. */
  public readonly from: string;
  /** The domain. Whatever is sent from it uses the configuration set, also when the sender names none. */
  public readonly identity: EmailIdentity;
  /** How its mail is delivered. */
  public readonly configurationSet: ConfigurationSet;

  private readonly senders: string[];

  /** @throws BaselineError `MailAddressInvalid`, `MailSenderElsewhere`, `MailDomainOutsideZone` */
  public constructor(scope: Construct, id: string, props: OrderMailProps) {
    super(scope, id);
    const { from, senders = [], dmarc = DmarcPolicy.quarantine(), dns, alerts } = props;
    validate(new Problems(`OrderMail ${this.node.path}`), props);
    this.from = from;
    this.senders = [from, ...senders];
    const domain = domainOf(from);
    this.configurationSet = this.createConfigurationSet(props.withoutRequiredTls);
    this.identity = this.createIdentity(domain);
    keeps(this, 'order-mail.dmarc', dmarc._waiver);
    const records = new Construct(this, 'Records');
    dns._publish(records, this.records(domain, dmarc, props.reportsTo));
    this.admitReports(domain, dmarc, props.reportsTo);
    watchReputation(this, this.configurationSet.configurationSetName, alerts);
    watchSending(this, this.eventsOf([REFUSED]), alerts);
  }

  /**
   * Lets `workload` send mail from the addresses of this shop, and from no other. The right stands in the workload's own
   * policy. SMTP knows no roles: the workload calls the API of SES (`SendEmail`), with the credentials of its role.
   *
   * @param workload a `StorefrontService`, a function, a role
   */
  public allow(workload: IGrantable): void {
    const grantee = workload.grantPrincipal;
    // SES asks for the first where a message is put together by SES, for the second where it comes as it is.
    const actions = ['ses:SendEmail', 'ses:SendRawEmail'];
    const from = { StringEquals: { 'ses:FromAddress': this.senders } };
    const grant = (resource: string, conditions?: Record<string, Record<string, string[]>>): void =>
      Grant.addToPrincipal({ grantee, actions, resourceArns: [resource], conditions }).assertSuccess();
    // By its name, which is known: an export of it would keep the domain from ever changing.
    grant(this.arnOf('identity', domainOf(this.from)), from);
    // Asked for beside the identity, never instead of it: by itself it sends nothing.
    grant(this.arnOf('configuration-set', this.configurationSet.configurationSetName));
  }

  /**
   * Hears of every message that did not arrive: bounced, refused, delayed, or reported as spam. The events hold the
   * addresses of customers; SES delivers them best effort.
   *
   * @param id id of the rule
   * @param options target and description
   */
  public onUndelivered(id: string, options: OnEventOptions = {}): Rule {
    const { target, description, ruleName, eventPattern, crossStackScope } = options;
    const rule = new Rule(crossStackScope ?? this, id, { ruleName, description });
    rule.addEventPattern(eventPattern);
    rule.addEventPattern(this.eventsOf(UNDELIVERED));
    rule.addTarget(target);
    return rule;
  }

  private createConfigurationSet(withoutRequiredTls: Waiver | undefined): ConfigurationSet {
    const required = keeps(this, 'order-mail.tls', withoutRequiredTls);
    const set = new ConfigurationSet(this, 'ConfigurationSet', {
      tlsPolicy: required ? ConfigurationSetTlsPolicy.REQUIRE : ConfigurationSetTlsPolicy.OPTIONAL,
      reputationMetrics: true,
      sendingEnabled: true,
      suppressionReasons: SuppressionReasons.BOUNCES_AND_COMPLAINTS,
    });
    set.addEventDestination('Events', {
      // SES knows no other bus. Opens and clicks are not among the events: what counts them is a picture and a detour in
      // every mail.
      destination: EventDestination.eventBus(EventBus.fromEventBusName(this, 'DefaultBus', 'default')),
      events: [
        EmailSendingEvent.REJECT,
        EmailSendingEvent.BOUNCE,
        EmailSendingEvent.COMPLAINT,
        EmailSendingEvent.RENDERING_FAILURE,
        EmailSendingEvent.DELIVERY_DELAY,
      ],
    });
    return set;
  }

  private createIdentity(domain: string): EmailIdentity {
    return new EmailIdentity(this, 'Identity', {
      identity: Identity.domain(domain),
      configurationSet: this.configurationSet,
      dkimSigning: true,
      dkimIdentity: DkimIdentity.easyDkim(EasyDkimSigningKeyLength.RSA_2048_BIT),
      mailFromDomain: `${MAIL_FROM}.${domain}`,
      // Otherwise the envelope is Amazon's until somebody notices.
      mailFromBehaviorOnMxFailure: MailFromBehaviorOnMxFailure.REJECT_MESSAGE,
      // Bounces are events: a copy of each, with the customer's address, would go to a mailbox that nobody may have.
      feedbackForwarding: false,
    });
  }

  private records(domain: string, dmarc: DmarcPolicy, reportsTo: string): MailRecord[] {
    const envelope = `${MAIL_FROM}.${domain}`;
    const { region } = Stack.of(this);
    const signatures = this.identity.dkimRecords.map(({ name, value }, index): MailRecord => {
      return { id: `Dkim${index + 1}`, name, type: 'CNAME', value, purpose: 'the key that signs mail (DKIM)' };
    });
    return [
      ...signatures,
      {
        id: 'MailFromMx',
        name: envelope,
        type: 'MX',
        value: `feedback-smtp.${region}.amazonses.com`,
        purpose: 'where bounces come back to',
      },
      {
        id: 'MailFromSpf',
        name: envelope,
        type: 'TXT',
        // Not -all: some refuse forwarded mail for it before they look at the signature, which is intact.
        value: 'v=spf1 include:amazonses.com ~all',
        purpose: 'which servers send with this envelope (SPF)',
      },
      ...dmarcRecords(domain, dmarc, reportsTo),
    ];
  }

  /** A mailbox elsewhere gets no reports before its own domain agrees (RFC 7489, 7.1). */
  private admitReports(domain: string, { _asksFor }: DmarcPolicy, reportsTo: string): void {
    const elsewhere = domainOf(reportsTo).toLowerCase();
    if (_asksFor !== undefined && !isWithin(domain, elsewhere) && !isWithin(elsewhere, domain)) {
      print(this, {
        id: 'ReportsAdmitted',
        name: `${domain}._report._dmarc.${elsewhere}`,
        type: 'TXT',
        value: 'v=DMARC1',
        purpose: `${elsewhere} agrees to receive the reports about ${domain}`,
      });
    }
  }

  private eventsOf(detailType: string[]): EventPattern {
    const { configurationSetName } = this.configurationSet;
    return {
      source: ['aws.ses'],
      detailType,
      detail: { mail: { tags: { 'ses:configuration-set': [configurationSetName] } } },
    };
  }

  private arnOf(resource: string, resourceName: string): string {
    return Stack.of(this).formatArn({ service: 'ses', resource, resourceName });
  }
}

function dmarcRecords(domain: string, { _asksFor }: DmarcPolicy, reportsTo: string): MailRecord[] {
  if (_asksFor === undefined) {
    return [];
  }
  // No ruf: reports about single messages would carry customers' addresses.
  const value = `v=DMARC1; p=${_asksFor}; rua=mailto:${reportsTo}`;
  const purpose = 'what to do with mail that somebody else sends in this name (DMARC)';
  return [{ id: 'Dmarc', name: `_dmarc.${domain}`, type: 'TXT', value, purpose }];
}

function validate(problems: Problems, { from, senders, reportsTo, dns }: OrderMailProps): void {
  requireAddress(problems, 'from', from);
  requireMailbox(problems, 'reportsTo', reportsTo);
  dns._validate(problems, domainOf(from));
  requireSenders(problems, from, senders);
  problems.throwIfAny();
}
