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
function beforeSynthesis(construct: IConstruct, action: () => unknown): void {
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
   * The wildcards, each as it stands in the resolved policy (`s3:GetObject*`, `<Bucket.Arn>/*`) or as a pattern over
   * that text. Anything not listed stays a finding.
   */
  readonly matching: readonly (string | RegExp)[];
  /** Why they are safe here. */
  readonly because: string;
}

/**
 * Acknowledges wildcards in the managed policies inside `construct`.
 *
 * The id of such a finding holds the resource as it stands in the final template, which is known only once every
 * reference is resolved. So this waits for validation, the last step before the template is written, and takes the text
 * from there; it never guesses a logical id.
 */
export function acknowledgeWildcards(construct: Construct, { matching, because }: AcknowledgedWildcards): void {
  const expected = (text: string): boolean =>
    matching.some((each) => (typeof each === 'string' ? each === text : each.test(text)));
  beforeSynthesis(construct, () => {
    for (const policy of policiesIn(construct)) {
      const findings = wildcardsOf(policy).filter((finding) => expected(finding.slice(finding.indexOf('::') + 2)));
      acknowledge(policy, { rules: findings.map((finding) => `AwsSolutions-IAM5[${finding}]`), because });
    }
  });
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

/** What cdk-nag calls the wildcards of a policy: `Action::s3:Get*`, `Resource::<Bucket.Arn>/*`. */
function wildcardsOf(policy: CfnManagedPolicy): string[] {
  const document = Stack.of(policy).resolve(policy.policyDocument) as { Statement?: ResolvedStatement[] };
  return (document.Statement ?? [])
    .filter((statement) => statement.Effect === 'Allow')
    .flatMap((statement) => [
      ...listOf(statement.Action).map((action) => `Action::${String(action)}`),
      ...listOf(statement.Resource).map((resource) => `Resource::${flattenReference(resource)}`),
    ])
    .filter((finding) => finding.includes('*'));
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value];
}
