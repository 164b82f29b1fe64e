import { CfnResource, Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { acknowledge, beforeSynthesis } from './acknowledge';
import { keeps } from './keeps';
import { STATEFUL_TYPES } from './stateful-types';
import type { Waiver } from './waiver';

const DISPOSALS = new WeakMap<Stack, Waiver>();

const TERMINATION = 'CommerceBaseline-stack-termination-protection';

/** The types of resources on which, or because of which, each rule objects where nothing is retained. */
const OBJECTS_TO: Readonly<Record<string, readonly string[]>> = {
  'CommerceBaseline-stateful-retained': STATEFUL_TYPES,
  [TERMINATION]: STATEFUL_TYPES,
  'CommerceBaseline-key-deletion-window': ['AWS::KMS::Key', 'AWS::KMS::ReplicaKey'],
  'CommerceBaseline-database-backup-retention': ['AWS::RDS::DBCluster'],
};

/** What CDK empties buckets with. */
const EMPTIER = 'Custom::S3AutoDeleteObjectsCustomResourceProvider';

/**
 * Declares that everything in `stack` goes when the stack goes: data with its backups, keys, logs. Whatever protects it
 * against deletion is then given up too, by the same waiver, each on the construct that it is about.
 */
export function declareDisposable(stack: Stack, waiver: Waiver): void {
  const holds = (types: readonly string[] = []): boolean =>
    stack.node.findAll().some((each) => CfnResource.isCfnResource(each) && types.includes(each.cfnResourceType));
  // Who places data in a stack of their own may protect it all the same.
  const isProtected = (rule: string): boolean => rule === TERMINATION && stack.terminationProtection === true;
  if (!keeps(stack, 'stack.retention', waiver, (rule) => holds(OBJECTS_TO[rule]) && !isProtected(rule))) {
    DISPOSALS.set(stack, waiver);
    beforeSynthesis(stack, () => acknowledgeEmptier(stack));
  }
}

function acknowledgeEmptier(stack: Stack): void {
  const emptier = stack.node.tryFindChild(EMPTIER);
  if (emptier !== undefined) {
    acknowledge(emptier, {
      rules: ['CommerceBaseline-function-log-group'],
      because:
        'A function of CDK, which gives it no log group. It runs when a bucket goes, and logs no names of objects.',
    });
  }
}

/** Why what stands where `construct` stands may go with its stack; undefined where it has to stay. */
export function disposalOf(construct: IConstruct): Waiver | undefined {
  return DISPOSALS.get(Stack.of(construct));
}
