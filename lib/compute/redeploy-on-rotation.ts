import { Lazy } from 'aws-cdk-lib';
import type { FargateService } from 'aws-cdk-lib/aws-ecs';
import { Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { IAlertTopics } from '../core/alerts';
import { Problems } from '../core/errors';
import { HandlerFunction } from '../core/handler-function';
import { letAlarmsAndEventsUse } from '../core/key-use';
import { SECRET_ROTATED_DETAIL_TYPE, SECRET_ROTATED_SOURCE } from '../core/secret-rotated';
import { requireWholeArn } from './task-variables';

export interface RedeployOnRotationProps {
  /** What is deployed again. */
  readonly service: FargateService;
  /** Key for the logs and the dead letters. */
  readonly key: IKey;
  /** @default - nobody is told of a redeployment that could not be started */
  readonly alerts?: IAlertTopics;
}

/**
 * Deploys a service again when a secret it read has a new value: ECS hands a secret to a task when the task starts and
 * never again. The old value stays good until the next rotation, so the deployment has time.
 */
export class RedeployOnRotation extends Construct {
  private readonly secretArns = new Set<string>();

  public constructor(scope: Construct, id: string, { service, key, alerts }: RedeployOnRotationProps) {
    super(scope, id);
    const redeploy = new HandlerFunction(this, 'Redeploy', {
      handler: 'redeploy-service',
      description: 'Deploys a service again after one of its secrets was rotated',
      key,
      environment: { CLUSTER: service.cluster.clusterName, SERVICE: service.serviceName },
      alerts,
    });
    redeploy.role.addToPrincipalPolicy(
      new PolicyStatement({ actions: ['ecs:DescribeServices', 'ecs:UpdateService'], resources: [service.serviceArn] }),
    );
    letAlarmsAndEventsUse(key);
    new Rule(this, 'Rule', {
      description: 'A secret that a service reads has a new value',
      eventPattern: {
        source: [SECRET_ROTATED_SOURCE],
        detailType: [SECRET_ROTATED_DETAIL_TYPE],
        detail: { secretArn: Lazy.list({ produce: () => [...this.secretArns] }) },
      },
      targets: [new LambdaFunction(redeploy.function, { deadLetterQueue: redeploy.deadLetters })],
    });
  }

  /**
   * Deploys again when `secret` is rotated.
   *
   * @throws BaselineError `SecretArnIncomplete`
   */
  public watch(secret: ISecret): void {
    const problems = new Problems(`redeployment at ${this.node.path}`);
    requireWholeArn(problems, 'secret', secret);
    problems.throwIfAny();
    this.secretArns.add(secret.secretArn);
  }
}
