import { UpdateServiceCommand, type DescribeServicesCommand } from '@aws-sdk/client-ecs';
import { createHandler } from '../../../lib/compute/handlers/redeploy-service.handler';

type Command = DescribeServicesCommand | UpdateServiceCommand;

/** A service as ECS keeps it: each update puts a new deployment in front. */
class Service {
  public readonly updates: UpdateServiceCommand['input'][] = [];
  public status = 'ACTIVE';

  public constructor(
    public now: Date,
    private deployedAt = new Date('2026-11-01T00:00:00Z'),
  ) {}

  public send = (command: Command): Promise<unknown> => {
    if (command instanceof UpdateServiceCommand) {
      this.updates.push(command.input);
      this.deployedAt = this.now;
      return Promise.resolve({});
    }
    const deployments = [
      { status: 'ACTIVE', createdAt: new Date('2026-12-31T00:00:00Z') },
      { status: 'PRIMARY', createdAt: this.deployedAt },
    ];
    return Promise.resolve({ services: [{ status: this.status, deployments }] });
  };
}

const environment = { CLUSTER: 'shop', SERVICE: 'storefront' };
const event = (time = '2026-11-23T10:00:00Z'): object => ({
  time,
  detail: { secretArn: 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:Database-AbCdEf' },
});
const handlerOf = (service: Service): ReturnType<typeof createHandler> => createHandler(service as never, environment);

test('deploys the service again, as it is', async () => {
  const service = new Service(new Date('2026-11-23T10:00:05Z'));
  await handlerOf(service)(event());
  expect(service.updates).toEqual([{ cluster: 'shop', service: 'storefront', forceNewDeployment: true }]);
});

test('does so once when the event comes twice', async () => {
  const service = new Service(new Date('2026-11-23T10:00:05Z'));
  await handlerOf(service)(event());
  await handlerOf(service)(event());
  expect(service.updates).toHaveLength(1);
});

test('does so again after the next rotation', async () => {
  const service = new Service(new Date('2026-11-23T10:00:05Z'));
  await handlerOf(service)(event());
  await handlerOf(service)(event('2026-11-23T10:00:06Z'));
  expect(service.updates).toHaveLength(2);
});

test('does not trust a deployment of the same second, which may have read the old value', async () => {
  const service = new Service(new Date('2026-11-23T10:00:05Z'), new Date('2026-11-23T10:00:00.900Z'));
  await handlerOf(service)(event());
  expect(service.updates).toHaveLength(1);
});

test('fails, so that somebody is told, when there is no such service', async () => {
  const service = new Service(new Date());
  service.status = 'INACTIVE';
  await expect(handlerOf(service)(event())).rejects.toThrow('there is no active service storefront in cluster shop');
});

test('refuses an event of another shape', async () => {
  const service = new Service(new Date());
  await expect(handlerOf(service)({ time: 'now', detail: {} })).rejects.toThrow();
  expect(service.updates).toEqual([]);
});
