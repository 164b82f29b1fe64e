import { CustomResource, Duration, Stack } from 'aws-cdk-lib';
import { EventField, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnPermission } from 'aws-cdk-lib/aws-lambda';
import { CfnRotationSchedule, type ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { addAlertRule, type IAlertTopics } from '../core/alerts';
import type { Problems } from '../core/errors';
import type { HandlerFunction } from '../core/handler-function';
import { SECRET_ROTATED_DETAIL_TYPE, SECRET_ROTATED_SOURCE } from '../core/secret-rotated';
import { pinLogicalId } from '../core/stateful';
import { readableSecret } from './readable-secret';
import { sharedHandler } from './shared-handler';

/** Which secret is rotated, by what, how often. */
export interface SecretRotationProps {
  /** The secret, as it was made. */
  readonly secret: ISecret;
  /** Key of the secret. */
  readonly key: IKey;
  /** A function made with `rotationHandler` (handlers/rotation.ts). One may rotate several secrets. */
  readonly handler: HandlerFunction;
  /** How long a value is used: whole days. */
  readonly every: Duration;
  /** @default - nobody is told of a rotation that failed */
  readonly alerts?: IAlertTopics;
}

/** The longest interval that Secrets Manager takes, in days. */
const LONGEST_INTERVAL = 1000;

/** How long a deployment waits: the most a function has. Four steps take a minute or two, a repeated one more. */
const FIRST_ROTATION = Duration.minutes(15);

/**
 * Has Secrets Manager rotate a secret, at once and then regularly, and lets nobody read it before the first rotation has
 * finished: what refers to `secret` of this construct is created afterwards. So a rotation that cannot work fails the
 * deployment instead of the shop a month later, and a value that only the rotation completes is complete.
 *
 * The function may read, replace and announce this secret (core/secret-rotated.ts), nothing else.
 */
export class SecretRotation extends Construct {
  /** The secret. What refers to it is created once it has been rotated. */
  public readonly secret: ISecret;

  public constructor(scope: Construct, id: string, props: SecretRotationProps) {
    super(scope, id);
    this.letRotate(props);
    const schedule = this.createSchedule(props);
    this.secret = this.createFirstRotation(schedule, props);
    this.watch(props);
  }

  private letRotate({ secret, key, handler: { role } }: SecretRotationProps): void {
    const { account, region, partition } = Stack.of(this);
    key.grant(role, 'kms:Decrypt', 'kms:GenerateDataKey');
    role.addToPrincipalPolicy(
      new PolicyStatement({
        actions: [
          'secretsmanager:DescribeSecret',
          'secretsmanager:GetSecretValue',
          'secretsmanager:PutSecretValue',
          'secretsmanager:UpdateSecretVersionStage',
        ],
        resources: [secret.secretArn],
      }),
    );
    role.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['events:PutEvents'],
        resources: [`arn:${partition}:events:${region}:${account}:event-bus/default`],
        conditions: {
          StringEquals: { 'events:source': SECRET_ROTATED_SOURCE, 'events:detail-type': SECRET_ROTATED_DETAIL_TYPE },
        },
      }),
    );
  }

  private createSchedule({ secret, handler, every }: SecretRotationProps): CfnRotationSchedule {
    const permission = new CfnPermission(this, 'Permission', {
      action: 'lambda:InvokeFunction',
      functionName: handler.function.functionArn,
      principal: 'secretsmanager.amazonaws.com',
      sourceAccount: Stack.of(this).account,
      sourceArn: secret.secretArn,
    });
    const schedule = new CfnRotationSchedule(this, 'Schedule', {
      secretId: secret.secretArn,
      rotationLambdaArn: handler.function.functionArn,
      rotationRules: { automaticallyAfterDays: every.toDays() },
      rotateImmediatelyOnUpdate: true,
    });
    // A schedule under a new id is made first, then the old one is deleted, and with it the rotation of the secret:
    // https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/1813
    pinLogicalId(this, schedule, 'Schedule');
    schedule.node.addDependency(permission, handler);
    return schedule;
  }

  private createFirstRotation(schedule: CfnRotationSchedule, { secret, key }: SecretRotationProps): ISecret {
    const waiting = sharedHandler(this, 'FirstRotation', {
      handler: 'await-first-rotation',
      description: 'Holds a deployment until new secrets have been rotated once',
      key,
      timeout: FIRST_ROTATION,
    });
    waiting.role.addToPrincipalPolicy(
      new PolicyStatement({ actions: ['secretsmanager:DescribeSecret'], resources: [secret.secretArn] }),
    );
    const first = new CustomResource(this, 'First', {
      serviceToken: waiting.function.functionArn,
      serviceTimeout: FIRST_ROTATION,
      resourceType: 'Custom::FirstRotation',
      properties: { SecretId: secret.secretArn },
    });
    first.node.addDependency(schedule, waiting);
    return readableSecret(this, 'Secret', first.getAttString('SecretArn'), key);
  }

  private watch({ secret, alerts }: SecretRotationProps): void {
    if (alerts === undefined) {
      return;
    }
    addAlertRule(this, 'FailedRule', alerts, {
      urgency: 'notice',
      description: 'A secret could not be rotated; its present value stays good. Read the log of its rotation function',
      eventPattern: {
        source: ['aws.secretsmanager'],
        detailType: ['AWS Service Event via CloudTrail'],
        detail: { eventName: ['RotationFailed'], additionalEventData: { SecretId: [secret.secretArn] } },
      },
      message: RuleTargetInput.fromText(
        `The secret ${secret.secretArn} could not be rotated at ${EventField.fromPath('$.detail.eventTime')}. Its ` +
          'present value stays good. Read the log of its rotation function, mend the cause and rotate it by hand.',
      ),
    });
  }
}

/** Refuses an interval that Secrets Manager would refuse at deployment. */
export function requireInterval(problems: Problems, property: string, every: Duration): void {
  const days = every.toDays({ integral: false });
  problems.require(Number.isInteger(days) && days >= 1 && days <= LONGEST_INTERVAL, {
    code: 'RotationIntervalOutOfRange',
    property,
    value: every.toHumanString(),
    bound: `be a whole number of days from 1 to ${LONGEST_INTERVAL}`,
    remedy: 'Write Duration.days(90), for example.',
  });
}
