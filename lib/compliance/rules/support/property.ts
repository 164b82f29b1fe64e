import { type ResourceRule } from '../../rule';
import { type Value } from '../../template-graph/value';
import { unless } from '../../verdict';

/** Content where the property at `path` is as it should be; otherwise objects because of `why`. */
export function property(
  path: readonly string[],
  isRight: (value: Value) => boolean,
  why: string,
): ResourceRule['judge'] {
  return (resource) => {
    const value = resource.at(...path);
    return unless(isRight(value), why, value);
  };
}

export const isTrue = (value: Value): boolean => value.isTrue;
/** True, or left to a default that is. */
export const isNotFalse = (value: Value): boolean => !value.is(false);
export const isPresent = (value: Value): boolean => value.isPresent;
export const isOneOf =
  (...expected: readonly string[]) =>
  (value: Value): boolean =>
    value.isOneOf(...expected);

/** A key of KMS that is the account's own: not one that AWS manages, which nobody can take away from anybody. */
export const isOwnKey = (value: Value): boolean => value.isPresent && !/^alias\/aws\//.test(value.text ?? '');
