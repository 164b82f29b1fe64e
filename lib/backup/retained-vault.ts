import { ArnFormat, Stack, type CfnResource } from 'aws-cdk-lib';
import { CfnBackupVault } from 'aws-cdk-lib/aws-backup';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { IAlertTopics } from '../core/alerts';
import { Problems } from '../core/errors';
import { identityOf } from '../core/identity';
import { physicalName } from '../core/physical-names';
import { retain } from '../core/stateful';
import { DataClass, tagDataClass } from '../core/tags';
import { DataKey } from '../encryption/data-key';
import { watchVault } from './vault-alarms';
import { requireLock, VaultLock } from './vault-lock';
import { vaultPolicy } from './vault-policy';

/** Under which key and lock copies are kept. */
export interface RetainedVaultProps {
  /**
   * Key for backups that AWS Backup encrypts by itself, those of buckets and file systems; others keep the key of what
   * they are of. Cannot be changed later without a new `generation`.
   *
   * @default - a `DataKey` for backups
   */
  readonly key?: IKey;

  /**
   * What keeps copies until their time.
   *
   * @default VaultLock.governance()
   */
  readonly lock?: VaultLock;

  /**
   * Raised by one to make another vault beside this one, which stays with what is in it.
   *
   * @default 1
   */
  readonly generation?: number;

  /**
   * Who is told when the vault is changed, or a copy in it is incomplete.
   *
   * @default - nobody
   */
  readonly alerts?: IAlertTopics;
}

/**
 * A vault for backups: encrypted, locked, retained, and nobody deletes a backup from it before its time.
 *
 * The vault costs nothing; what is in it costs about 0.05 USD a month for each GB of files and objects and 0.02 for each
 * GB of an Aurora snapshot (us-east-1).
 */
export class RetainedVault extends Construct {
  /** The vault. */
  public readonly vault: CfnBackupVault;
  /** Its key. */
  public readonly key: IKey;
  /** Name of the vault. */
  public readonly vaultName: string;
  /** ARN of the vault. */
  public readonly vaultArn: string;
  /** What keeps copies until their time. */
  public readonly lock: VaultLock;

  /** @throws BaselineError `VaultLockBoundsInvalid`, `VaultLockGraceOutOfRange`, `VaultLockNotConfirmed` */
  public constructor(scope: Construct, id: string, props: RetainedVaultProps = {}) {
    super(scope, id);
    const { lock = VaultLock.governance(), generation = 1, alerts } = props;
    const problems = new Problems(`RetainedVault ${this.node.path}`);
    requireLock(problems, lock, confirmationOf(this));
    problems.throwIfAny();
    this.lock = lock;
    this.key = props.key ?? new DataKey(this, 'Key', { dataClass: DataClass.BACKUPS, alerts });
    this.vaultName = physicalName(this, 'backupVault', generation);
    this.vaultArn = vaultArnIn(this, this.vaultName);
    this.vault = lockedVault(this, { name: this.vaultName, key: this.key, lock, generation });
    if (alerts !== undefined) {
      watchVault(this, alerts, this.vaultName);
    }
  }
}

/** What somebody writes out who means what cannot be undone. */
export function confirmationOf(scope: Construct): string {
  return identityOf(scope)?.id ?? Stack.of(scope).stackName;
}

/** The ARN of the vault `name` in the account and Region of `scope`: text, which other stacks may use without a reference. */
export function vaultArnIn(scope: Construct, name: string): string {
  const parts = { service: 'backup', resource: 'backup-vault', resourceName: name };
  return Stack.of(scope).formatArn({ ...parts, arnFormat: ArnFormat.COLON_RESOURCE_NAME });
}

/** A vault with a key, and a lock. */
interface LockedVault {
  readonly name: string;
  readonly key: IKey;
  readonly lock: VaultLock;
  readonly generation: number;
  /** The account that copies into it, when that is another one. */
  readonly source?: string;
}

/** Creates a vault of `owner` that is locked and stays. */
export function lockedVault(owner: Construct, { name, key, lock, generation, source }: LockedVault): CfnBackupVault {
  const vault = new CfnBackupVault(owner, generational('Vault', generation), {
    backupVaultName: name,
    encryptionKeyArn: key.keyArn,
    lockConfiguration: {
      minRetentionDays: lock._minDays,
      maxRetentionDays: lock._maxDays,
      changeableForDays: lock._graceDays,
    },
    accessPolicy: vaultPolicy(source),
  });
  retainVault(owner, vault, generation);
  return vault;
}

/** Keeps `vault` whatever happens to its stack. */
export function retainVault(owner: Construct, vault: CfnResource, generation: number): void {
  retain(owner, vault, generational('Vault', generation));
  tagDataClass(vault, DataClass.BACKUPS);
}

/** From the second generation on an id of its own, so that what the first one made stays. */
export function generational(id: string, generation: number): string {
  return generation > 1 ? `${id}G${generation}` : id;
}
