import { isPlainObject, own } from '../template-graph/plain-object';
import type { GuardFinding } from './guard-finding';
import { nameOf } from './settle';

/** What each kind says of the resource. */
const HEADS: Readonly<Record<GuardFinding['kind'], string>> = {
  removed: 'would be removed',
  replaced: 'would be replaced',
  'may-be-replaced': 'may be replaced',
  unretained: 'would not be retained any more',
  unprotected: 'would lose a protection',
};

/** How to go on, for whoever wants the change. */
export const WAY_ON =
  'If this is wanted: npx commerce-baseline guard --update --reason "<why>" --owner <who>, and commit stateful.lock.json with the change.';

/** A finding in one line: what, which property, and its values. */
export function lineOf(finding: GuardFinding): string {
  const { kind, stack, logicalId, type, path } = finding;
  const what =
    logicalId === undefined ? `The stack ${nameOf(stack)}` : `${type} ${logicalId} of ${nameOf(stack)} (${path})`;
  return `${what} ${HEADS[kind]}${changeOf(finding)}.`;
}

function changeOf({ property, was, is, because }: GuardFinding): string {
  if (property === undefined) {
    return '';
  }
  return because === undefined
    ? `: ${property} is ${valueText(is)}, and was ${valueText(was)}`
    : `: ${property} is ${valueText(is)} as before, but ${because}`;
}

/** A finding as a person reads it: the line, and what AWS would do. */
export function paragraphOf(finding: GuardFinding): string {
  return `${lineOf(finding)} ${finding.consequence}`;
}

/** A settled value as it is written in an `Fn::Sub`: `${Key.Arn}`. */
function valueText(value: unknown): string {
  if (value === undefined) {
    return 'not set';
  }
  const reference = referenceText(value);
  const joined = own(value, 'Fn::Join');
  const pieces: unknown = Array.isArray(joined) ? (joined as unknown[])[1] : undefined;
  if (Array.isArray(pieces)) {
    return pieces.map((piece) => (typeof piece === 'string' ? piece : valueText(piece))).join('');
  }
  return Array.isArray(value) ? `[${value.map(valueText).join(', ')}]` : (reference ?? JSON.stringify(value));
}

function referenceText(value: unknown): string | undefined {
  if (!isPlainObject(value)) {
    return undefined;
  }
  const attribute = value['Fn::GetAtt'];
  const named = Array.isArray(attribute) ? attribute.map(String).join('.') : value.Ref;
  const elsewhere = typeof value.Stack === 'string' ? ` of ${nameOf(value.Stack)}` : '';
  return typeof named === 'string' ? `\${${named}}${elsewhere}` : undefined;
}
