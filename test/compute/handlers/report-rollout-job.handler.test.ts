import { createHandler } from '../../../lib/compute/handlers/report-rollout-job.handler';
import { CloudFormationEndpoint } from '../../support/cloudformation';

const cloudFormation = new CloudFormationEndpoint();
beforeAll(() => cloudFormation.start());
afterAll(() => cloudFormation.stop());
beforeEach(() => {
  cloudFormation.answers.length = 0;
  cloudFormation.status = 200;
});

const handler = createHandler({ LOG_GROUP: 'logs', LOG_STREAM_PREFIX: 'task/shop' });

const input = (end: object): object => {
  const { ResponseURL, StackId, RequestId, LogicalResourceId } = cloudFormation.event({ RequestType: 'Create' }, {});
  const request = { ResponseURL, StackId, RequestId, LogicalResourceId };
  return { taskDefinition: 'migrations:7', physicalId: 'Done', request, ...end };
};

const task = {
  TaskArn: 'arn:aws:ecs:eu-central-1:111122223333:task/shop/1',
  Containers: [{ Name: 'shop', ExitCode: 0 }],
};

test('answers once for each time it is called, with the same words', async () => {
  await expect(handler(input({ task }))).resolves.toEqual({ succeeded: true });
  await expect(handler(input({ task }))).resolves.toEqual({ succeeded: true });
  expect(cloudFormation.answers[1]).toEqual(cloudFormation.answers[0]);
});

test('says that a job took too long', async () => {
  await handler(input({ failure: { Error: 'States.Timeout' } }));
  expect(cloudFormation.answers[0].Reason).toBe(
    'JobFailed: the job took too long and was stopped. What it said is in log group logs',
  );
});

test('passes on no more of a cause than CloudFormation takes', async () => {
  await handler(input({ failure: { Error: 'ECS.ServerException', Cause: 'x'.repeat(30_000) } }));
  expect(cloudFormation.answers[0].Reason?.length).toBeLessThan(1200);
});

test.each(['no JSON', '{"Containers":7}', '[]', 'null'])('is not misled by the cause %s', async (Cause) => {
  await expect(handler(input({ failure: { Error: 'States.TaskFailed', Cause } }))).resolves.toEqual({
    succeeded: false,
  });
  expect(cloudFormation.answers[0]).toMatchObject({ Status: 'FAILED' });
});

test('counts a failure as one although the task it describes looks well', async () => {
  const Cause = JSON.stringify(task);
  await handler(input({ failure: { Error: 'States.TaskFailed', Cause } }));
  expect(cloudFormation.answers[0]).toMatchObject({ Status: 'FAILED' });
});

test('fails, so that it is called again, when CloudFormation does not take the answer', async () => {
  cloudFormation.status = 503;
  await expect(handler(input({ task }))).rejects.toThrow('503');
});

test('refuses input of another shape', async () => {
  await expect(handler({ task })).rejects.toThrow();
  expect(cloudFormation.answers).toEqual([]);
});
