import { type GraphStack } from './graph-stack';
import { isPlainObject, own } from './plain-object';
import { resolve } from './resolve';

const DEEPEST = 60;

/** Whether a condition holds with the defaults of the parameters; nothing when a deployment decides that. */
export function conditionHolds(raw: unknown, scope: GraphStack, depth = 0): boolean | undefined {
  const [name, ...others] = isPlainObject(raw) ? Object.keys(raw) : [];
  if (name === undefined || others.length > 0 || depth > DEEPEST) {
    return undefined;
  }
  const argument = own(raw, name);
  const parts = Array.isArray(argument) ? (argument as unknown[]) : [];
  const holds = (part: unknown): boolean | undefined => conditionHolds(part, scope, depth + 1);
  switch (name) {
    case 'Condition':
      return typeof argument === 'string' ? holds(own(scope.conditions, argument)) : holds(argument);
    case 'Fn::Equals': {
      const [left, right] = parts.map((part) => resolve(part, scope, depth + 1));
      return left?.kind === 'plain' && right?.kind === 'plain' ? String(left.value) === String(right.value) : undefined;
    }
    case 'Fn::Not': {
      const inner = holds(parts[0]);
      return inner === undefined ? undefined : !inner;
    }
    case 'Fn::And': {
      const all = parts.map(holds);
      return all.includes(false) ? false : all.includes(undefined) ? undefined : true;
    }
    case 'Fn::Or': {
      const all = parts.map(holds);
      return all.includes(true) ? true : all.includes(undefined) ? undefined : false;
    }
    default:
      return undefined;
  }
}
