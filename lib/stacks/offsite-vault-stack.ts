import { CfnOutput } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { BackupChoices } from '../backup/backup-choices';
import { OffsiteVault } from '../backup/offsite-vault';
import { Vault } from '../backup/vault';
import { DataClass } from '../core/tags';
import { DataKey } from '../encryption/data-key';
import { AlertTopics } from '../messaging/alert-topics';
import { AlertHeartbeat } from '../operations/alert-heartbeat';
import type { StoreContacts } from './store-contacts';
import { StoreStack, type StoreStackProps } from './store-stack';

/** Whose copies are kept, and who is told. */
export interface OffsiteVaultStackProps extends StoreStackProps {
  /** The account of the store: twelve digits. */
  readonly sourceAccount: string;

  /** Who is told. */
  readonly contacts: StoreContacts;

  /** ARNs of those who may disable keys or schedule their deletion; of them, those of the vault's account count. */
  readonly administrators: string[];

  /**
   * How the store is backed up.
   *
   * @default - as `OffsiteVault` by itself
   */
  readonly backup?: BackupChoices;
}

/**
 * In the off-site Region, and in another account where one is named: the vault for copies, its key, and topics of its own,
 * so that somebody hears of silence although the account of the store says nothing any more. It refers to no other stack.
 */
export class OffsiteVaultStack extends StoreStack {
  /** Where alarms about the copies go. */
  public readonly alerts: AlertTopics;
  /** The vault. */
  public readonly vault: OffsiteVault;

  public constructor(scope: Construct, id: string, props: OffsiteVaultStackProps) {
    super(scope, id, props, { role: 'offsite-vault', description: 'Copies of backups', stateful: true });
    const { sourceAccount, contacts, backup: { vault = Vault.locked(), vaultGeneration } = {} } = props;
    // Whoever administers the store must not be able to end the key of its last copies from another account.
    const administrators = props.administrators.filter((arn) => arn.split(':')[4] === this.account);
    const messaging = new DataKey(this, 'MessagingKey', { dataClass: DataClass.MESSAGING, administrators });
    this.alerts = new AlertTopics(this, 'Alerts', {
      key: messaging,
      urgentEmails: [contacts.security],
      noticeEmails: [contacts.operations ?? contacts.security],
    });
    const { alerts } = this;
    messaging.alertOnTampering(alerts);
    new AlertHeartbeat(this, 'AlertHeartbeat', { alerts });
    this.vault = new OffsiteVault(this, 'Vault', {
      sourceAccount,
      vault,
      generation: vaultGeneration,
      key: vault._isAirGapped
        ? undefined
        : new DataKey(this, 'Key', { dataClass: DataClass.BACKUPS, administrators, alerts }),
      alerts,
    });
    new CfnOutput(this, 'VaultName', { value: this.vault.vaultName, description: 'The vault off site' });
    new CfnOutput(this, 'VaultArn', { value: this.vault.vaultArn, description: 'The vault off site, for restores' });
  }
}
