import { customResource } from '../../../lib/core/handlers/custom-resource';
import { firewallEndpoints, type Attachment } from '../../../lib/network/handlers/firewall-endpoints';
import { CloudFormationEndpoint, invocation } from '../../support/cloudformation';

const cloudFormation = new CloudFormationEndpoint();
beforeAll(() => cloudFormation.start());
afterAll(() => cloudFormation.stop());
beforeEach(() => (cloudFormation.answers.length = 0));

const FIREWALL = 'arn:aws:network-firewall:eu-central-1:111122223333:firewall/shop';
const properties = { FirewallArn: FIREWALL, SubnetIds: ['subnet-1', 'subnet-2'] };

const ready = (zone: number): Attachment => ({
  SubnetId: `subnet-${zone}`,
  EndpointId: `vpce-${zone}`,
  Status: 'READY',
});

/** Runs the handler against a firewall that is in one state after the other, the last one for ever. */
async function run(states: readonly (readonly Attachment[])[], type: 'Create' | 'Update' = 'Create'): Promise<number> {
  let waited = 0;
  const handler = customResource(
    firewallEndpoints({
      attachmentsOf: () => Promise.resolve(states[Math.min(waited, states.length - 1)]),
      wait: () => Promise.resolve(void waited++),
    }),
  );
  const request = type === 'Create' ? { RequestType: type } : { RequestType: type, PhysicalResourceId: 'old' };
  await handler(cloudFormation.event(request, properties), invocation());
  return waited;
}

test('answers with the endpoint of each subnet, in the order of the subnets and not of the firewall', async () => {
  await run([[ready(2), ready(1)]]);
  expect(cloudFormation.answers).toEqual([
    expect.objectContaining({
      Status: 'SUCCESS',
      PhysicalResourceId: `${FIREWALL}/endpoints`,
      Data: { EndpointId1: 'vpce-1', EndpointId2: 'vpce-2' },
    }),
  ]);
});

test('answers an update with the endpoints that are there now, under the same identity', async () => {
  await run([[ready(1), { ...ready(2), EndpointId: 'vpce-new' }]], 'Update');
  expect(cloudFormation.answers[0]).toMatchObject({
    PhysicalResourceId: `${FIREWALL}/endpoints`,
    Data: { EndpointId2: 'vpce-new' },
  });
});

test('waits until every endpoint takes traffic', async () => {
  const creating = { ...ready(2), Status: 'CREATING' };
  expect(await run([[], [ready(1)], [ready(1), creating], [ready(1), ready(2)]])).toBe(3);
  expect(cloudFormation.answers[0].Status).toBe('SUCCESS');
});

test('waits for an endpoint that is ready but has no id yet', async () => {
  const nameless = { SubnetId: 'subnet-2', Status: 'READY' };
  expect(
    await run([
      [ready(1), nameless],
      [ready(1), ready(2)],
    ]),
  ).toBe(1);
});

test.each(['FAILED', 'ERROR', 'DELETING'])('gives up at once when an endpoint is %s', async (Status) => {
  expect(await run([[ready(1), { ...ready(2), Status }]])).toBe(0);
  expect(cloudFormation.answers[0]).toMatchObject({
    Status: 'FAILED',
    Reason: `EndpointFailed: the endpoint in subnet-2 is ${Status}`,
  });
});

test('ignores endpoints in subnets it was not asked for', async () => {
  await run([[ready(3), ready(1), ready(2), { ...ready(4), Status: 'FAILED' }]]);
  expect(cloudFormation.answers[0].Data).toEqual({ EndpointId1: 'vpce-1', EndpointId2: 'vpce-2' });
});

test('gives up when the endpoints never come up, before its own time runs out', async () => {
  expect(await run([[]])).toBe(54);
  expect(cloudFormation.answers[0]).toMatchObject({
    Status: 'FAILED',
    Reason: 'EndpointFailed: an endpoint takes no traffic after nine minutes: see the firewall in the VPC console',
  });
});
