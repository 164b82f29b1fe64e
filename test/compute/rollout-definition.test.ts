import { Template } from 'aws-cdk-lib/assertions';
import { StorefrontJob, StorefrontWorker } from '../../lib';
import { createHandler } from '../../lib/compute/handlers/report-rollout-job.handler';
import { image } from '../cases/compute';
import { CloudFormationEndpoint } from '../support/cloudformation';
import { existingNetwork } from '../support/network';
import { foreignStack } from '../support/stack';
import { InterpretedStateMachine, type TaskDouble } from '../support/state-machine';

const TASK_DEFINITION = 'arn:aws:ecs:eu-central-1:111122223333:task-definition/migrations:7';
const TASK = 'arn:aws:ecs:eu-central-1:111122223333:task/shop/0123abcd';

const stack = foreignStack();
const network = existingNetwork(stack);
const migrations = new StorefrontJob(stack, 'Migrations', { network, image });
new StorefrontWorker(stack, 'Worker', { network, image, cluster: migrations.cluster, before: [migrations] });
const stateMachine = new InterpretedStateMachine(Template.fromStack(stack), /Cluster|SecurityGroup|Report/);

class TaskFailed extends Error {
  public override readonly name = 'States.TaskFailed';
}

class AccessDenied extends Error {
  public override readonly name = 'ECS.AccessDeniedException';
}

const stopped = (ExitCode?: number, Reason?: string): object => ({
  TaskArn: TASK,
  LastStatus: 'STOPPED',
  StoppedReason: 'Essential container in task exited',
  Containers: [
    { Name: 'opener', ExitCode: 0 },
    { Name: 'shop', ExitCode, Reason },
  ],
});

const cloudFormation = new CloudFormationEndpoint();
beforeAll(() => cloudFormation.start());
afterAll(() => cloudFormation.stop());
beforeEach(() => {
  cloudFormation.answers.length = 0;
  cloudFormation.status = 200;
});

const environment = { LOG_GROUP: 'migrations-logs', LOG_STREAM_PREFIX: 'task/shop' };
const report = createHandler(environment);

/** Runs the state machine from the template; `run` stands for ECS, and the function that reports is the real one. */
async function execute(run: TaskDouble): Promise<string> {
  const { ResponseURL, StackId, RequestId, LogicalResourceId } = cloudFormation.event({ RequestType: 'Create' }, {});
  const request = { ResponseURL, StackId, RequestId, LogicalResourceId };
  const { status } = await stateMachine.execute(
    { taskDefinition: TASK_DEFINITION, physicalId: 'Done', request },
    {
      Run: run,
      Report: async ({ FunctionName, Payload }) => {
        expect(FunctionName).toBe('Report');
        return { Payload: await report(JSON.parse(JSON.stringify(Payload))) };
      },
    },
  );
  return status;
}

test('runs the task definition of the request, in private subnets, and reports that it succeeded', async () => {
  const asked: Record<string, unknown>[] = [];
  const end = await execute((parameters) => {
    asked.push(parameters);
    return stopped(0);
  });
  expect(end).toBe('succeeded');
  expect(asked).toEqual([
    {
      Cluster: 'Cluster',
      TaskDefinition: TASK_DEFINITION,
      LaunchType: 'FARGATE',
      PlatformVersion: 'LATEST',
      NetworkConfiguration: {
        AwsvpcConfiguration: {
          Subnets: ['subnet-0123456789abcdea0', 'subnet-0123456789abcdea1'],
          SecurityGroups: ['SecurityGroup'],
          AssignPublicIp: 'DISABLED',
        },
      },
    },
  ]);
  expect(cloudFormation.answers).toEqual([expect.objectContaining({ Status: 'SUCCESS', PhysicalResourceId: 'Done' })]);
});

test('fails the deployment, and names the log stream, when the job does', async () => {
  const end = await execute(() => {
    throw new TaskFailed(JSON.stringify(stopped(3)));
  });
  expect(end).toBe('failed');
  expect(cloudFormation.answers).toEqual([
    expect.objectContaining({
      Status: 'FAILED',
      Reason:
        'JobFailed: container shop ended with exit code 3 (Essential container in task exited). ' +
        'What it said is in log group migrations-logs, log stream task/shop/0123abcd',
    }),
  ]);
});

test('fails the deployment when a task ends well that did not do its work', async () => {
  await execute(() => stopped(1));
  await execute(() => stopped(undefined, 'CannotPullContainerError'));
  await execute(() => ({ ...stopped(0), Containers: [] }));
  expect(cloudFormation.answers.map(({ Status, Reason }) => [Status, Reason?.split('. ')[0]])).toEqual([
    ['FAILED', 'JobFailed: container shop ended with exit code 1'],
    ['FAILED', 'JobFailed: container shop did not run (CannotPullContainerError)'],
    ['FAILED', 'JobFailed: no container was run'],
  ]);
});

test('tries again while the rights of its role are on their way, and then runs the job once', async () => {
  let calls = 0;
  const end = await execute(() => {
    calls += 1;
    if (calls < 3) {
      throw new AccessDenied('not authorized to perform: ecs:RunTask');
    }
    return stopped(0);
  });
  expect({ calls, end }).toEqual({ calls: 3, end: 'succeeded' });
});

test('never runs a job again that failed', async () => {
  let calls = 0;
  await execute(() => {
    calls += 1;
    throw new TaskFailed(JSON.stringify(stopped(1)));
  });
  expect(calls).toBe(1);
});

test('fails the deployment when no task could be started', async () => {
  await execute(() => {
    throw Object.assign(new Error('Capacity is unavailable at this time'), { name: 'AmazonECS.Unknown' });
  });
  expect(cloudFormation.answers[0].Reason).toBe(
    'JobFailed: AmazonECS.Unknown (Capacity is unavailable at this time). What it said is in log group migrations-logs',
  );
});

test('tells CloudFormation again when it did not listen', async () => {
  cloudFormation.status = 503;
  const listening = setInterval(() => cloudFormation.answers.length > 1 && (cloudFormation.status = 200), 1);
  const end = await execute(() => stopped(0));
  clearInterval(listening);
  expect(end).toBe('succeeded');
  expect(cloudFormation.answers.length).toBeGreaterThan(1);
});
