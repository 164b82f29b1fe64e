import { CrossStackReferences, ReferenceStrength, Stack, type Environment } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { declareDisposable } from '../core/disposal';
import { Problems } from '../core/errors';
import { belongsTo, type StoreIdentity } from '../core/identity';
import { tagStore } from '../core/tags';
import type { Waiver } from '../core/waiver';
import { requireStaging } from './staging-choices';

/** Which store a stack belongs to, and where it goes. */
export interface StoreStackProps {
  /** The store. */
  readonly identity: StoreIdentity;

  /** The name that people know the store by. */
  readonly displayName: string;

  /** Account and Region. */
  readonly env: Environment;

  /**
   * Why everything in it may go when the stack goes: data with its backups, keys, logs. In staging alone.
   *
   * @default - what holds data stays
   */
  readonly disposable?: Waiver;
}

/** What one kind of stack is for. */
interface StackRole {
  /** Last part of its name: `foundation`. */
  readonly role: string;
  /** What it holds, for whoever finds it in the console. */
  readonly description: string;
  /** Whether it holds something that would be missed: it is then protected against deletion by one call. */
  readonly stateful: boolean;
}

/**
 * A stack of a store: named after it, tagged with it, protected against deletion where it holds state. A hidden base
 * class: jsii folds it into the stacks.
 *
 * @internal
 */
export abstract class StoreStack extends Stack {
  /** The store. */
  public readonly identity: StoreIdentity;

  public constructor(scope: Construct, id: string, props: StoreStackProps, kind: StackRole) {
    const { identity, displayName, env, disposable } = props;
    super(scope, id, {
      env,
      stackName: `${identity.id}-${identity.environment}-${kind.role}`,
      description: `${displayName}: ${kind.description} (cdk-commerce-baseline)`,
      terminationProtection: kind.stateful && disposable === undefined,
      analyticsReporting: false,
    });
    // Whatever the app prefers: an export protects its consumers, and a store is the same in every app.
    CrossStackReferences.of(this).consume(ReferenceStrength.STRONG);
    this.identity = identity;
    belongsTo(this, identity);
    tagStore(this, identity);
    if (disposable !== undefined) {
      this.refuseInProduction(identity);
      declareDisposable(this, disposable);
    }
  }
  private refuseInProduction({ environment }: StoreIdentity): void {
    const problems = new Problems(`${this.constructor.name} ${this.node.path}`);
    requireStaging(problems, environment, { disposable: true });
    problems.throwIfAny();
  }
}
