import type { GraphResource } from '../template-graph/graph-resource';
import type { GraphStack } from '../template-graph/graph-stack';
import { isPlainObject, own } from '../template-graph/plain-object';
import { resolve } from '../template-graph/resolve';
import type { Hole, Resolved } from '../template-graph/resolved';

/** Deeper than any template nests values; one that leads in a circle ends here. */
const DEEPEST = 60;

/** A resource that a settled value refers to. */
export interface ResourceReference {
  /** Key of its stack, when that is another one than the value's. */
  readonly stack?: string;
  readonly logicalId: string;
}

/** Where a value is read. */
interface Place {
  /** The stack in which it stands. */
  readonly scope: GraphStack;
  /** Key of the stack of the resource that has it. */
  readonly home: string;
  readonly depth: number;
}

/** Account, Region and name of a stack: `111122223333/eu-central-1/acme-production-data`; of a nested one, its id too. */
export function keyOf({ parent, account, region, name }: GraphStack): string {
  return parent === undefined
    ? `${account ?? 'unknown-account'}/${region ?? 'unknown-region'}/${name}`
    : `${keyOf(parent.stack)}/${parent.logicalId}`;
}

/** Name of the stack with this key; of a nested one, with the names of those around it. */
export function nameOf(key: string): string {
  return key.split('/').slice(2).join('/');
}

/**
 * The property of `resource` at `path`, in a form that can be compared between two syntheses: the same for a reference
 * that is strong, weak, or handed to a nested stack. Nothing when CloudFormation sees nothing.
 */
export function settledProperty(resource: GraphResource, path: string): unknown {
  const { resolved } = resource.at();
  const properties = resolved.kind === 'map' ? resolved.entries : {};
  const steps = path.split('.');
  const written = steps.reduce<unknown>(own, properties);
  const { stack } = resource;
  return settleResolved(resource.at(...steps).resolved, written, { scope: stack, home: keyOf(stack), depth: 0 });
}

function settle(raw: unknown, { scope, home, depth }: Place): unknown {
  return depth > DEEPEST ? undefined : settleResolved(resolve(raw, scope), raw, { scope, home, depth: depth + 1 });
}

function settleResolved(value: Resolved, raw: unknown, place: Place): unknown {
  switch (value.kind) {
    case 'absent':
      return undefined;
    case 'plain':
      return value.value;
    case 'list': {
      const items = value.items.map((item) => settle(item, { ...place, scope: value.scope }));
      return items.filter((item) => item !== undefined);
    }
    case 'map':
      return settleEntries(value.entries, { ...place, scope: value.scope });
    case 'text':
      return value.pieces.some((piece) => typeof piece !== 'string' && piece.kind === 'unknown')
        ? settleWritten(raw, place)
        : { 'Fn::Join': ['', value.pieces.map((piece) => settlePiece(piece, raw, place))] };
    default:
      return settlePiece(value, raw, place);
  }
}

function settlePiece(piece: string | Hole, raw: unknown, place: Place): unknown {
  if (typeof piece === 'string') {
    return piece;
  }
  switch (piece.kind) {
    case 'reference': {
      const { resource, attribute } = piece;
      const stack = keyOf(resource.stack);
      const elsewhere = stack === place.home ? {} : { Stack: stack };
      return attribute === 'Ref'
        ? { Ref: resource.logicalId, ...elsewhere }
        : { 'Fn::GetAtt': [resource.logicalId, attribute], ...elsewhere };
    }
    case 'pseudo':
      return { Ref: piece.name };
    case 'dynamic':
      return piece.text;
    case 'unknown':
      return settleWritten(raw, place);
  }
}

function settleEntries(entries: Readonly<Record<string, unknown>>, place: Place): unknown {
  const settled = Object.entries(entries).map(([key, inside]) => [key, settle(inside, place)] as const);
  return Object.fromEntries(settled.filter(([, inside]) => inside !== undefined));
}

/** What the template does not show is compared as it is written, with the condition or the mapping that decides. */
function settleWritten(raw: unknown, place: Place): unknown {
  if (!isPlainObject(raw)) {
    return raw;
  }
  const { conditions, mappings } = place.scope;
  const deciding = (name: string): string | undefined => {
    const argument = own(raw, name);
    return Array.isArray(argument) ? String((argument as unknown[])[0]) : undefined;
  };
  const [condition, mapping] = [deciding('Fn::If'), deciding('Fn::FindInMap')];
  return {
    ...(settleEntries(raw, place) as object),
    ...(condition === undefined ? {} : { Condition: own(conditions, condition) }),
    ...(mapping === undefined ? {} : { Mapping: own(mappings, mapping) }),
  };
}

/** The resources that a settled value refers to. */
export function referencesIn(value: unknown): ResourceReference[] {
  if (Array.isArray(value)) {
    return value.flatMap(referencesIn);
  }
  if (!isPlainObject(value)) {
    return [];
  }
  const stack = typeof value.Stack === 'string' ? value.Stack : undefined;
  const attribute = own(value, 'Fn::GetAtt');
  const logicalId = own(value, 'Ref') ?? (Array.isArray(attribute) ? (attribute as unknown[])[0] : undefined);
  return typeof logicalId === 'string' ? [{ stack, logicalId }] : Object.values(value).flatMap(referencesIn);
}
