import { CfnResource, Stack, Validations } from 'aws-cdk-lib';
import { CfnManagedPolicy } from 'aws-cdk-lib/aws-iam';
import type { Construct, IConstruct } from 'constructs';
import { flattenReference } from './flatten-reference';
import { acknowledgementId, rulesNamed, type Rule } from './rule-packs';

/** A finding that stays, and why it is safe that it stays. */
export interface Acknowledgement {
  /** Rule names as `rulesNamed` takes them, or rules. */
  readonly rules: readonly (string | Rule)[];
  /** Why this is safe here: for a reviewer, not for the author. */
  readonly because: string;
  /**
   * For a finding that depends on what else stands in the stack: evaluated once everything does. No finding, nothing to
   * acknowledge.
   *
   * @default - the finding is there in any case
   */
  readonly unless?: () => boolean;
}

/**
 * Acknowledges findings on `construct` and what is inside it. The one way in the library to do so; it stands beside the
 * line that causes the finding. An acknowledgement that matches nothing is an error of ours, and a test finds it.
 */
export function acknowledge(construct: IConstruct, { rules, because, unless }: Acknowledgement): void {
  const record = (): void => {
    for (const rule of rules.flatMap((each) => (typeof each === 'string' ? rulesNamed(each) : [each]))) {
      Validations.of(construct).acknowledge({ id: acknowledgementId(rule), reason: because });
    }
  };
  if (unless === undefined) {
    record();
  } else {
    beforeSynthesis(construct, () => unless() || record());
  }
}

/** Runs `action` once, when the tree is complete and every reference resolved: in the validation phase. */
export function beforeSynthesis(construct: IConstruct, action: () => unknown): void {
  let pending = true;
  construct.node.addValidation({
    validate: () => {
      if (pending) {
        pending = false;
        action();
      }
      return [];
    },
  });
}

/** Wildcards in the policies of a role that stay, and why. */
export interface AcknowledgedWildcards {
  /**
   * The wildcards: an action or a resource as the statement names it (`s3:GetObject*`, `bucket.arnForObjects('*')`), or
   * a pattern over the text of the resolved policy (`<Bucket.Arn>/*`). Anything not listed stays a finding.
   */
  readonly matching: readonly (string | RegExp)[];
  /**
   * What may be done with a resource that is `*`, everything: the id of that finding names no action, and would excuse
   * whatever is granted on `*` later too. With any other action beside them it stays a finding.
   */
  readonly actions?: readonly string[];
  /** Why they are safe here. */
  readonly because: string;
}

const WILDCARDS = new WeakMap<IConstruct, AcknowledgedWildcards[]>();

/**
 * Acknowledges wildcards in the managed policies inside `construct`.
 *
 * The id of such a finding holds the resource as it stands in the final template, which is known only once every
 * reference is resolved. So this waits for validation, the last step before the template is written, and takes the text
 * from there; it never guesses a logical id.
 */
export function acknowledgeWildcards(construct: Construct, wildcards: AcknowledgedWildcards): void {
  const known = WILDCARDS.get(construct) ?? [];
  WILDCARDS.set(construct, [...known, wildcards]);
  if (known.length === 0) {
    beforeSynthesis(construct, () => policiesIn(construct).forEach(acknowledgeWildcardsOf));
  }
}

/** Judges a policy by everything that was acknowledged on the constructs around it, so that two reasons add up. */
function acknowledgeWildcardsOf(policy: CfnManagedPolicy): void {
  const acknowledged = policy.node.scopes.flatMap((scope) => WILDCARDS.get(scope) ?? []);
  for (const { finding, text, actions } of wildcardsOf(policy)) {
    const matching = acknowledged.filter((each) => each.matching.some((pattern) => matches(pattern, text, policy)));
    const expected = matching.flatMap((each) => each.actions ?? []);
    if (matching.length > 0 && (text !== '*' || actions.every((action) => expected.includes(action)))) {
      const because = [...new Set(matching.map((each) => each.because))].join(' ');
      acknowledge(policy, { rules: [`AwsSolutions-IAM5[${finding}]`], because });
    }
  }
}

function matches(pattern: string | RegExp, text: string, policy: CfnManagedPolicy): boolean {
  return typeof pattern === 'string' ? textOf(pattern, policy) === text : pattern.test(text);
}

function textOf(value: string, policy: CfnManagedPolicy): string {
  return flattenReference(Stack.of(policy).resolve(value));
}

function policiesIn(construct: Construct): CfnManagedPolicy[] {
  return construct.node
    .findAll()
    .filter(
      (child): child is CfnManagedPolicy =>
        CfnResource.isCfnResource(child) && child.cfnResourceType === CfnManagedPolicy.CFN_RESOURCE_TYPE_NAME,
    );
}

interface ResolvedStatement {
  readonly Effect: string;
  readonly Action?: string | string[];
  readonly Resource?: unknown;
}

/** A wildcard as cdk-nag calls it: `Action::s3:Get*`, `Resource::<Bucket.Arn>/*`; and what is allowed with it. */
interface Wildcard {
  readonly finding: string;
  readonly text: string;
  readonly actions: readonly string[];
}

function wildcardsOf(policy: CfnManagedPolicy): Wildcard[] {
  const document = Stack.of(policy).resolve(policy.policyDocument) as { Statement?: ResolvedStatement[] };
  const found = new Map<string, Wildcard>();
  for (const { Effect, Action, Resource } of document.Statement ?? []) {
    const actions = listOf(Action).map(String);
    const named = [
      ...actions.map((action) => ({ finding: `Action::${action}`, text: action })),
      ...listOf(Resource).map((resource) => {
        const text = flattenReference(resource);
        return { finding: `Resource::${text}`, text };
      }),
    ];
    for (const { finding, text } of Effect === 'Allow' ? named.filter((each) => each.text.includes('*')) : []) {
      found.set(finding, { finding, text, actions: [...(found.get(finding)?.actions ?? []), ...actions] });
    }
  }
  return [...found.values()];
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value];
}
