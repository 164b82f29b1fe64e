/**
 * Decides as IAM does, for the statements this library writes: an explicit denial wins; a service or a named principal is
 * allowed by the resource's policy alone; the account's root in a resource policy delegates to identity policies.
 */
export interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: '*' | Readonly<Record<string, string | string[]>>;
  readonly Action: string | string[];
  readonly Resource?: string | string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | string[]>>>>;
}

/** Somebody calls an action on a resource. */
export interface Call {
  /** ARN of the role or user, or the name of a service. */
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  /** Condition keys of the request, besides `aws:PrincipalArn`. */
  readonly context?: Readonly<Record<string, string | string[]>>;
  /** Policies of the caller. */
  readonly identity?: readonly Statement[];
}

/** Account, Region and partition that stand for the tokens of a template. */
export const ACCOUNT = '111122223333';
export const REGION = 'eu-central-1';

/** Whether `call` is allowed on a resource with the policy `resourcePolicy`. */
export function isAllowed(call: Call, resourcePolicy: readonly Statement[]): boolean {
  const identity = (call.identity ?? []).filter((statement) => covers(statement, call));
  const resource = resourcePolicy.filter((statement) => covers({ ...statement, Resource: undefined }, call));
  const own = resource.filter((statement) => names(statement, call.principal));
  const delegated = resource.some((statement) => names(statement, rootOf(call.principal)));
  if ([...identity, ...own].some(({ Effect }) => Effect === 'Deny')) {
    return false;
  }
  const allowedByIdentity = identity.some(({ Effect }) => Effect === 'Allow');
  return own.some(({ Effect }) => Effect === 'Allow') || (delegated && allowedByIdentity);
}

function rootOf(principal: string): string {
  return principal.startsWith('arn:') ? `arn:aws:iam::${principal.split(':')[4] ?? ''}:root` : '';
}

function names({ Principal }: Statement, principal: string): boolean {
  if (Principal === undefined || principal === '') {
    return false;
  }
  return (
    Principal === '*' ||
    Object.values(Principal)
      .flat()
      .some((each) => each === '*' || each === principal)
  );
}

function covers(
  { Action, Resource, Condition = {} }: Statement,
  { principal, action, resource, context }: Call,
): boolean {
  const request = { 'aws:PrincipalArn': principal, ...context };
  return (
    listOf(Action).some((pattern) => like(pattern, action)) &&
    (Resource === undefined || listOf(Resource).some((pattern) => like(pattern, resource))) &&
    Object.entries(Condition).every(([operator, keys]) =>
      Object.entries(keys).every(([key, expected]) => holds(operator, valueOf(request, key), listOf(expected))),
    )
  );
}

function valueOf(request: Readonly<Record<string, string | string[]>>, key: string): readonly string[] | undefined {
  const value = request[key];
  return value === undefined ? undefined : listOf(value);
}

function holds(operator: string, actual: readonly string[] | undefined, expected: readonly string[]): boolean {
  const matchesAny = (value: string): boolean => expected.some((pattern) => like(pattern, value));
  switch (operator) {
    case 'StringEquals':
    case 'Bool':
      return actual?.some((value) => expected.includes(value)) ?? false;
    case 'StringLike':
    case 'ArnLike':
    case 'ArnEquals':
      return actual?.some(matchesAny) ?? false;
    case 'StringNotEquals':
    case 'ArnNotLike':
      return !(actual?.some(matchesAny) ?? false);
    case 'Null':
      return (actual === undefined) === (expected[0] === 'true');
    case 'ForAllValues:StringNotEquals':
      return (actual ?? []).every((value) => !expected.includes(value));
    default:
      throw new Error(`The evaluator does not know the operator ${operator}.`);
  }
}

function like(pattern: string, value: string): boolean {
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/\?/g, '.');
  return new RegExp(`^${expression}$`).test(value);
}

function listOf(value: string | readonly string[]): readonly string[] {
  return typeof value === 'string' ? [value] : value;
}

const PSEUDO_PARAMETERS: Readonly<Record<string, string>> = {
  'AWS::Partition': 'aws',
  'AWS::AccountId': ACCOUNT,
  'AWS::Region': REGION,
  'AWS::URLSuffix': 'amazonaws.com',
};

/** A template value with intrinsic functions replaced by text; the ARN of the resource `Key` becomes `arn:Key`. */
export function concrete<T>(value: unknown): T {
  return replace(value) as T;
}

function replace(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(replace);
  }
  if (value === null || typeof value !== 'object') {
    return value;
  }
  const node = value as Record<string, unknown>;
  if (typeof node.Ref === 'string') {
    return PSEUDO_PARAMETERS[node.Ref] ?? `ref:${node.Ref}`;
  }
  if (node['Fn::GetAtt'] !== undefined) {
    const [resource, attribute] = node['Fn::GetAtt'] as [string, string];
    return attribute === 'Arn' ? `arn:${resource}` : `${resource}.${attribute}`;
  }
  if (node['Fn::Join'] !== undefined) {
    const [delimiter, parts] = node['Fn::Join'] as [string, unknown[]];
    return parts.map((part) => String(replace(part))).join(delimiter);
  }
  return Object.fromEntries(Object.entries(node).map(([key, inner]) => [key, replace(inner)]));
}
