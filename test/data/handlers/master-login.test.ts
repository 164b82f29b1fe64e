import { logInAsMaster, masterLogin, type MasterLogin } from '../../../lib/data/handlers/master-login';
import { SecretsManagerEndpoint } from '../../support/secrets-manager';

const aws = new SecretsManagerEndpoint();
beforeAll(() => aws.start());
afterAll(() => aws.stop());

const TARGET = { host: 'writer.example', readerHost: 'reader.example', port: 5433, database: 'shop' };
const loginWith = (secret: string): MasterLogin => masterLogin(aws.clients().secrets, secret, TARGET);

test('reads what RDS keeps in the secret', async () => {
  const secret = aws.create(JSON.stringify({ username: 'clusteradmin', password: 'of RDS' }));
  expect(await loginWith(secret).credentials()).toEqual({ username: 'clusteradmin', password: 'of RDS' });
});

test.each(['', 'not JSON', '{"username":"clusteradmin"}'])(
  'refuses a secret that holds %j, without quoting it',
  async (text) => {
    const login = loginWith(aws.create(text));
    await expect(login.credentials()).rejects.toThrow(/^arn:aws:secretsmanager:\S+ holds no user name and password$/);
  },
);

test('signs a token for the writer, its port and the user', async () => {
  process.env.AWS_REGION = 'eu-central-1';
  process.env.AWS_ACCESS_KEY_ID = 'test';
  process.env.AWS_SECRET_ACCESS_KEY = 'test';
  const token = new URL(`https://${await loginWith('unused').token('clusteradmin')}`);
  expect(token.host).toBe('writer.example:5433');
  expect(Object.fromEntries(token.searchParams)).toMatchObject({ Action: 'connect', DBUser: 'clusteradmin' });
});

describe('logging in', () => {
  class Refused extends Error {}
  const isRefusal = (error: unknown): boolean => error instanceof Refused;
  const login: MasterLogin = {
    credentials: () => Promise.resolve({ username: 'clusteradmin', password: 'password' }),
    token: (username) => Promise.resolve(`token of ${username}`),
  };
  const letIn = (...right: readonly string[]): Promise<string> =>
    logInAsMaster(
      login,
      ({ password }) => (right.includes(password) ? Promise.resolve(password) : Promise.reject(new Refused())),
      isRefusal,
    );

  test('takes the password first, then the token', async () => {
    expect(await letIn('password', 'token of clusteradmin')).toBe('password');
    expect(await letIn('token of clusteradmin')).toBe('token of clusteradmin');
  });

  test('says that neither was let in', async () => {
    await expect(letIn()).rejects.toThrow('clusteradmin is let in neither by password nor by IAM');
  });

  test('does not try again when the server cannot be reached', async () => {
    const attempts: string[] = [];
    const unreachable = logInAsMaster(
      login,
      ({ password }) => (attempts.push(password), Promise.reject(new Error('connect ETIMEDOUT'))),
      isRefusal,
    );
    await expect(unreachable).rejects.toThrow('connect ETIMEDOUT');
    expect(attempts).toEqual(['password']);
  });
});
