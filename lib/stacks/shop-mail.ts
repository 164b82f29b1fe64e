import { Aws } from 'aws-cdk-lib';
import { Port } from 'aws-cdk-lib/aws-ec2';
import { Secret, type ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { MailCoordinates } from '../application/application-environment';
import type { Problems } from '../core/errors';
import type { IWorkload } from '../core/workload';
import { MailTls, type Mail } from '../messaging/mail';
import type { OrderMail } from '../messaging/order-mail';
import type { EgressDestination } from '../network/egress-destination';
import { leadsTo } from '../network/egress-reach';
import type { IEgress } from '../network/egress-ref';
import { InterfaceEndpoints } from '../network/interface-endpoints';
import { NetworkFirewallEgress } from '../network/network-firewall-egress';
import { NoEgress } from '../network/no-egress';

/** The way to the mail server, for the processes of a shop. */
export class ShopMail extends Construct {
  /** Name and password, where the server asks for them. */
  public readonly login?: ISecret;

  public constructor(
    scope: Construct,
    id: string,
    private readonly mail: Mail,
    private readonly orderMail?: OrderMail,
  ) {
    super(scope, id);
    this.login = mail._external && Secret.fromSecretCompleteArn(this, 'Login', mail._external.loginSecretArn);
  }

  /** Lets `workload` send, and says where. */
  public equip(workload: IWorkload): MailCoordinates {
    const { from, _external } = this.mail;
    this.orderMail?.allow(workload);
    if (_external === undefined) {
      const host = `email.${Aws.REGION}.${Aws.URL_SUFFIX}`;
      return { transport: 'ses', from, host, port: '443', tls: MailTls.FROM_THE_START, hasLogin: false };
    }
    const { host, port, tls = MailTls.AFTER_THE_GREETING } = _external;
    workload.connections.allowToAnyIpv4(Port.tcp(port), 'The mail server');
    return { transport: 'smtp', from, host, port: String(port), tls, hasLogin: true };
  }
}

/** The mail server outside, if there is one: SES is among the names of AWS that every way out knows. */
export function mailDestinations(mail: Mail | undefined): EgressDestination[] {
  const { host, purpose = 'order mail' } = mail?._external ?? {};
  return host === undefined ? [] : [{ domain: host, purpose }];
}

/** Refuses mail that would not leave the network. */
export function requireReachableMail(
  problems: Problems,
  mail: Mail | undefined,
  egress: IEgress,
  endpoints = InterfaceEndpoints.none(),
): void {
  if (mail?._ses !== undefined) {
    problems.require(!(egress instanceof NoEgress) || endpoints.services.includes('email'), {
      code: 'MailNotReachable',
      property: 'mail',
      value: mail.from,
      bound: 'find a way to SES, which the network does not have',
      remedy: 'Choose a way out that leads to named destinations.',
    });
  }
  const { host, tls } = mail?._external ?? {};
  problems.require(host === undefined || leadsTo(egress, host), {
    code: 'MailNotReachable',
    property: 'mail.host',
    value: host,
    bound: 'be a host that the way out leads to',
    remedy: 'Hand on the destinations that the function is given, or add this one.',
  });
  const isEncrypted = host === undefined || tls === MailTls.FROM_THE_START;
  problems.require(isEncrypted || !(egress instanceof NetworkFirewallEgress), {
    code: 'MailTlsTooLate',
    property: 'mail.tls',
    value: tls ?? MailTls.AFTER_THE_GREETING,
    bound: 'begin with the first byte: a network firewall drops what greets in the clear',
    remedy: "Use the provider's port for that, such as 2465, with tls: MailTls.FROM_THE_START.",
  });
}
