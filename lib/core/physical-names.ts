import { createHash } from 'node:crypto';
import { Stack, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { identityOf } from './identity';

/** Why a resource has a fixed name although CloudFormation could make one up, and how to get away from it again. */
interface PhysicalName {
  /** What AWS demands in front. */
  readonly prefix?: string;
  /** Longest name AWS accepts, in characters. */
  readonly maxLength: number;
  /** Why the name cannot be left to CloudFormation. */
  readonly reason: string;
  /** What to do when a resource of that name is in the way. */
  readonly wayBack: string;
}

/**
 * Every kind of resource that this library names. Anything else is named by CloudFormation, because a fixed name makes
 * replacement fail and a leftover block the next deployment.
 */
const PHYSICAL_NAMES = {} as const satisfies Record<string, PhysicalName>;

/** A kind of resource that has a fixed name. */
export type NamedResource = keyof typeof PHYSICAL_NAMES;

/** Longest generated part that precedes prefix and generation: `<id 16>-<environment 10>-<digest 8>`. */
const DIGEST_LENGTH = 8;

/**
 * The physical name of a resource that `owner` creates: `acme-production-1a2b3c4d`, from the second generation on
 * `acme-production-1a2b3c4d-g2`. The digest is taken from where `owner` stands in its stack, so that two of a kind in
 * one store differ and neither moves when the stack is wrapped in a Stage. Outside a store, the stack's name takes the
 * place of id and environment.
 *
 * @param generation raised by one to create a second resource beside a retained first one
 */
export function physicalName(owner: Construct, kind: NamedResource, generation = 1): string {
  const { prefix = '', maxLength } = PHYSICAL_NAMES[kind] as PhysicalName;
  const digest = createHash('sha256').update(positionOf(owner)).digest('hex').slice(0, DIGEST_LENGTH);
  const ending = `-${digest}${generation > 1 ? `-g${generation}` : ''}`;
  const room = maxLength - prefix.length - ending.length;
  return `${prefix}${whoseOf(owner).slice(0, room).replace(/-+$/, '')}${ending}`;
}

/** The table, for the documentation and the test that holds it. */
export function physicalNames(): Readonly<Record<string, PhysicalName>> {
  return PHYSICAL_NAMES;
}

/** Stack id and path inside the stack; not the Stage around it. */
function positionOf(owner: Construct): string {
  const scopes = owner.node.scopes;
  return scopes
    .slice(scopes.indexOf(Stack.of(owner)))
    .map((scope) => scope.node.id)
    .join('/');
}

function whoseOf(owner: Construct): string {
  const identity = identityOf(owner);
  if (identity !== undefined) {
    return `${identity.id}-${identity.environment}`;
  }
  const { stackName, node } = Stack.of(owner);
  const name = Token.isUnresolved(stackName) ? node.id : stackName;
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, 's-');
}
