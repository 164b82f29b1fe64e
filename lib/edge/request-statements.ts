import type { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { rootedExpression, type RequestMatcher } from '../application/request-matcher';

type Statement = CfnWebACL.StatementProperty;

/** Longest regular expression AWS WAF takes, and a number of branches that stays clear of its unpublished limit. */
const LONGEST_EXPRESSION = 512;
const MOST_BRANCHES = 20;

/** Letters match in either case; the flag costs nothing where the transformation LOWERCASE would cost 10 units. */
const ANY_CASE = '(?i)';

/**
 * The statement of a web ACL that matches what any of `matchers` matches, for the least capacity: paths that share
 * methods and parameters become one regular expression, so that the two transformations of the path, the dearest part,
 * are paid once.
 */
export function requestStatement(matchers: readonly RequestMatcher[]): Statement {
  const groups = new Map<string, RequestMatcher[]>();
  for (const matcher of matchers) {
    const key = JSON.stringify([matcher._methods, matcher._parameters]);
    groups.set(key, [...(groups.get(key) ?? []), matcher]);
  }
  return anyOf([...groups.values()].flatMap((group) => chunksOf(group).map(groupStatement)));
}

/** True when any of the statements is. */
export function anyOf(statements: Statement[]): Statement {
  const [only] = statements;
  return statements.length === 1 && only !== undefined ? only : { orStatement: { statements } };
}

/** True when all of the statements are. */
export function allOf(statements: Statement[]): Statement {
  const [only] = statements;
  return statements.length === 1 && only !== undefined ? only : { andStatement: { statements } };
}

/** True when the statement is not. */
export function not(statement: Statement): Statement {
  return { notStatement: { statement } };
}

/** The paths as one regular expression over the path a browser sends, for rule groups that take no statements. */
export function pathExpressionOf(matchers: readonly RequestMatcher[]): string {
  return `${ANY_CASE}${rootedExpression(matchers)}`;
}

function groupStatement(group: readonly RequestMatcher[]): Statement {
  const { _methods: methods = [], _parameters: parameters = [] } = group[0] ?? {};
  // A path that may be any is not worth its price; but a statement has to say something.
  const anywhere = parameters.length > 0 && group.some(({ _anywhere }) => _anywhere);
  return allOf([
    ...(methods.length > 0 ? [methodStatement(methods)] : []),
    ...(anywhere ? [] : [matches({ uriPath: {} }, pathExpressionOf(group), ['URL_DECODE', 'NORMALIZE_PATH'])]),
    ...parameters.map((parameter) => matches({ queryString: {} }, `${ANY_CASE}${parameter}`, ['URL_DECODE'])),
  ]);
}

function methodStatement(methods: readonly string[]): Statement {
  const [only] = methods;
  if (methods.length > 1) {
    return matches({ method: {} }, `^(?:${methods.join('|')})$`, ['NONE']);
  }
  return {
    byteMatchStatement: {
      fieldToMatch: { method: {} },
      positionalConstraint: 'EXACTLY',
      searchString: only,
      textTransformations: [{ priority: 0, type: 'NONE' }],
    },
  };
}

function matches(
  fieldToMatch: CfnWebACL.FieldToMatchProperty,
  regexString: string,
  transformations: readonly string[],
): Statement {
  const textTransformations = transformations.map((type, priority) => ({ priority, type }));
  return { regexMatchStatement: { fieldToMatch, regexString, textTransformations } };
}

function chunksOf(group: readonly RequestMatcher[]): RequestMatcher[][] {
  const chunks: RequestMatcher[][] = [];
  for (const matcher of group) {
    const last = chunks.at(-1);
    if (last !== undefined && fits([...last, matcher])) {
      last.push(matcher);
    } else {
      chunks.push([matcher]);
    }
  }
  return chunks;
}

function fits(group: readonly RequestMatcher[]): boolean {
  return group.length <= MOST_BRANCHES && pathExpressionOf(group).length <= LONGEST_EXPRESSION;
}
