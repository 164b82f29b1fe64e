import { Logger } from '@aws-lambda-powertools/logger';
import { DescribeServicesCommand, ECSClient, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import * as z from 'zod/mini';

const RotatedEvent = z.object({
  time: z.iso.datetime(),
  detail: z.object({ secretArn: z.string() }),
});

const Environment = z.object({ CLUSTER: z.string(), SERVICE: z.string() });

/** An event's time has no fractions: a deployment within the same second may have read the old value. */
const SECOND = 1000;

export class ServiceMissing extends Error {
  public override readonly name = 'ServiceMissing';
}

const logger = new Logger();

/** Deploys a service again after a rotation, unless it was deployed since: an event may come twice. */
export function createHandler(ecs: Pick<ECSClient, 'send'>, environment: NodeJS.ProcessEnv = process.env) {
  return async (event: unknown): Promise<void> => {
    const { time, detail } = z.parse(RotatedEvent, event);
    const { CLUSTER: cluster, SERVICE: service } = z.parse(Environment, environment);
    const { services = [] } = await ecs.send(new DescribeServicesCommand({ cluster, services: [service] }));
    if (services[0]?.status !== 'ACTIVE') {
      throw new ServiceMissing(`there is no active service ${service} in cluster ${cluster}`);
    }
    const newest = services[0].deployments?.find(({ status }) => status === 'PRIMARY')?.createdAt?.getTime() ?? 0;
    if (newest >= Date.parse(time) + SECOND) {
      logger.info('Deployed since the rotation', { secretArn: detail.secretArn });
      return;
    }
    await ecs.send(new UpdateServiceCommand({ cluster, service, forceNewDeployment: true }));
    logger.info('Deploying again', { secretArn: detail.secretArn });
  };
}

export const handler = createHandler(new ECSClient());
