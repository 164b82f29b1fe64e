import { Token } from 'aws-cdk-lib';
import { Problems } from '../core/errors';
import type { Waiver } from '../core/waiver';
import type { DmarcPolicy } from './dmarc-policy';
import { requireAddress, requireMailbox, requireMailHost, requireSenders } from './mail-address';
import type { MailDns } from './mail-dns';

/** Mail of a store through SES. */
export interface SesMailOptions {
  /** The address that customers see. What stands after the @ is an identity of SES that this store alone uses. */
  readonly from: string;

  /**
   * Further addresses at the same domain that the shop sends from.
   *
   * @default - none
   */
  readonly senders?: string[];

  /**
   * Where the records go that prove that mail is from the shop.
   *
   * @default - where the names of the shop are kept
   */
  readonly dns?: MailDns;

  /**
   * What those who receive mail in the name of the domain are asked to do with what it did not send.
   *
   * @default DmarcPolicy.quarantine()
   */
  readonly dmarc?: DmarcPolicy;

  /**
   * Who receives the reports about mail in the name of the domain.
   *
   * @default - the contact for operations
   */
  readonly reportsTo?: string;

  /**
   * Lets SES deliver without encryption to servers that offer none.
   *
   * @default - such a message is not delivered, and bounces
   */
  readonly withoutRequiredTls?: Waiver;
}

/** When encryption begins. */
export enum MailTls {
  /** With the first byte. */
  FROM_THE_START = 'tls',
  /** After a greeting in the clear, before the login: `STARTTLS`. */
  AFTER_THE_GREETING = 'starttls',
}

/** Mail of a store through a provider that speaks SMTP. */
export interface ExternalMailOptions {
  /** The address that customers see. */
  readonly from: string;

  /** The provider's server: `smtp.provider.example`. */
  readonly host: string;

  /**
   * Its port: 1024 or more. The network lets out nothing to 25, 465 and 587, from which spam is sent; nearly every
   * provider listens at 2525 as well.
   */
  readonly port: number;

  /** Complete ARN of a secret with the fields `username` and `password`. */
  readonly loginSecretArn: string;

  /**
   * When encryption begins. A network firewall passes only what is encrypted from the start.
   *
   * @default MailTls.AFTER_THE_GREETING
   */
  readonly tls?: MailTls;

  /**
   * What the shop needs it for, for the register of those who are given data.
   *
   * @default order mail
   */
  readonly purpose?: string;
}

/**
 * How a shop sends mail. What nobody could deploy is refused when it is used, so that a configuration can be judged as a
 * whole: `MailAddressInvalid`, `MailSenderElsewhere`, `EgressDomainMalformed`, `MailPortRefused`, `MailSecretArnInvalid`.
 */
export class Mail {
  /** Through SES, from an identity of the store's own: an `OrderMail`. The shop calls the API with its role. */
  public static ses(options: SesMailOptions): Mail {
    return new Mail(options.from, options);
  }

  /** Through a provider's SMTP server, which becomes a destination of the network. Its records are made by its own advice. */
  public static external(options: ExternalMailOptions): Mail {
    return new Mail(options.from, undefined, options);
  }

  private constructor(
    /** The address that customers see. */
    public readonly from: string,
    /** @internal */
    public readonly _ses?: SesMailOptions,
    /** @internal */
    public readonly _external?: ExternalMailOptions,
  ) {
    const problems = new Problems('Mail');
    requireAddress(problems, 'from', from);
    requireSes(problems, _ses);
    requireExternal(problems, _external);
    problems.keepWith(this);
  }
}

function requireSes(problems: Problems, options: SesMailOptions | undefined): void {
  if (options !== undefined) {
    requireSenders(problems, options.from, options.senders);
    if (options.reportsTo !== undefined) {
      requireMailbox(problems, 'reportsTo', options.reportsTo);
    }
  }
}

function requireExternal(problems: Problems, options: ExternalMailOptions | undefined): void {
  if (options === undefined) {
    return;
  }
  const { host, port, loginSecretArn } = options;
  requireMailHost(problems, 'host', host);
  problems.require(Number.isInteger(port) && port >= 1024 && port <= 65_535, {
    code: 'MailPortRefused',
    property: 'port',
    value: port,
    bound: 'be 1024 to 65535: the network lets out nothing to 25, 465 and 587, whatever a security group says',
    remedy: 'Use the port that the provider offers beside those, mostly 2525; or call its API over HTTPS, with egress.',
  });
  const secret = /^arn:[a-z-]+:secretsmanager:[a-z0-9-]+:\d{12}:secret:[\w/+=.@-]+-[A-Za-z0-9]{6}$/;
  problems.require(Token.isUnresolved(loginSecretArn) || secret.test(loginSecretArn), {
    code: 'MailSecretArnInvalid',
    property: 'loginSecretArn',
    value: loginSecretArn,
    bound: 'be the complete ARN of a secret, with the six characters that Secrets Manager adds',
    remedy: 'Keep username and password in a secret of Secrets Manager and copy its ARN.',
  });
}
