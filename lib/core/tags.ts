import { Tags } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { StoreIdentity } from './identity';

/** What kind of data a resource holds. Each kind has a key of its own. */
export enum DataClass {
  /** What customers gave the shop: accounts, orders, uploaded files, sessions. */
  CUSTOMER_DATA = 'customer-data',
  /** Copies of anything, made for recovery. */
  BACKUPS = 'backups',
  /** What happened: access, flow, audit and application logs. */
  LOGS = 'logs',
  /** Passwords, tokens, signing keys. */
  SECRETS = 'secrets',
  /** Notices and alarms on their way to people, events between services. */
  MESSAGING = 'messaging',
  /** Data keys that the shop's own code wraps: the envelope of single fields. */
  APPLICATION = 'application',
}

/** Tag that says which kind of data a stateful resource holds. */
export const DATA_CLASS_TAG = 'commerce-baseline:data-class';

/** Tag by which backup plans select a resource; its value is the kind of data. */
export const BACKUP_TAG = 'commerce-baseline:backup';

/** Tags that say which store a resource belongs to; cost reports group by them. */
export const STORE_TAG = 'commerce-baseline:store';
export const ENVIRONMENT_TAG = 'commerce-baseline:environment';

/** Tags of an attached VPC origin cannot change: CloudFront answers 409. */
const UNTAGGED = ['AWS::CloudFront::VpcOrigin'];

/** Tags everything inside `construct` with the store it belongs to. */
export function tagStore(construct: IConstruct, { id, environment }: StoreIdentity): void {
  Tags.of(construct).add(STORE_TAG, id, { excludeResourceTypes: UNTAGGED });
  Tags.of(construct).add(ENVIRONMENT_TAG, environment, { excludeResourceTypes: UNTAGGED });
}

/** Tags everything inside `construct` with the kind of data it holds. */
export function tagDataClass(construct: IConstruct, dataClass: DataClass): void {
  Tags.of(construct).add(DATA_CLASS_TAG, dataClass, { excludeResourceTypes: UNTAGGED });
}
