import { Construct } from 'constructs';
import type { IAlertTopics } from '../core/alerts';
import { DataClass } from '../core/tags';
import { DataKey } from './data-key';

/** Who may end the keys of a store. */
export interface StoreKeysProps {
  /**
   * ARNs of the IAM roles or users that may disable a key or schedule its deletion. `*` may stand for a part.
   *
   * @default - nobody but CloudFormation, and CloudFormation only when a first deployment is rolled back
   */
  readonly administrators?: string[];
}

/**
 * One customer-managed key for each kind of data a store holds, so that whoever may read the one cannot read the other.
 *
 * Costs about 6 USD a month.
 */
export class StoreKeys extends Construct {
  /** Accounts, orders, uploaded files, sessions. */
  public readonly customerData: DataKey;
  /** Copies of anything, made for recovery. */
  public readonly backups: DataKey;
  /** Access, flow, audit and application logs. */
  public readonly logs: DataKey;
  /** Passwords, tokens, signing keys. */
  public readonly secrets: DataKey;
  /** Alarms and notices on their way to people, events between services. */
  public readonly messaging: DataKey;
  /** Data keys that the shop's own code wraps. Multi-Region; see `EnvelopeKeyReplica`. */
  public readonly application: DataKey;

  public constructor(scope: Construct, id: string, props: StoreKeysProps = {}) {
    super(scope, id);
    const key = (name: string, dataClass: DataClass): DataKey => new DataKey(this, name, { ...props, dataClass });
    this.customerData = key('CustomerData', DataClass.CUSTOMER_DATA);
    this.backups = key('Backups', DataClass.BACKUPS);
    this.logs = key('Logs', DataClass.LOGS);
    this.secrets = key('Secrets', DataClass.SECRETS);
    this.messaging = key('Messaging', DataClass.MESSAGING);
    this.application = key('Application', DataClass.APPLICATION);
  }

  /** Tells `alerts` when any of the keys is disabled, scheduled for deletion or given another policy. */
  public alertOnTampering(alerts: IAlertTopics): void {
    const { customerData, backups, logs, secrets, messaging, application } = this;
    for (const key of [customerData, backups, logs, secrets, messaging, application]) {
      key.alertOnTampering(alerts);
    }
  }
}
