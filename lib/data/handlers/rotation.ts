import { Logger } from '@aws-lambda-powertools/logger';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod/mini';
import { secretRotatedEntry } from '../../core/secret-rotated';
import { RotationError, SecretVersions } from './secret-versions';

/**
 * How one kind of secret is rotated. Secrets Manager may repeat any step and stop between any two, so each must be safe
 * to run again with the same values. The value in use stays good throughout: `set` makes the new one valid *beside* it.
 */
export interface SecretRotation<Value> {
  /** How the value stands in the secret: `PLAIN_TEXT`, or `json` of a shape. */
  readonly format: SecretFormat<Value>;
  /** Makes the next value. What it returned first is kept, whatever happens later. */
  create(current: Value | undefined, secretId: string): Promise<Value>;
  /** Makes `pending` valid where it is used, without ending `current`. */
  set(pending: Value, current: Value | undefined, secretId: string): Promise<void>;
  /** Throws unless `pending` works. Only afterwards readers of the secret get it. */
  test(pending: Value, secretId: string): Promise<void>;
}

/** How a value is read from a secret and written to it. */
export interface SecretFormat<Value> {
  /** Throws `RotationError` on text of another shape. */
  read(text: string): Value;
  write(value: Value): string;
}

/** The whole text of the secret is the value. */
export const PLAIN_TEXT: SecretFormat<string> = { read: (text) => text, write: (value) => value };

/** The secret holds JSON of the shape `schema`. Keys that it does not name are dropped. */
export function json<Value>(schema: z.ZodMiniType<Value>): SecretFormat<Value> {
  return { read: (text) => readJson(schema, text), write: (value) => JSON.stringify(value) };
}

/** The AWS clients that a rotation uses. */
export interface RotationClients {
  readonly secrets: SecretsManagerClient;
  readonly events: EventBridgeClient;
}

const RotationEvent = z.object({
  Step: z.enum(['createSecret', 'setSecret', 'testSecret', 'finishSecret']),
  SecretId: z.string().check(z.minLength(1)),
  ClientRequestToken: z.string().check(z.minLength(1)),
  RotationToken: z.optional(z.string()),
});

const logger = new Logger();

/**
 * Turns `rotation` into the function that Secrets Manager calls for each step. It refuses an event of another shape and
 * a version that is not the one being rotated to; the last step makes that version current and puts the event of
 * `core/secret-rotated.ts` on the default bus.
 *
 * Once the version is current, a repeated step does nothing, except that the last one announces again: the first
 * announcement may not have got out.
 */
export function rotationHandler<Value>(
  rotation: SecretRotation<Value>,
  clients: RotationClients = { secrets: new SecretsManagerClient(), events: new EventBridgeClient() },
) {
  return async (input: unknown): Promise<void> => {
    const { Step, ...target } = z.parse(RotationEvent, input);
    const { SecretId, ClientRequestToken } = target;
    const versions = new SecretVersions(clients.secrets, target);
    if (!(await versions.isFinished())) {
      await STEPS[Step](rotation, versions, SecretId);
    }
    if (Step === 'finishSecret') {
      await announce(clients.events, SecretId);
    }
    logger.info('Done', { Step, SecretId, ClientRequestToken });
  };
}

type Step = <Value>(rotation: SecretRotation<Value>, versions: SecretVersions, secretId: string) => Promise<void>;

const STEPS: Readonly<Record<z.infer<typeof RotationEvent>['Step'], Step>> = {
  async createSecret(rotation, versions, secretId) {
    if ((await versions.pending()) === undefined) {
      const next = await rotation.create(await currentOf(rotation, versions), secretId);
      await versions.write(rotation.format.write(next));
    }
  },
  async setSecret(rotation, versions, secretId) {
    const pending = rotation.format.read(await versions.writtenPending());
    await rotation.set(pending, await currentOf(rotation, versions), secretId);
  },
  async testSecret(rotation, versions, secretId) {
    await rotation.test(rotation.format.read(await versions.writtenPending()), secretId);
  },
  finishSecret: (_, versions) => versions.makeCurrent(),
};

async function currentOf<Value>(
  { format }: SecretRotation<Value>,
  versions: SecretVersions,
): Promise<Value | undefined> {
  const text = await versions.current();
  return text === undefined ? undefined : format.read(text);
}

/** Says on the default bus that a secret has a new value. */
export async function announce(events: EventBridgeClient, secretId: string): Promise<void> {
  const { FailedEntryCount, Entries } = await events.send(
    new PutEventsCommand({ Entries: [secretRotatedEntry(secretId)] }),
  );
  if (FailedEntryCount !== 0) {
    throw new RotationError('NotAnnounced', `EventBridge refused the event: ${Entries?.[0]?.ErrorCode}`);
  }
}

/** zod's own message would be safe, a JSON parser's is not: it quotes the text. */
function readJson<Value>(schema: z.ZodMiniType<Value>, text: string): Value {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new RotationError('ValueMalformed', 'the secret does not hold JSON');
  }
  const result = z.safeParse(schema, value);
  if (!result.success) {
    const keys = result.error.issues.map(({ path, code }) => `${path.join('.')} (${code})`).join(', ');
    throw new RotationError('ValueMalformed', `the secret does not hold what it should: ${keys}`);
  }
  return result.data;
}
