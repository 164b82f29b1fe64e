import { CfnOutput, Token } from 'aws-cdk-lib';
import { CnameRecord, HostedZone, MxRecord, TxtRecord, type IHostedZone } from 'aws-cdk-lib/aws-route53';
import type { Construct } from 'constructs';
import type { Problems } from '../core/errors';
import { isWithin } from './mail-address';

/** A zone in Route 53, in this account. */
export interface MailZone {
  /** Id of the public hosted zone that the domain of the sender is in: `Z0123456789ABCDEFGHIJ`. */
  readonly hostedZoneId: string;

  /** Name of that zone: `acme.example`. */
  readonly zoneName: string;
}

/** A record that proves that mail is from whom it says. */
export interface MailRecord {
  /** Id of the construct. */
  readonly id: string;
  /** Full name, without the dot at its end. */
  readonly name: string;
  readonly type: 'CNAME' | 'MX' | 'TXT';
  /** For MX the host alone: its priority is 10. */
  readonly value: string;
  /** For whoever creates it by hand: what it is for. */
  readonly purpose: string;
}

/** Where the records go that prove that mail is from the shop. */
export class MailDns {
  /** Into a public zone of Route 53, with the deployment. */
  public static route53(zone: MailZone): MailDns {
    return new MailDns(zone);
  }

  /** Anywhere else: the records to create are outputs of the stack. Until they exist, SES refuses to send. */
  public static external(): MailDns {
    return new MailDns();
  }

  private constructor(private readonly zone?: MailZone) {}

  /**
   * Records what nobody could deploy.
   *
   * @internal
   */
  public _validate(problems: Problems, domain: string): void {
    const { zoneName = '' } = this.zone ?? {};
    const known = this.zone !== undefined && !Token.isUnresolved(zoneName);
    problems.require(!known || isWithin(domain, zoneName), {
      code: 'MailDomainOutsideZone',
      property: 'from',
      value: domain,
      bound: `be an address at ${zoneName} or at a name below it, as far as the zone reaches`,
      remedy: 'Send from the domain of the shop, or name the zone of this one with dns: MailDns.route53({ … }).',
    });
  }

  /**
   * Creates the records, or says in the stack's outputs how.
   *
   * @internal
   */
  public _publish(scope: Construct, records: readonly MailRecord[]): void {
    const zone = this.zone && HostedZone.fromHostedZoneAttributes(scope, 'Zone', this.zone);
    records.forEach((record) => (zone === undefined ? print(scope, record) : create(scope, zone, record)));
  }
}

/** Says in an output of the stack which record somebody has to create. */
export function print(scope: Construct, { id, name, type, value, purpose }: MailRecord): void {
  const text = { CNAME: `CNAME ${value}.`, MX: `MX 10 ${value}.`, TXT: `TXT "${value}"` }[type];
  new CfnOutput(scope, id, { value: `${name}. ${text}`, description: `Create this record: ${purpose}` });
}

function create(scope: Construct, zone: IHostedZone, { id, name, type, value, purpose }: MailRecord): void {
  // With its dot a name is complete, also one that is known only at deployment.
  const record = { zone, recordName: `${name}.`, comment: purpose };
  switch (type) {
    case 'CNAME':
      new CnameRecord(scope, id, { ...record, domainName: value });
      break;
    case 'MX':
      new MxRecord(scope, id, { ...record, values: [{ priority: 10, hostName: `${value}.` }] });
      break;
    case 'TXT':
      new TxtRecord(scope, id, { ...record, values: [value] });
      break;
  }
}
