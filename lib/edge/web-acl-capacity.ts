import type { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { capacityOfGroup } from './managed-rule-groups';

/**
 * Web ACL capacity units, as AWS WAF counts them: https://docs.aws.amazon.com/waf/latest/developerguide, the page of
 * each kind of statement, read in November 2026.
 */
const EXACT_MATCH = 2;
const REGEX_MATCH = 3;
const TRANSFORMATION = 10;
const LABEL_OR_COUNTRY = 1;
const RATE_LIMIT = 2;
const RATE_LIMIT_KEY = 30;
const LABELS_FOR_ONE_UNIT = 5;

/** A web ACL with more units than this costs more for each request. */
export const CAPACITY_IN_BASE_PRICE = 1500;

/** USD for a million requests, for each further step of capacity: as others quote AWS's price list, not read at AWS. */
const SURCHARGE = 0.2;
const SURCHARGE_STEP = 500;

/** AWS refuses a web ACL with more units than this. */
export const HIGHEST_CAPACITY = 5000;

/** A statement as this library writes it: without tokens in place of structure. */
interface Plain {
  readonly byteMatchStatement?: Transformed;
  readonly regexMatchStatement?: Transformed;
  readonly labelMatchStatement?: object;
  readonly geoMatchStatement?: object;
  readonly andStatement?: { readonly statements: Plain[] };
  readonly orStatement?: { readonly statements: Plain[] };
  readonly notStatement?: { readonly statement: Plain };
  readonly rateBasedStatement?: { readonly customKeys?: unknown[]; readonly scopeDownStatement?: Plain };
  readonly managedRuleGroupStatement?: { readonly name: string; readonly scopeDownStatement?: Plain };
}

interface Transformed {
  readonly textTransformations: readonly { readonly type: string }[];
}

/**
 * The most capacity that `rules` need. AWS may count less: it charges a transformation that several rules apply to the
 * same part of a request only once where it can.
 */
export function capacityOf(rules: readonly CfnWebACL.RuleProperty[]): number {
  const labels = rules.flatMap(({ ruleLabels }) => ruleLabels ?? []).length;
  const statements = rules.map(({ statement }) => unitsOf(statement as Plain));
  return sum(statements) + Math.ceil(labels / LABELS_FOR_ONE_UNIT);
}

/** What a web ACL of this capacity costs more for a million requests than one within the base price, in USD. */
export function surchargeFor(capacity: number): number {
  return SURCHARGE * Math.max(0, Math.ceil((capacity - CAPACITY_IN_BASE_PRICE) / SURCHARGE_STEP));
}

function unitsOf(statement: Plain): number {
  const { byteMatchStatement, regexMatchStatement, rateBasedStatement, managedRuleGroupStatement } = statement;
  const nested = [
    ...(statement.andStatement?.statements ?? []),
    ...(statement.orStatement?.statements ?? []),
    ...(statement.notStatement === undefined ? [] : [statement.notStatement.statement]),
    ...(rateBasedStatement?.scopeDownStatement === undefined ? [] : [rateBasedStatement.scopeDownStatement]),
    ...(managedRuleGroupStatement?.scopeDownStatement === undefined
      ? []
      : [managedRuleGroupStatement.scopeDownStatement]),
  ];
  return sum([
    byteMatchStatement === undefined ? 0 : EXACT_MATCH + transformationsOf(byteMatchStatement),
    regexMatchStatement === undefined ? 0 : REGEX_MATCH + transformationsOf(regexMatchStatement),
    statement.labelMatchStatement === undefined ? 0 : LABEL_OR_COUNTRY,
    statement.geoMatchStatement === undefined ? 0 : LABEL_OR_COUNTRY,
    rateBasedStatement === undefined ? 0 : RATE_LIMIT + RATE_LIMIT_KEY * (rateBasedStatement.customKeys ?? []).length,
    managedRuleGroupStatement === undefined ? 0 : capacityOfGroup(managedRuleGroupStatement.name),
    ...nested.map(unitsOf),
  ]);
}

function transformationsOf({ textTransformations }: Transformed): number {
  return TRANSFORMATION * textTransformations.filter(({ type }) => type !== 'NONE').length;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
