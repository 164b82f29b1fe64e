import { Duration, Stack } from 'aws-cdk-lib';
import type { IRepository } from 'aws-cdk-lib/aws-ecr';
import { EventField, Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { SfnStateMachine } from 'aws-cdk-lib/aws-events-targets';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { ContextAttribute, Schedule, ScheduleTargetInput, type ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { StepFunctionsStartExecution } from 'aws-cdk-lib/aws-scheduler-targets';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { IAlertTopics } from '../core/alerts';
import { letAlarmsAndEventsUse } from '../core/key-use';
import { createNotStartedQueue } from '../core/not-started-queue';
import { ServiceRole } from '../core/service-role';

export interface ImagePipelineTriggersProps {
  /** What is started. */
  readonly stateMachine: StateMachine;
  /** When, at any rate. */
  readonly schedule: ScheduleExpression;
  /** Repositories whose next image starts it too. */
  readonly bases: readonly IRepository[];
  /** Key for what could not be started. */
  readonly key: IKey;
  /** @default - nobody is told of a run that could not be started */
  readonly alerts?: IAlertTopics;
}

/** Starts a pipeline by the clock and by its bases; what could not be started is kept, and somebody is told. */
export class ImagePipelineTriggers extends Construct {
  private readonly notStarted: Queue;

  public constructor(scope: Construct, id: string, props: ImagePipelineTriggersProps) {
    super(scope, id);
    letAlarmsAndEventsUse(props.key);
    this.notStarted = createNotStartedQueue(this, {
      key: props.key,
      alerts: props.alerts,
      description:
        'The image of the shop could not be built again for an hour. The message in the dead-letter queue says why; start ' +
        'the state machine by hand.',
    });
    this.startByTheClock(props);
    if (props.bases.length > 0) {
      this.startByBases(props);
    }
  }

  private startByTheClock({ stateMachine, schedule, key }: ImagePipelineTriggersProps): void {
    const role = this.createRole('Role', 'scheduler.amazonaws.com');
    key.grant(role, 'kms:Decrypt', 'kms:GenerateDataKey');
    const target = new StepFunctionsStartExecution(stateMachine, {
      role,
      // The time it was due: a start that is repeated is the same run.
      input: ScheduleTargetInput.fromObject({ id: ContextAttribute.scheduledTime, trigger: 'schedule' }),
      deadLetterQueue: this.notStarted,
      // A run that is late by more than an hour would end outside the window.
      maxEventAge: Duration.hours(1),
      retryAttempts: 10,
    });
    new Schedule(this, 'Weekly', { description: 'Builds the image of the shop again', schedule, target });
  }

  private startByBases({ stateMachine, bases }: ImagePipelineTriggersProps): void {
    const names = bases.map(({ repositoryName }) => repositoryName);
    const rule = (id: string, detailType: string, detail: Record<string, string[]>): Rule =>
      new Rule(this, id, {
        description: 'A base of the image of the shop has a new image',
        eventPattern: {
          source: ['aws.ecr'],
          detailType: [detailType],
          detail: { ...detail, 'repository-name': names },
        },
      });
    const role = this.createRole('BaseRole', 'events.amazonaws.com');
    const target = new SfnStateMachine(stateMachine, {
      role,
      // EventBridge may deliver an event twice: it has one id then.
      input: RuleTargetInput.fromObject({ id: EventField.eventId, trigger: 'base image' }),
      deadLetterQueue: this.notStarted,
      maxEventAge: Duration.hours(1),
      retryAttempts: 10,
    });
    rule('Pushed', 'ECR Image Action', { 'action-type': ['PUSH'], result: ['SUCCESS'] }).addTarget(target);
    rule('PulledThrough', 'ECR Pull Through Cache Action', { 'sync-status': ['SUCCESS'] }).addTarget(target);
  }

  private createRole(id: string, service: string): ServiceRole {
    const assumedBy = new ServicePrincipal(service, {
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
    });
    return new ServiceRole(this, id, { assumedBy, description: 'Starts the pipeline of the image of the shop' });
  }
}
