import { type Template } from 'aws-cdk-lib/assertions';
import { type StorefrontRequest } from '../../lib';

/**
 * A small AWS WAF: evaluates the rules of a web ACL as they stand in the template. Written from AWS's documentation and
 * without a line of the library, so that it can disagree with it. Rule groups of AWS's and rate-based rules never match
 * here; the requests they are asked about are told instead.
 */
export interface Verdict {
  /** Labels the request carries at the end, those of rule groups included. */
  readonly labels: readonly string[];
  /** Names of the rules that looked at the request: matched it, counted it, or asked a rule group about it. */
  readonly rules: readonly string[];
  /** Status with which the request was refused. */
  readonly refused?: number;
}

export interface Circumstances {
  readonly country?: string;
  /** Labels that rule groups of AWS's put on the request, by the name of the rule that asks the group. */
  readonly groupLabels?: Readonly<Record<string, readonly string[]>>;
  /** What NORMALIZE_PATH does with climbing above the root; AWS's documentation can be read either way. */
  readonly climbing?: 'kept' | 'dropped';
}

interface Statement {
  readonly AndStatement?: { readonly Statements: Statement[] };
  readonly OrStatement?: { readonly Statements: Statement[] };
  readonly NotStatement?: { readonly Statement: Statement };
  readonly ByteMatchStatement?: FieldMatch & { readonly SearchString: string; readonly PositionalConstraint: string };
  readonly RegexMatchStatement?: FieldMatch & { readonly RegexString: string };
  readonly LabelMatchStatement?: { readonly Scope: string; readonly Key: string };
  readonly GeoMatchStatement?: { readonly CountryCodes: string[] };
  readonly RateBasedStatement?: { readonly ScopeDownStatement?: Statement };
  readonly ManagedRuleGroupStatement?: {
    readonly ScopeDownStatement?: Statement;
    readonly RuleActionOverrides?: readonly object[];
    readonly ManagedRuleGroupConfigs?: readonly object[];
  };
}

interface FieldMatch {
  readonly FieldToMatch: Readonly<Record<string, unknown>>;
  readonly TextTransformations: readonly { readonly Priority: number; readonly Type: string }[];
}

/** A rule of a web ACL as it stands in the template. */
export interface Rule {
  readonly Name: string;
  readonly Priority: number;
  readonly Statement: Statement;
  readonly RuleLabels?: readonly { readonly Name: string }[];
  readonly Action?: { readonly Block?: { readonly CustomResponse?: { readonly ResponseCode: number } } };
  readonly OverrideAction?: object;
}

/** The rules of the only web ACL in a template, in the order of their priority. */
export function rulesOf(template: Template): Rule[] {
  const [webAcl] = Object.values(template.findResources('AWS::WAFv2::WebACL')) as { Properties: { Rules: Rule[] } }[];
  return [...(webAcl?.Properties.Rules ?? [])].sort((one, other) => one.Priority - other.Priority);
}

/** What the rules make of a request. */
export function evaluate(rules: readonly Rule[], request: StorefrontRequest, around: Circumstances = {}): Verdict {
  const labels: string[] = [];
  const looked: string[] = [];
  for (const { Name, Statement, RuleLabels = [], Action } of rules) {
    if (!holds(Statement, request, labels, around)) {
      continue;
    }
    looked.push(Name);
    labels.push(...RuleLabels.map((label) => label.Name), ...(around.groupLabels?.[Name] ?? []));
    const isDecidedHere = !('RateBasedStatement' in Statement) && !('ManagedRuleGroupStatement' in Statement);
    if (isDecidedHere && Action?.Block !== undefined) {
      return { labels, rules: looked, refused: Action.Block.CustomResponse?.ResponseCode ?? 403 };
    }
  }
  return { labels, rules: looked };
}

function holds(
  statement: Statement,
  request: StorefrontRequest,
  labels: readonly string[],
  around: Circumstances,
): boolean {
  const nested = (each: Statement): boolean => holds(each, request, labels, around);
  const { AndStatement, OrStatement, NotStatement, ByteMatchStatement, RegexMatchStatement } = statement;
  const { LabelMatchStatement, GeoMatchStatement, RateBasedStatement, ManagedRuleGroupStatement } = statement;
  if (AndStatement) return AndStatement.Statements.every(nested);
  if (OrStatement) return OrStatement.Statements.some(nested);
  if (NotStatement) return !nested(NotStatement.Statement);
  if (ByteMatchStatement) {
    expectExact(ByteMatchStatement.PositionalConstraint);
    return fieldOf(ByteMatchStatement, request, around) === ByteMatchStatement.SearchString;
  }
  if (RegexMatchStatement) return pcre(RegexMatchStatement.RegexString, fieldOf(RegexMatchStatement, request, around));
  if (LabelMatchStatement) return labels.includes(LabelMatchStatement.Key);
  if (GeoMatchStatement) return GeoMatchStatement.CountryCodes.includes(around.country ?? 'PH');
  const scope = (RateBasedStatement ?? ManagedRuleGroupStatement)?.ScopeDownStatement;
  if (RateBasedStatement ?? ManagedRuleGroupStatement) return scope === undefined || nested(scope);
  throw new Error(`This AWS WAF does not know ${Object.keys(statement).join(', ')}.`);
}

function fieldOf(
  { FieldToMatch, TextTransformations }: FieldMatch,
  request: StorefrontRequest,
  around: Circumstances,
): string {
  const fields: Readonly<Record<string, string>> = {
    Method: request.method,
    UriPath: request.path,
    QueryString: request.query ?? '',
  };
  const [name = ''] = Object.keys(FieldToMatch);
  const value = fields[name];
  if (value === undefined) {
    throw new Error(`This AWS WAF does not know the field ${name}.`);
  }
  return [...TextTransformations]
    .sort((one, other) => one.Priority - other.Priority)
    .reduce((text, { Type }) => transform(Type, text, around), Buffer.from(value).toString('latin1'));
}

function transform(type: string, text: string, { climbing = 'kept' }: Circumstances): string {
  switch (type) {
    case 'NONE':
      return text;
    case 'LOWERCASE':
      return text.toLowerCase();
    case 'URL_DECODE':
      return text.replace(/%[0-9A-Fa-f]{2}/g, (escape) => String.fromCharCode(Number(`0x${escape.slice(1)}`)));
    case 'NORMALIZE_PATH':
      return normalise(text, climbing);
    default:
      throw new Error(`This AWS WAF does not know the transformation ${type}.`);
  }
}

/** By rewriting, as ModSecurity documents the transformation of that name; the library walks segments. */
function normalise(path: string, climbing: 'kept' | 'dropped'): string {
  let before: string;
  let after = path;
  do {
    before = after;
    after = before
      .replace(/\/{2,}/g, '/')
      .replace(/\/\.(?=\/|$)/, '')
      .replace(/\/(?!\.\.(?:\/|$))[^/]+\/\.\.(?=\/|$)/, '');
  } while (after !== before);
  return climbing === 'dropped' ? after.replace(/^(?:\/\.\.)+(?=\/|$)/, '') : after;
}

/** PCRE, as far as the library uses it: `(?i)` in front, and `$` also before a line feed at the end. */
function pcre(expression: string, text: string): boolean {
  const anyCase = expression.startsWith('(?i)');
  const source = (anyCase ? expression.slice(4) : expression).replace(/\$/g, '(?=\\n?$)');
  return new RegExp(source, anyCase ? 'i' : '').test(text);
}

function expectExact(constraint: string): void {
  if (constraint !== 'EXACTLY') {
    throw new Error(`This AWS WAF does not know the position ${constraint}.`);
  }
}
