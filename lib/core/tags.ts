import { Tags } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { StoreIdentity } from './identity';
import { DATA_CLASS_TAG, ENVIRONMENT_TAG, STORE_TAG } from './tag-names';

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
