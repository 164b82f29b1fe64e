import { Aws, CustomResource, Duration, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { acknowledgeWildcards } from '../core/acknowledge';
import type { IAlertTopics } from '../core/alerts';
import { HandlerFunction } from '../core/handler-function';
import type { ServiceRole } from '../core/service-role';
import { createWorkflow, createWorkflowRole, WORKFLOW_ACTIONS } from '../core/workflow';
import type { INetwork } from '../network/network-ref';
import { rolloutDefinition } from './rollout-definition';
import { SHOP_CONTAINER, STREAM_PREFIX, type StorefrontTask } from './storefront-task';

export interface RolloutGateProps {
  /** What is run. */
  readonly task: StorefrontTask;
  /** Where it runs. */
  readonly network: INetwork;
  /** @default - nobody is told of a job whose end could not be reported */
  readonly alerts?: IAlertTopics;
}

/** CloudFormation waits an hour for a custom resource, and no longer. */
const PATIENCE = Duration.hours(1);

/** What a job may take: the hour, less the time to start it and to report its end. */
const LONGEST_JOB = Duration.minutes(50);

/** What Step Functions calls the rule of its own by which it hears that a task has stopped. */
const OWN_RULE = 'StepFunctionsGetEventsForECSTaskRule';

/**
 * Runs a job while the stack is deployed, whenever its task definition changes, and fails the deployment unless every
 * container of the job ends with exit code 0. A deployment that is rolled back runs nothing.
 *
 * CloudFormation asks a function, which starts a state machine, which runs the task and has a second function answer
 * CloudFormation: no function waits, so a job may take 50 minutes.
 */
export class RolloutGate extends Construct {
  /** Depend on it to wait for the job. */
  public readonly done: CustomResource;

  public constructor(scope: Construct, id: string, props: RolloutGateProps) {
    super(scope, id);
    const report = this.createReport(props);
    const stateMachine = this.createStateMachine(props, report);
    const start = this.createStart(props, stateMachine);
    const { task, network } = props;
    this.done = new CustomResource(this, 'Done', {
      resourceType: 'Custom::JobBeforeRollout',
      serviceToken: start.function.functionArn,
      serviceTimeout: PATIENCE,
      properties: { TaskDefinition: task.taskDefinition.taskDefinitionArn },
    });
    this.done.node.addDependency(network.ready, ...task.startConditions);
  }

  private createReport({ task: { logsKey: key, logGroup }, alerts }: RolloutGateProps): HandlerFunction {
    return new HandlerFunction(this, 'Report', {
      handler: 'report-rollout-job',
      description: 'Tells CloudFormation how a job before a rollout ended',
      key,
      environment: { LOG_GROUP: logGroup.logGroupName, LOG_STREAM_PREFIX: `${STREAM_PREFIX}/${SHOP_CONTAINER}` },
      alerts,
    });
  }

  private createStateMachine({ task, network }: RolloutGateProps, report: HandlerFunction): StateMachine {
    const definition = rolloutDefinition({
      partition: Aws.PARTITION,
      cluster: task.cluster.clusterArn,
      subnets: network.applicationSubnets.map(({ subnetId }) => subnetId),
      securityGroup: task.securityGroup.securityGroupId,
      report: report.function.functionArn,
      timeout: LONGEST_JOB,
    });
    return createWorkflow(this, {
      definition,
      role: this.createRole(task, report),
      logsKey: task.logsKey,
      logsId: 'StateMachineLogs',
    });
  }

  private createRole({ taskDefinition, cluster }: StorefrontTask, report: HandlerFunction): ServiceRole {
    const stack = Stack.of(this);
    const role = createWorkflowRole(this, 'Runs a job before a rollout');
    // Every revision, so that the policy does not change with the job that it has to allow a moment later.
    const revisions = stack.formatArn({
      service: 'ecs',
      resource: 'task-definition',
      resourceName: `${taskDefinition.family}:*`,
    });
    const tasks = stack.formatArn({ service: 'ecs', resource: 'task', resourceName: `${cluster.clusterName}/*` });
    const ownRule = stack.formatArn({ service: 'events', resource: 'rule', resourceName: OWN_RULE });
    const passed = [taskDefinition.taskRole.roleArn, taskDefinition.obtainExecutionRole().roleArn];
    const statements = [
      {
        actions: ['ecs:RunTask'],
        resources: [revisions],
        conditions: { ArnEquals: { 'ecs:cluster': cluster.clusterArn } },
      },
      { actions: ['ecs:DescribeTasks', 'ecs:StopTask'], resources: [tasks] },
      {
        actions: ['iam:PassRole'],
        resources: passed,
        conditions: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
      },
      { actions: ['events:DescribeRule', 'events:PutRule', 'events:PutTargets'], resources: [ownRule] },
    ];
    statements.forEach((statement) => role.addToPrincipalPolicy(new PolicyStatement(statement)));
    report.function.grantInvoke(role);
    acknowledgeWildcards(role, {
      matching: ['*', revisions, tasks, `${report.function.functionArn}:*`],
      actions: WORKFLOW_ACTIONS,
      because:
        'Revisions of one task definition, tasks of one cluster and versions of one function are numbered as they come; ' +
        'log delivery and X-Ray take no resource.',
    });
    return role;
  }

  private createStart(
    { task: { logsKey: key }, alerts }: RolloutGateProps,
    stateMachine: StateMachine,
  ): HandlerFunction {
    const start = new HandlerFunction(this, 'Start', {
      handler: 'start-rollout-job',
      description: 'Starts a job before a rollout',
      key,
      environment: { STATE_MACHINE: stateMachine.stateMachineArn },
      alerts,
    });
    stateMachine.grantStartExecution(start.role);
    start.role.addToPrincipalPolicy(
      new PolicyStatement({ actions: ['cloudformation:DescribeStacks'], resources: [Aws.STACK_ID] }),
    );
    return start;
  }
}
