import fc from 'fast-check';
import { customResource } from '../../../lib/core/handlers/custom-resource';
import { type DatabaseServer } from '../../../lib/data/handlers/database-server';
import { databaseRoles } from '../../../lib/data/handlers/database-roles';
import { isLoginName } from '../../../lib/data/login-name';
import { type Answer, CloudFormationEndpoint, invocation } from '../../support/cloudformation';
import { RdsPostgresql } from '../../support/rds-postgresql';
import { SecretsManagerEndpoint } from '../../support/secrets-manager';

const cloudFormation = new CloudFormationEndpoint();
const aws = new SecretsManagerEndpoint();
let rds: RdsPostgresql;
beforeAll(async () => {
  rds = await RdsPostgresql.start();
  await Promise.all([cloudFormation.start(), aws.start()]);
}, 60_000);
afterAll(() => Promise.all([rds.stop(), cloudFormation.stop(), aws.stop()]));
beforeEach(async () => {
  cloudFormation.answers.length = 0;
  aws.events.length = 0;
  aws.fault = undefined;
  await rds.reset();
});

interface DeclaredLogin {
  readonly Name: string;
  readonly Privileges: string;
  readonly SecretArn?: string;
}

const SHOP: DeclaredLogin = { Name: 'shop', Privileges: 'readWrite' };

/** Sends a request of CloudFormation through the whole handler. */
async function send(
  request: Parameters<CloudFormationEndpoint['event']>[0],
  logins: readonly DeclaredLogin[],
  server: DatabaseServer = rds.databaseServer,
): Promise<Answer | undefined> {
  const handler = customResource(databaseRoles('postgres', () => server, aws.clients()));
  const { host, port } = rds.target;
  const properties = {
    Host: host,
    ReaderHost: 'reader.example',
    // CloudFormation makes text of numbers.
    Port: String(port),
    DatabaseName: 'shop',
    MasterSecretArn: 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:master',
    AttributeSuffix: '1a2b',
    Logins: logins,
  };
  await handler(cloudFormation.event(request, properties), invocation());
  return cloudFormation.answers.at(-1);
}

const create = (...logins: readonly DeclaredLogin[]): Promise<Answer | undefined> =>
  send({ RequestType: 'Create' }, logins);

const change = { PhysicalResourceId: 'database-logins' };

async function whoLogsIn(): Promise<string[]> {
  const rows = await rds.query<{ rolname: string }>(
    `SELECT rolname FROM pg_roles WHERE rolcanlogin AND rolname NOT IN ('rdsadmin', 'clusteradmin') ORDER BY 1`,
  );
  return rows.map(({ rolname }) => rolname);
}

test('declares one user for a login by IAM and two alternating ones for a login by password', async () => {
  const SecretArn = aws.create(JSON.stringify({ username: 'reports_b', password: 'x' }));
  const answer = await create(SHOP, { Name: 'reports', Privileges: 'readOnly', SecretArn });
  expect(answer).toMatchObject({
    Status: 'SUCCESS',
    Data: { WriterHost1a2b: 'localhost', ReaderHost1a2b: 'reader.example' },
  });
  expect(await whoLogsIn()).toEqual(['reports_a', 'reports_b', 'shop']);
});

test('locks a login that an update no longer declares', async () => {
  await create(SHOP, { Name: 'reports', Privileges: 'readOnly' });
  const answer = await send({ RequestType: 'Update', ...change }, [SHOP]);
  expect(answer).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'database-logins' });
  expect(await whoLogsIn()).toEqual(['shop']);
});

test('locks every login when it is deleted, and declares them again when a failed deployment is repeated', async () => {
  await create(SHOP);
  await send({ RequestType: 'Delete', ...change }, [SHOP]);
  expect(await whoLogsIn()).toEqual([]);
  await create(SHOP);
  expect(await whoLogsIn()).toEqual(['shop']);
});

test('is deleted although the cluster is gone', async () => {
  const lost = Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' });
  const gone: DatabaseServer = { asMaster: () => Promise.reject(lost), accepts: () => Promise.reject(lost) };
  expect(await send({ RequestType: 'Delete', ...change }, [SHOP], gone)).toMatchObject({ Status: 'SUCCESS' });
});

test('fails to be deleted while a cluster that is there does not answer', async () => {
  const lost = Object.assign(new Error('connect ETIMEDOUT'), { code: 'ETIMEDOUT' });
  const silent: DatabaseServer = { asMaster: () => Promise.reject(lost), accepts: () => Promise.reject(lost) };
  expect(await send({ RequestType: 'Delete', ...change }, [SHOP], silent)).toMatchObject({ Status: 'FAILED' });
});

