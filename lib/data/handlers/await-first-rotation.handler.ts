import { setTimeout as pause } from 'node:timers/promises';
import {
  DescribeSecretCommand,
  SecretsManagerClient,
  SecretsManagerServiceException,
} from '@aws-sdk/client-secrets-manager';
import * as z from 'zod/mini';
import { customResource, type ResourceHandler, type ResourceResult } from '../../core/handlers/custom-resource';

const Properties = z.object({ SecretId: z.string().check(z.minLength(1)) });
type Properties = z.infer<typeof Properties>;

/** How often it looks and when it gives up, in milliseconds. */
interface Patience {
  readonly every: number;
  readonly atMost: number;
}

/** A minute less than the function has, so that the deployment hears the reason. */
const PATIENCE: Patience = { every: 5_000, atMost: 14 * 60_000 };

/** The secret was not rotated in time. */
class RotationUnfinished extends Error {
  public override readonly name = 'RotationUnfinished';
}

/** Succeeds once the secret has been rotated, and hands its ARN on to whoever waits for that. */
export function firstRotation(client: SecretsManagerClient, patience = PATIENCE): ResourceHandler<Properties> {
  const rotated = async ({ SecretId }: Properties): Promise<ResourceResult> => {
    await untilRotated(client, SecretId, patience);
    return { physicalId: SecretId, attributes: { SecretArn: SecretId } };
  };
  return { properties: Properties, create: rotated, update: rotated, delete: () => Promise.resolve() };
}

async function untilRotated(
  client: SecretsManagerClient,
  secretId: string,
  { every, atMost }: Patience,
): Promise<void> {
  const deadline = performance.now() + atMost;
  while (!(await isRotated(client, secretId))) {
    if (performance.now() + every > deadline) {
      throw new RotationUnfinished(
        `${secretId} was not rotated within ${atMost / 60_000} minutes. Read the log of its rotation function.`,
      );
    }
    await pause(every);
  }
}

/** A value took the place of another one, or is the first of a secret that was made without; none is on its way. */
async function isRotated(client: SecretsManagerClient, SecretId: string): Promise<boolean> {
  try {
    const { VersionIdsToStages = {}, LastRotatedDate } = await client.send(new DescribeSecretCommand({ SecretId }));
    const stages = Object.values(VersionIdsToStages);
    const pending = stages.some((labels) => labels.includes('AWSPENDING') && !labels.includes('AWSCURRENT'));
    const replaced = stages.some((labels) => labels.includes('AWSPREVIOUS'));
    return !pending && (replaced || LastRotatedDate !== undefined);
  } catch (error) {
    // The permission was attached a moment ago, and IAM takes a while to know it everywhere.
    if (error instanceof SecretsManagerServiceException && error.name === 'AccessDeniedException') {
      return false;
    }
    throw error;
  }
}

export const handler = customResource(firstRotation(new SecretsManagerClient()));
