import { Aws, Duration, Stack, type CfnResource } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { EventField, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { AccountRootPrincipal, AnyPrincipal, Effect, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { addAlarm, addAlertRule, type IAlertTopics } from '../core/alerts';
import { disposalOf } from '../core/disposal';
import { removalPolicyOf, retain } from '../core/stateful';
import { DataClass, tagDataClass } from '../core/tags';

/** What a `DataKey` is for and who may end it. */
export interface DataKeyProps {
  /** The kind of data the key protects. */
  readonly dataClass: DataClass;

  /**
   * ARNs of the IAM roles or users that may disable the key or schedule its deletion. `*` may stand for a part.
   *
   * @default - nobody but CloudFormation, and CloudFormation only when a first deployment is rolled back
   */
  readonly administrators?: string[];

  /**
   * Who is told when somebody disables the key, schedules its deletion or changes its policy. The events reach
   * EventBridge only in an account with a CloudTrail trail of management events.
   *
   * @default - nobody
   */
  readonly alerts?: IAlertTopics;
}

/** Days KMS waits before it deletes a key: the longest it offers, so that a mistake can be noticed. */
const DELETION_WINDOW = Duration.days(30);

/** The shortest it offers: where nothing has to be kept, nobody will want a key back. */
const SHORTEST_DELETION_WINDOW = Duration.days(7);

/** In a key policy, `*` is the key itself. */
const THIS_KEY = ['*'];

/** The calls by which a key stops protecting, or stops being ours. */
const TAMPERING = ['DisableKey', 'DisableKeyRotation', 'ScheduleKeyDeletion', 'PutKeyPolicy'];

/**
 * A customer-managed KMS key for one kind of data: rotated every year, retained, deleted only after 30 days.
 *
 * Its policy has three parts. *Administration* is left to the account's IAM policies, so that a lost role never locks
 * anybody out. *Use* is left to them too, but only through an AWS service (a bucket, a database, a secret): nobody
 * decrypts by calling KMS, except with the `APPLICATION` key, whose callers are the shop's own code; and grants, by which
 * a database goes on using the key when nobody calls, are given to services of AWS alone. Disabling and
 * deletion are *denied* to everyone but the named administrators and CloudFormation's execution role. Services that act
 * on their own, such as CloudWatch Logs, are added by the constructs that need them.
 *
 * Costs about 1 USD a month; the first two yearly rotations add 1 USD a month each. The `APPLICATION` key is
 * multi-Region, which can never be changed later.
 */
export class DataKey extends Key {
  /** The kind of data the key protects. */
  public readonly dataClass: DataClass;

  public constructor(scope: Construct, id: string, props: DataKeyProps) {
    const direct = props.dataClass === DataClass.APPLICATION;
    super(scope, id, {
      description: `Protects ${props.dataClass}`,
      enableKeyRotation: true,
      rotationPeriod: Duration.days(365),
      pendingWindow: deletionWindow(scope),
      multiRegion: direct,
      removalPolicy: removalPolicyOf(scope),
      policy: keyPolicy(Stack.of(scope), direct, props.administrators ?? []),
    });
    this.dataClass = props.dataClass;
    retain(this, this.node.defaultChild as CfnResource, 'Key');
    tagDataClass(this, props.dataClass);
    if (props.alerts !== undefined) {
      this.alertOnTampering(props.alerts);
    }
  }

  /**
   * Tells `alerts` when the key is disabled, scheduled for deletion or given another policy: an event that says who did
   * it, and an alarm. For a key that has to exist before the topics it encrypts; otherwise give `alerts` in the props.
   */
  public alertOnTampering(alerts: IAlertTopics): void {
    const rule = addAlertRule(this, 'TamperRule', alerts, {
      urgency: 'notice',
      description: `The key for ${this.dataClass} is disabled, scheduled for deletion or given another policy. The message says by whom`,
      eventPattern: {
        source: ['aws.kms'],
        detailType: ['AWS API Call via CloudTrail'],
        detail: { eventName: TAMPERING, resources: { ARN: [this.keyArn] } },
      },
      message: RuleTargetInput.fromText(
        `${EventField.fromPath('$.detail.eventName')} on the key for ${this.dataClass}, ` +
          `by ${EventField.fromPath('$.detail.userIdentity.arn')} at ${EventField.fromPath('$.detail.eventTime')}.`,
      ),
    });
    addAlarm(this, 'TamperAlarm', alerts, {
      urgency: 'urgent',
      metric: new Metric({
        namespace: 'AWS/Events',
        metricName: 'MatchedEvents',
        dimensionsMap: { RuleName: rule.ruleName },
        statistic: 'sum',
        period: Duration.minutes(5),
      }),
      threshold: 1,
      evaluationPeriods: 1,
      description:
        `The key for ${this.dataClass} was disabled, scheduled for deletion or given another policy. Find out in ` +
        'CloudTrail who did it; cancel the deletion or enable the key again before data becomes unreadable.',
    });
  }
}

/** How long KMS waits before it deletes a key that stands where `construct` stands. */
export function deletionWindow(construct: Construct): Duration {
  return disposalOf(construct) === undefined ? DELETION_WINDOW : SHORTEST_DELETION_WINDOW;
}

/** The policy of a key that `stack` creates. Also the policy of a replica: replicas have one of their own. */
export function keyPolicy(stack: Stack, direct: boolean, administrators: readonly string[]): PolicyDocument {
  return new PolicyDocument({
    statements: [
      administration(direct),
      use(stack, direct),
      ...(direct ? [] : [grants(stack)]),
      denial(stack, administrators),
    ],
  });
}

/** Everything about the key but its use, for those whose IAM policies allow it. */
function administration(multiRegion: boolean): PolicyStatement {
  return new PolicyStatement({
    sid: 'Administration',
    principals: [new AccountRootPrincipal()],
    actions: [
      'kms:CancelKeyDeletion',
      'kms:CreateAlias',
      'kms:DeleteAlias',
      'kms:DescribeKey',
      'kms:DisableKey',
      'kms:DisableKeyRotation',
      'kms:EnableKey',
      'kms:EnableKeyRotation',
      'kms:GetKeyPolicy',
      'kms:GetKeyRotationStatus',
      'kms:ListGrants',
      'kms:ListKeyPolicies',
      'kms:ListKeyRotations',
      'kms:ListResourceTags',
      'kms:PutKeyPolicy',
      'kms:RevokeGrant',
      'kms:RotateKeyOnDemand',
      'kms:ScheduleKeyDeletion',
      'kms:TagResource',
      'kms:UntagResource',
      'kms:UpdateAlias',
      'kms:UpdateKeyDescription',
      ...(multiRegion ? ['kms:ReplicateKey', 'kms:UpdatePrimaryRegion'] : []),
    ],
    resources: THIS_KEY,
  });
}

/** Use by whoever has an IAM grant; through an AWS service of this Region unless the key is the application's own. */
function use({ account, region }: Stack, direct: boolean): PolicyStatement {
  return new PolicyStatement({
    sid: 'Use',
    principals: [new AccountRootPrincipal()],
    actions: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
    resources: THIS_KEY,
    conditions: { StringEquals: { 'kms:CallerAccount': account }, ...(direct ? {} : viaService(region)) },
  });
}

/** What lets a database or a function go on using the key when nobody calls: only a service of AWS is given that. */
function grants({ account, region }: Stack): PolicyStatement {
  return new PolicyStatement({
    sid: 'Grants',
    principals: [new AccountRootPrincipal()],
    actions: ['kms:CreateGrant'],
    resources: THIS_KEY,
    conditions: {
      StringEquals: { 'kms:CallerAccount': account },
      Bool: { 'kms:GrantIsForAWSResource': 'true' },
      ...viaService(region),
    },
  });
}

/** The call comes from a service of `region`, on behalf of whoever called that. */
function viaService(region: string): Record<string, Record<string, string>> {
  return { StringLike: { 'kms:ViaService': `*.${region}.${Aws.URL_SUFFIX}` } };
}

/**
 * Never covers `PutKeyPolicy`, so that losing every administrator is survivable, nor CloudFormation, which has to
 * delete the key again when the first deployment fails.
 */
function denial({ account }: Stack, administrators: readonly string[]): PolicyStatement {
  const deployment = `arn:${Aws.PARTITION}:iam::${account}:role/cdk-*-cfn-exec-role-*`;
  return new PolicyStatement({
    sid: 'NoDeletion',
    effect: Effect.DENY,
    principals: [new AnyPrincipal()],
    actions: ['kms:DeleteImportedKeyMaterial', 'kms:DisableKey', 'kms:ScheduleKeyDeletion'],
    resources: THIS_KEY,
    conditions: {
      ArnNotLike: { 'aws:PrincipalArn': [deployment, ...administrators] },
      'ForAllValues:StringNotEquals': { 'aws:CalledVia': ['cloudformation.amazonaws.com'] },
    },
  });
}
