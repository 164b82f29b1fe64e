import { Logger } from '@aws-lambda-powertools/logger';
import { DescribeDBInstancesCommand, ModifyDBInstanceCommand, type RDSClient } from '@aws-sdk/client-rds';
import { type SSMClient } from '@aws-sdk/client-ssm';
import * as z from 'zod/mini';
import { askCalendar } from './ask-calendar';

const Environment = z.object({ CALENDAR: z.string(), CLUSTER: z.string() });

/** A cluster without instances has nothing that could be held. */
export class InstancesMissing extends Error {
  public override readonly name = 'InstancesMissing';
}

const logger = new Logger();

/**
 * Makes the instances of a cluster agree with the calendar: closed, one of them takes no minor versions, and Aurora then
 * upgrades none; open, all take them. It changes what differs and nothing else, so it may run at any time and twice.
 */
export function createHandler(
  { ssm, rds }: { readonly ssm: Pick<SSMClient, 'send'>; readonly rds: Pick<RDSClient, 'send'> },
  environment: NodeJS.ProcessEnv = process.env,
) {
  return async (): Promise<void> => {
    const { CALENDAR, CLUSTER } = z.parse(Environment, environment);
    const { mayChange, nextTransition } = await askCalendar(ssm, CALENDAR);
    // A cluster has sixteen instances at most: one page.
    const { DBInstances = [] } = await rds.send(
      new DescribeDBInstancesCommand({ Filters: [{ Name: 'db-cluster-id', Values: [CLUSTER] }] }),
    );
    const instances = DBInstances.toSorted((one, other) =>
      (one.DBInstanceIdentifier ?? '').localeCompare(other.DBInstanceIdentifier ?? ''),
    );
    if (instances.length === 0) {
      throw new InstancesMissing(`the cluster ${CLUSTER} has no instances`);
    }
    for (const [index, { DBInstanceIdentifier, AutoMinorVersionUpgrade: takes }] of instances.entries()) {
      // One is enough, and it is always the same: whatever was held is let go again.
      const shouldTake = mayChange || index > 0;
      if (takes !== shouldTake) {
        await rds.send(new ModifyDBInstanceCommand({ DBInstanceIdentifier, AutoMinorVersionUpgrade: shouldTake }));
        logger.info(shouldTake ? 'Takes minor versions' : 'Held', { DBInstanceIdentifier, nextTransition });
      }
    }
  };
}
