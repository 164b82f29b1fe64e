import { postgresqlServer } from '../../../lib/data/handlers/postgresql-server';
import { type DeclaredUser } from '../../../lib/data/handlers/database-server';
import { selfSignedCertificate } from '../../support/certificate';
import { MASTER, RdsPostgresql } from '../../support/rds-postgresql';

let rds: RdsPostgresql;
beforeAll(async () => {
  rds = await RdsPostgresql.start();
  await rds.reset();
}, 60_000);
afterAll(() => rds.stop());

const SHOP: DeclaredUser = { name: 'shop', privileges: 'readWrite', iam: false };
const API: DeclaredUser = { name: 'shop_api', privileges: 'readWrite', iam: true };
const PASSWORD = { username: 'shop', password: 'the-password-of-the-shop' };

describe('a login by password', () => {
  beforeAll(() =>
    rds.databaseServer.asMaster(async (master) => {
      await master.declare([SHOP, API]);
      await master.setPassword(PASSWORD);
    }),
  );

  test('is let in with the right password and with no other', async () => {
    expect(await rds.databaseServer.accepts(PASSWORD)).toBe(true);
    expect(await rds.databaseServer.accepts({ ...PASSWORD, password: 'wrong' })).toBe(false);
    expect(await rds.databaseServer.accepts({ username: 'nobody', password: 'wrong' })).toBe(false);
  });

  test('never shows its password to the log of the server, which has every statement', () => {
    expect(rds.server.log).toContain('ALTER ROLE "shop" PASSWORD \'SCRAM-SHA-256$4096:');
    expect(rds.server.log).not.toContain(PASSWORD.password);
  });

  test('can be given only to a login that was declared', async () => {
    const password = 'a-new-password';
    const set = (username: string): Promise<void> =>
      rds.databaseServer.asMaster((master) => master.setPassword({ username, password }));
    await expect(set('rdsadmin')).rejects.toMatchObject({ name: 'UnknownUser' });
    await expect(set(MASTER.username)).rejects.toMatchObject({ name: 'UnknownUser' });
    await expect(set('nobody')).rejects.toMatchObject({ name: 'UnknownUser' });
  });
});

describe('a login by IAM', () => {
  test('is let in with its token, and a password is none', async () => {
    rds.iam.tokens.set('shop_api', 'token-of-the-api');
    expect(await rds.databaseServer.accepts({ username: 'shop_api', password: 'token-of-the-api' })).toBe(true);
    expect(await rds.databaseServer.accepts({ username: 'shop_api', password: 'anything' })).toBe(false);
  });
});

describe('the master user', () => {
  test('logs in by token where having made an IAM login shuts its password out', async () => {
    await rds.letMasterInByTokenAlone();
    rds.iam.tokens.set(MASTER.username, 'token-of-the-master');
    const asked: string[] = [];
    const server = rds.databaseServerWith((username) => {
      asked.push(username);
      return Promise.resolve('token-of-the-master');
    });
    await server.asMaster((master) => master.declare([SHOP, API]));
    expect(asked).toEqual([MASTER.username]);
    await rds.letMasterInByPassword();
  });

  test('is reported when neither lets it in', async () => {
    const server = rds.databaseServerWith(() => Promise.resolve('no token'), 'no password');
    await expect(server.asMaster(() => Promise.resolve())).rejects.toMatchObject({ name: 'MasterLoginRefused' });
  });
});

describe('a connection', () => {
  test('is refused by the server without TLS', async () => {
    await expect(
      rds.server.query('SELECT 1', { user: PASSWORD.username, password: PASSWORD.password, ssl: false }),
    ).rejects.toThrow('no encryption');
  });

  test('is not made to a server whose certificate somebody else signed', async () => {
    const { certificate } = await selfSignedCertificate();
    const server = postgresqlServer(
      rds.target,
      { credentials: () => Promise.resolve(MASTER), token },
      { ca: certificate },
    );
    await expect(server.accepts(PASSWORD)).rejects.toThrow('self-signed certificate');
  });

  test('is not made to a server of another name', async () => {
    const { certificate: ca } = rds.server;
    const elsewhere = { ...rds.target, host: '127.0.0.1' };
    const server = postgresqlServer(elsewhere, { credentials: () => Promise.resolve(MASTER), token }, { ca });
    await expect(server.accepts(PASSWORD)).rejects.toThrow("does not match certificate's altnames");
  });

  const token = (): Promise<string> => Promise.reject(new Error('no token is expected'));
});
