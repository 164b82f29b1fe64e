import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceNotFoundException,
} from '@aws-sdk/client-secrets-manager';
import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import * as z from 'zod/mini';
import type { ResourceHandler, ResourceResult } from '../../core/handlers/custom-resource';
import { alternatingUsers, EVERY_PRIVILEGES, isLoginName } from '../login-name';
import {
  DatabaseError,
  type DatabaseServer,
  type DatabaseTarget,
  type DeclaredUser,
  type MasterSession,
} from './database-server';
import { complete, LoginSecret, type EngineName } from './login-secret';
import { announce, json, type RotationClients } from './rotation';

const Properties = z.object({
  Host: z.string(),
  ReaderHost: z.string(),
  Port: z.coerce.number(),
  DatabaseName: z.string().check(z.regex(/^[a-z][a-z0-9_]*$/)),
  MasterSecretArn: z.string(),
  AttributeSuffix: z.string(),
  Logins: z.array(
    z.object({
      Name: z.string().check(z.refine(isLoginName, 'not a name for a login')),
      Privileges: z.enum(EVERY_PRIVILEGES),
      /** The secret of a login with a rotated password. Any other logs in by IAM. */
      SecretArn: z.optional(z.string()),
    }),
  ),
});
type Properties = z.infer<typeof Properties>;
type Login = Properties['Logins'][number];

/** Reaches the server at `target` as the master user whose secret is given. */
export type ServerAt = (target: DatabaseTarget, masterSecretArn: string) => DatabaseServer;

/** There is one set of logins for a database, and deleting an old one must not lock out the new one. */
const PHYSICAL_ID = 'database-logins';

/** Keeps the logins of a database as the constructs declare them. */
export function databaseRoles(
  engine: EngineName,
  serverAt: ServerAt,
  clients: RotationClients,
): ResourceHandler<Properties> {
  const declare = async (properties: Properties): Promise<ResourceResult> => {
    const { MasterSecretArn, Logins, AttributeSuffix: suffix } = properties;
    const target = targetOf(properties);
    const server = serverAt(target, MasterSecretArn);
    await server.asMaster(async (master) => {
      await master.declare(Logins.flatMap(usersOf));
      for (const login of Logins) {
        await keepPassword(login, { engine, target, server, master, clients });
      }
    });
    const attributes = { [`WriterHost${suffix}`]: target.host, [`ReaderHost${suffix}`]: target.readerHost };
    return { physicalId: PHYSICAL_ID, attributes };
  };
  return {
    properties: Properties,
    create: declare,
    update: declare,
    delete: (_, event) => lockAll(serverAt, event),
  };
}

function targetOf({ Host, ReaderHost, Port, DatabaseName }: Properties): DatabaseTarget {
  return { host: Host, readerHost: ReaderHost, port: Port, database: DatabaseName };
}

function usersOf({ Name, Privileges: privileges, SecretArn }: Login): DeclaredUser[] {
  return SecretArn === undefined
    ? [{ name: Name, privileges, iam: true }]
    : alternatingUsers(Name).map((name) => ({ name, privileges, iam: false }));
}

interface PasswordContext {
  readonly engine: EngineName;
  readonly target: DatabaseTarget;
  readonly server: DatabaseServer;
  readonly master: MasterSession;
  readonly clients: RotationClients;
}

/**
 * Makes the password in a secret work here. A database restored from a backup knows the passwords of that time, and its
 * host is another one. A secret that never was rotated holds no host yet: its first rotation follows.
 */
async function keepPassword(
  { SecretArn: SecretId, Privileges: privileges }: Login,
  { engine, target, server, master, clients: { secrets, events } }: PasswordContext,
): Promise<void> {
  if (SecretId === undefined) {
    return;
  }
  const format = json(LoginSecret);
  const { SecretString = '' } = await secrets.send(new GetSecretValueCommand({ SecretId, VersionStage: 'AWSCURRENT' }));
  const login = format.read(SecretString);
  if (login.host === undefined) {
    return;
  }
  if (!(await server.accepts(login))) {
    await master.setPassword(login);
    if (!(await server.accepts(login))) {
      throw new DatabaseError(
        'LoginDoesNotWork',
        `the password in ${SecretId} was set and ${login.username} is not let in`,
      );
    }
  }
  const here = format.write(complete(engine, target, login, privileges === 'readOnly'));
  if (here !== format.write(login)) {
    await secrets.send(new PutSecretValueCommand({ SecretId, SecretString: here, VersionStages: ['AWSCURRENT'] }));
    await announce(events, SecretId);
  }
}

/** Nothing is dropped: tables and their data stay. A cluster that is gone has nobody left to lock. */
async function lockAll(serverAt: ServerAt, event: CloudFormationCustomResourceEvent): Promise<void> {
  const properties = z.parse(Properties, event.ResourceProperties);
  try {
    await serverAt(targetOf(properties), properties.MasterSecretArn).asMaster((master) => master.declare([]));
  } catch (error) {
    if (!isGone(error)) {
      throw error;
    }
  }
}

function isGone(error: unknown): boolean {
  return error instanceof ResourceNotFoundException || (error as NodeJS.ErrnoException).code === 'ENOTFOUND';
}
