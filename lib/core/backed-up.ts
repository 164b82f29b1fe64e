import { Stack, TagManager, Tags, Validations, type CfnResource } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct, IConstruct } from 'constructs';
import { acknowledge } from './acknowledge';
import { identityOf } from './identity';
import { BACKUP_TAG } from './tag-names';
import { DataClass } from './tags';

/** Kinds of resources that are backed up, under the names that AWS Backup has for them. */
export enum BackedUpKind {
  /** Aurora clusters. */
  DATABASE = 'Aurora',
  /** Buckets of S3. */
  OBJECTS = 'S3',
  /** File systems of EFS. */
  FILES = 'EFS',
  /** Tables of DynamoDB. */
  TABLES = 'DynamoDB',
}

/** A resource that has to be backed up. */
export interface BackedUpResource {
  readonly kind: BackedUpKind;
  /** The resource that carries the tags. */
  readonly resource: CfnResource;
  readonly arn: string;
  /** What it is encrypted with: a copy is read, and often kept, with it. */
  readonly key?: IKey;
}

/** A plan that selects resources by their tags. */
export interface BackupSelector {
  /** Where it stands: it sees the resources of its own account and Region. */
  readonly scope: Construct;
  /** Tags that it asks for, all of them, with their values. */
  readonly tags: Readonly<Record<string, string>>;
  readonly kinds: readonly BackedUpKind[];
  /** Gives its role what backing up `resource` takes. */
  take(resource: BackedUpResource): void;
}

interface Register {
  readonly resources: BackedUpResource[];
  readonly selectors: BackupSelector[];
}

const REGISTERS = new WeakMap<IConstruct, Register>();

function registerOf({ node }: IConstruct): Register {
  const register = REGISTERS.get(node.root) ?? { resources: [], selectors: [] };
  REGISTERS.set(node.root, register);
  return register;
}

/**
 * Has `resource` of `owner` backed up: it gets the tag that plans select by, and every plan that sees it gets the rights
 * to it, whichever of them is made first. When the tree is complete, one that no plan selects stops the synthesis of a
 * store; in somebody's own stack it is a warning, because the plan may be made elsewhere.
 *
 * For data of customers alone. A copy of keys would outlive their erasure: docs/decisions/0013-erasure-and-locked-copies.md.
 */
export function backUp(owner: Construct, resource: BackedUpResource): void {
  Tags.of(resource.resource).add(BACKUP_TAG, DataClass.CUSTOMER_DATA);
  const { resources, selectors } = registerOf(owner);
  resources.push(resource);
  selectors.filter((selector) => sees(selector, resource)).forEach((selector) => selector.take(resource));
  requireSelection(owner, resource);
  if (resource.kind === BackedUpKind.TABLES) {
    acknowledge(resource.resource, {
      rules: ['DynamoDBInBackupPlan'],
      unless: () => !isSelected(resource),
      because: 'A plan selects the table by its tag; the rule looks for its name in a selection.',
    });
  }
}

/** Makes a plan known to what has to be backed up, what is made later included. */
export function registerSelector(selector: BackupSelector): void {
  const { resources, selectors } = registerOf(selector.scope);
  selectors.push(selector);
  resources.filter((resource) => sees(selector, resource)).forEach((resource) => selector.take(resource));
}

/** What `selector` selects: known once the tree is complete. */
export function selectedBy(selector: BackupSelector): readonly BackedUpResource[] {
  return registerOf(selector.scope).resources.filter((resource) => selects(selector, resource));
}

/** Whether a plan could select `resource`, as far as can be said before every tag is there. */
function sees({ scope, kinds }: BackupSelector, { resource, kind }: BackedUpResource): boolean {
  const [here, there] = [Stack.of(scope), Stack.of(resource)];
  const [own, other] = [identityOf(scope), identityOf(resource)];
  const isOurs = own === undefined || (own.id === other?.id && own.environment === other.environment);
  return here.account === there.account && here.region === there.region && kinds.includes(kind) && isOurs;
}

function selects(selector: BackupSelector, resource: BackedUpResource): boolean {
  const tags = TagManager.of(resource.resource)?.tagValues() ?? {};
  return sees(selector, resource) && Object.entries(selector.tags).every(([key, value]) => tags[key] === value);
}

/** Whether any plan of the app selects `resource`: known once the tree is complete. */
function isSelected(resource: BackedUpResource): boolean {
  return registerOf(resource.resource).selectors.some((selector) => selects(selector, resource));
}

function requireSelection(owner: Construct, resource: BackedUpResource): void {
  owner.node.addValidation({
    validate: () => {
      if (isSelected(resource)) {
        return [];
      }
      const problem = `No backup plan of this app selects ${resource.resource.node.path}.`;
      if (identityOf(owner) !== undefined) {
        return [
          `${problem} Leave its tags as they are, or say why with withoutBackup: Waiver.because(…). [NotBackedUp]`,
        ];
      }
      const remedy = 'Make a BackupSchedule in its account and Region, or say why not with withoutBackup.';
      Validations.of(owner).addWarning('cdk-commerce-baseline:Backup.notSelected', `${problem} ${remedy}`);
      return [];
    },
  });
}
