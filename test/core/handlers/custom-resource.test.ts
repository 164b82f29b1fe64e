import * as z from 'zod/mini';
import { customResource } from '../../../lib/core/handlers/custom-resource';
import { CloudFormationEndpoint, invocation } from '../../support/cloudformation';

const cloudFormation = new CloudFormationEndpoint();
beforeAll(() => cloudFormation.start());
afterAll(() => cloudFormation.stop());
beforeEach(() => {
  cloudFormation.answers.length = 0;
  cloudFormation.status = 200;
});

const calls: string[] = [];
beforeEach(() => (calls.length = 0));

const handler = customResource({
  properties: z.object({ name: z.string() }),
  create: ({ name }) => {
    calls.push(`create ${name}`);
    return Promise.resolve({ physicalId: name, attributes: { Id: 'one' } });
  },
  update: ({ name }) => {
    calls.push(`update ${name}`);
    return name === 'broken' ? Promise.reject(new TypeError('name is broken')) : Promise.resolve({ physicalId: name });
  },
  delete: (physicalId) => {
    calls.push(`delete ${physicalId}`);
    return Promise.resolve();
  },
});

test('answers a creation with identity and attributes', async () => {
  await handler(cloudFormation.event({ RequestType: 'Create' }, { name: 'orders' }), invocation());
  expect(calls).toEqual(['create orders']);
  expect(cloudFormation.answers).toEqual([
    expect.objectContaining({ Status: 'SUCCESS', PhysicalResourceId: 'orders', Data: { Id: 'one' } }),
  ]);
});

test('answers a failed update with the name and message of the error, and keeps the identity', async () => {
  const event = cloudFormation.event({ RequestType: 'Update', PhysicalResourceId: 'orders' }, { name: 'broken' });
  await handler(event, invocation());
  expect(cloudFormation.answers).toEqual([
    expect.objectContaining({ Status: 'FAILED', PhysicalResourceId: 'orders', Reason: 'TypeError: name is broken' }),
  ]);
});

test('refuses properties of another shape, without calling the handler', async () => {
  await handler(cloudFormation.event({ RequestType: 'Create' }, { nome: 'orders' }), invocation());
  expect(calls).toEqual([]);
  expect(cloudFormation.answers[0]).toMatchObject({
    Status: 'FAILED',
    Reason: expect.stringContaining('name') as string,
  });
});

test('deletes nothing when CloudFormation rolls back a creation that failed', async () => {
  await handler(cloudFormation.event({ RequestType: 'Create' }, {}), invocation());
  const { PhysicalResourceId } = cloudFormation.answers[0];
  await handler(cloudFormation.event({ RequestType: 'Delete', PhysicalResourceId }, {}), invocation());
  expect(calls).toEqual([]);
  expect(cloudFormation.answers[1]).toMatchObject({ Status: 'SUCCESS' });
});

test('deletes by identity, whatever the properties are by now', async () => {
  await handler(cloudFormation.event({ RequestType: 'Delete', PhysicalResourceId: 'orders' }, {}), invocation());
  expect(calls).toEqual(['delete orders']);
});

test('answers before its own time runs out', async () => {
  const slow = customResource({
    properties: z.object({}),
    create: () => new Promise(() => {}),
    update: () => Promise.reject(new Error('not called')),
    delete: () => Promise.resolve(),
  });
  await slow(cloudFormation.event({ RequestType: 'Create' }, {}), invocation(10_050));
  expect(cloudFormation.answers[0]).toMatchObject({
    Status: 'FAILED',
    Reason: expect.stringContaining('OutOfTime') as string,
  });
});

test('fails when CloudFormation refuses the answer, so that Lambda tries again', async () => {
  cloudFormation.status = 503;
  const event = cloudFormation.event({ RequestType: 'Create' }, { name: 'orders' });
  await expect(handler(event, invocation())).rejects.toThrow('503');
});