describe('the password in a secret', () => {
  const login = (host: string): string =>
    JSON.stringify({ username: 'shop_a', password: 'password-of-that-time', host });
  const declared = (SecretArn: string): DeclaredLogin => ({ ...SHOP, SecretArn });
  const accepted = (): Promise<boolean> =>
    rds.databaseServer.accepts({ username: 'shop_a', password: 'password-of-that-time' });

  test('is left to the first rotation where there was none', async () => {
    const first = JSON.stringify({ username: 'shop_b', password: 'never-set' });
    const secret = aws.create(first);
    await create(declared(secret));
    expect(aws.value(secret, 'AWSCURRENT')).toBe(first);
    expect(await rds.databaseServer.accepts({ username: 'shop_b', password: 'never-set' })).toBe(false);
  });

  test('works in a database that was restored from a backup, and names its host', async () => {
    const secret = aws.create(login('the-lost-cluster.example'));
    expect(await create(declared(secret))).toMatchObject({ Status: 'SUCCESS' });
    expect(await accepted()).toBe(true);
    expect(JSON.parse(aws.value(secret, 'AWSCURRENT') ?? '')).toEqual({
      username: 'shop_a',
      password: 'password-of-that-time',
      host: 'localhost',
      port: rds.target.port,
      dbname: 'shop',
      engine: 'postgres',
      url: `postgresql://shop_a:password-of-that-time@localhost:${rds.target.port}/shop?sslmode=verify-full`,
    });
    expect(aws.events).toHaveLength(1);
  });

  test('is kept as it is, and not announced, when it works already', async () => {
    const secret = aws.create(login('localhost'));
    await create(declared(secret));
    const before = await rds.query(`SELECT rolpassword FROM pg_authid WHERE rolname = 'shop_a'`);
    aws.events.length = 0;
    await send({ RequestType: 'Update', ...change }, [declared(secret)]);
    expect(await rds.query(`SELECT rolpassword FROM pg_authid WHERE rolname = 'shop_a'`)).toEqual(before);
    expect(aws.events).toEqual([]);
  });

  test('works again when a run that broke off is repeated', async () => {
    const secret = aws.create(login('the-lost-cluster.example'));
    aws.fault = { action: 'PutSecretValue', after: false };
    expect(await create(declared(secret))).toMatchObject({ Status: 'FAILED' });
    expect(await create(declared(secret))).toMatchObject({ Status: 'SUCCESS' });
    expect(await accepted()).toBe(true);
    expect(aws.value(secret, 'AWSCURRENT')).toContain('@localhost:');
  });

  test('stands in no log and no answer', async () => {
    await create(declared(aws.create(login('the-lost-cluster.example'))));
    expect(rds.server.log).not.toContain('password-of-that-time');
    expect(JSON.stringify(cloudFormation.answers)).not.toContain('password-of-that-time');
  });
});

describe('names', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 80 }),
    fc.constantFrom(
      '',
      'Shop',
      'shop"',
      "shop'; DROP DATABASE shop; --",
      'pg_shop',
      'rds_iam',
      'rdsadmin',
      'public',
      'none',
    ),
    fc.constantFrom('a'.repeat(31), 'shop\u0000', 'shöp', 'shop-1', '1shop', 'postgres', 'current_user', 'mysql.sys'),
  );

  test('that are hostile are refused before anything is executed', async () => {
    const log = rds.server.log.length;
    await fc.assert(
      fc.asyncProperty(
        hostile.filter((name) => !isLoginName(name)),
        async (Name) => {
          const answer = await create({ Name, Privileges: 'readWrite' });
          expect(answer).toMatchObject({
            Status: 'FAILED',
            Reason: expect.stringContaining('InvalidProperties') as string,
          });
        },
      ),
      { numRuns: 200 },
    );
    expect(rds.server.log.slice(log)).toBe('');
  });

  test('that are taken become exactly that login, even words of SQL', async () => {
    const word = fc.constantFrom('select', 'table', 'grant', 'role', 'all', 'group');
    const name = fc.oneof(word, fc.stringMatching(/^[a-z][a-z0-9_]{0,29}$/).filter(isLoginName));
    const [names] = fc.sample(fc.uniqueArray(name, { minLength: 40, maxLength: 40 }), { numRuns: 1, seed: 1 });
    await create(...(names ?? []).map((Name) => ({ Name, Privileges: 'readWrite' })));
    expect(await whoLogsIn()).toEqual([...(names ?? [])].sort());
  });
});
