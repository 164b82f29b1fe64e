import { ExecutionAlreadyExists, type StartExecutionCommand } from '@aws-sdk/client-sfn';
import { type CloudFormationCustomResourceEvent } from 'aws-lambda';
import { createHandler } from '../../../lib/compute/handlers/start-rollout-job.handler';
import { CloudFormationEndpoint, invocation } from '../../support/cloudformation';

const STATE_MACHINE = 'arn:aws:states:eu-central-1:111122223333:stateMachine:rollout';
const properties = { TaskDefinition: 'arn:aws:ecs:eu-central-1:111122223333:task-definition/migrations:7' };

const cloudFormation = new CloudFormationEndpoint();
beforeAll(() => cloudFormation.start());
afterAll(() => cloudFormation.stop());

const started: StartExecutionCommand['input'][] = [];
let stackStatus = 'UPDATE_IN_PROGRESS';
let startFails: Error | undefined;

beforeEach(() => {
  cloudFormation.answers.length = 0;
  started.length = 0;
  stackStatus = 'UPDATE_IN_PROGRESS';
  startFails = undefined;
});

const handler = createHandler(
  {
    send: ({ input }: StartExecutionCommand) => {
      started.push(input);
      return startFails === undefined ? Promise.resolve({}) : Promise.reject(startFails);
    },
  } as never,
  { send: () => Promise.resolve({ Stacks: [{ StackStatus: stackStatus }] }) } as never,
  { STATE_MACHINE },
);

const update = (): CloudFormationCustomResourceEvent =>
  cloudFormation.event({ RequestType: 'Update', PhysicalResourceId: 'Done' }, properties);

test('starts one execution for a request, named after it, and leaves the answer to that', async () => {
  await handler(cloudFormation.event({ RequestType: 'Create' }, properties), invocation());
  expect(started).toEqual([{ stateMachineArn: STATE_MACHINE, name: 'request-1', input: expect.any(String) as string }]);
  expect(JSON.parse(started[0].input ?? '')).toMatchObject({
    taskDefinition: properties.TaskDefinition,
    physicalId: 'Resource',
    request: { RequestId: 'request-1', LogicalResourceId: 'Resource' },
  });
  expect(cloudFormation.answers).toEqual([]);
});

test('hands the same input over when the request comes twice', async () => {
  await handler(update(), invocation());
  await handler(update(), invocation());
  expect(started[1]).toEqual(started[0]);
});

test('is content when the execution of the request has ended already', async () => {
  startFails = new ExecutionAlreadyExists({ message: 'exists', $metadata: {} });
  await handler(update(), invocation());
  expect(cloudFormation.answers).toEqual([]);
});

test('fails the deployment when the job cannot be started', async () => {
  startFails = Object.assign(new Error('not authorized'), { name: 'AccessDeniedException' });
  await handler(update(), invocation());
  expect(cloudFormation.answers).toEqual([
    expect.objectContaining({ Status: 'FAILED', Reason: 'AccessDeniedException: not authorized' }),
  ]);
});

test('keeps the identity of the resource on an update, so that nothing is deleted', async () => {
  await handler(update(), invocation());
  expect(JSON.parse(started[0].input ?? '')).toMatchObject({ physicalId: 'Done' });
});

test('runs nothing while the stack is rolled back', async () => {
  stackStatus = 'UPDATE_ROLLBACK_IN_PROGRESS';
  await handler(update(), invocation());
  expect(started).toEqual([]);
  expect(cloudFormation.answers).toEqual([expect.objectContaining({ Status: 'SUCCESS', PhysicalResourceId: 'Done' })]);
});

test('runs nothing on a deletion', async () => {
  await handler(cloudFormation.event({ RequestType: 'Delete', PhysicalResourceId: 'Done' }, properties), invocation());
  expect(started).toEqual([]);
  expect(cloudFormation.answers).toEqual([expect.objectContaining({ Status: 'SUCCESS' })]);
});

test('refuses a request without a task definition', async () => {
  await handler(cloudFormation.event({ RequestType: 'Create' }, {}), invocation());
  expect(started).toEqual([]);
  expect(cloudFormation.answers[0]).toMatchObject({
    Status: 'FAILED',
    Reason: expect.stringContaining('TaskDefinition') as string,
  });
});
