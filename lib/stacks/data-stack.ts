import { CfnOutput } from 'aws-cdk-lib';
import type { AccessPoint } from 'aws-cdk-lib/aws-efs';
import type { Construct } from 'constructs';
import type { Application } from '../application/application';
import type { BackupChoices } from '../backup/backup-choices';
import { ImageRepository } from '../compute/image-repository';
import { CustomerDatabase } from '../data/customer-database';
import type { DatabaseChoices } from '../data/customer-database-props';
import { ObjectContents } from '../data/object-contents';
import { ObjectStore } from '../data/object-store';
import { SharedFiles } from '../data/shared-files';
import type { PatchCalendar } from '../patching/patch-calendar';
import type { FoundationStack } from './foundation-stack';
import { StoreStack, type StoreStackProps } from './store-stack';

/** What is kept, and on what ground. */
export interface DataStackProps extends StoreStackProps {
  /** Keys, network, logs and alerts. */
  readonly foundation: FoundationStack;

  /** The shop: what it needs. */
  readonly application: Application;

  /**
   * Size, source and generation of the database.
   *
   * @default - as `CustomerDatabase` by itself
   */
  readonly database?: DatabaseChoices;

  /**
   * What is left out of the backups.
   *
   * @default - nothing
   */
  readonly backup?: BackupChoices;
}

/** A directory that the processes of a shop share, and the file system it is in. */
export interface ShopFiles {
  /** The file system. */
  readonly fileSystem: SharedFiles;
  /** The only way to the directory. */
  readonly directory: AccessPoint;
}

/**
 * What must never be lost: the database, product pictures, shared files, the store's own images. Nothing here runs our
 * code.
 */
export class DataStack extends StoreStack {
  /** The database, if the shop needs one. */
  public readonly database?: CustomerDatabase;
  /** Product pictures, if the shop keeps them in a bucket. */
  public readonly media?: ObjectStore;
  /** Files that the processes of the shop share, if it cannot keep them in a bucket. */
  public readonly files?: ShopFiles;
  /** The store's own images: push here before the first deployment of the application. */
  public readonly images: ImageRepository;

  public constructor(scope: Construct, id: string, props: DataStackProps) {
    super(scope, id, props, { role: 'data', description: 'Database, pictures and images', stateful: true });
    const { application } = props;
    this.database = application.database && this.createDatabase(props, application.database.databaseName);
    this.media = application.media && this.createMedia(props);
    this.files = application.files && this.createFiles(props);
    this.images = new ImageRepository(this, 'Images', { key: props.foundation.keys.customerData });
    const description = 'Push the image of the shop here, then name its digest in the configuration';
    new CfnOutput(this, 'ImageRepositoryUri', { value: this.images.repository.repositoryUri, description });
  }

  private createDatabase({ foundation, database }: DataStackProps, databaseName = 'shop'): CustomerDatabase {
    const { keys, network, alerts, patchCalendar } = foundation;
    return new CustomerDatabase(this, 'Database', {
      databaseName,
      ...windowsOf(patchCalendar, database),
      ...database,
      network,
      key: keys.customerData,
      secretsKey: keys.secrets,
      logsKey: keys.logs,
      alerts,
    });
  }

  private createMedia({ foundation: { keys, accessLogs }, backup }: DataStackProps): ObjectStore {
    return new ObjectStore(this, 'Media', {
      contents: ObjectContents.media(),
      key: keys.customerData,
      accessLogs: accessLogs.bucket,
      withoutBackup: backup?.withoutMedia,
    });
  }

  private createFiles({ foundation, application: { user }, backup }: DataStackProps): ShopFiles {
    const { keys, network, alerts } = foundation;
    const fileSystem = new SharedFiles(this, 'Files', {
      network,
      key: keys.customerData,
      alerts,
      withoutBackup: backup?.withoutFiles,
    });
    const [uid, gid = uid] = user.split(':').map(Number);
    return { fileSystem, directory: fileSystem.addAccessPoint('Shop', { uid, gid }) };
  }
}

/** Both windows of the calendar or none: beside a window that somebody chose, RDS picks the other so that they fit. */
function windowsOf(
  { databaseWindow, databaseBackupWindow }: PatchCalendar,
  chosen: DatabaseChoices = {},
): DatabaseChoices {
  const isChosen = chosen.maintenanceWindow !== undefined || chosen.backupWindow !== undefined;
  return isChosen ? {} : { maintenanceWindow: databaseWindow, backupWindow: databaseBackupWindow };
}
