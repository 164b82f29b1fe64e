import { createHash, createHmac } from 'node:crypto';
import { createHandler } from '../../../lib/edge/handlers/digest-visitor-login.handler';
import { CloudFormationEndpoint, invocation } from '../../support/cloudformation';

const SECRET = 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:Login-a1b2c3';
const PASSWORD = 'aB3'.repeat(11).slice(0, 32);

const cloudFormation = new CloudFormationEndpoint();
beforeAll(() => cloudFormation.start());
afterAll(() => cloudFormation.stop());
beforeEach(() => (cloudFormation.answers.length = 0));

/** What CloudFormation hears when the secret holds `value` in version `VersionId`. */
async function digested(value: object, VersionId = 'version-1'): Promise<Record<string, unknown>> {
  const secrets = { send: () => Promise.resolve({ SecretString: JSON.stringify(value), VersionId }) };
  const handler = createHandler(secrets as never);
  await handler(cloudFormation.event({ RequestType: 'Create' }, { SecretId: SECRET, Code: 'x' }), invocation());
  return cloudFormation.answers.pop() as unknown as Record<string, unknown>;
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

test('digests the login as browsers send it, and the pass that follows from it', async () => {
  const { Status, Data } = await digested({ username: 'staging', password: PASSWORD });
  const { Salt, LoginDigest, PassDigest } = Data as Record<string, string>;
  const login = Buffer.from(`staging:${PASSWORD}`).toString('base64');
  expect(Status).toBe('SUCCESS');
  expect(Salt).toMatch(/^[0-9a-f]{32}$/);
  expect(LoginDigest).toBe(sha256(`${Salt}:${login}`));
  expect(PassDigest).toBe(sha256(`${Salt}:${createHmac('sha256', login).update('visitor').digest('hex')}`));
});

test('a second call changes nothing; another version of the secret changes everything', async () => {
  const login = { username: 'staging', password: PASSWORD };
  const [first, again, other] = [await digested(login), await digested(login), await digested(login, 'version-2')];
  expect(again.Data).toEqual(first.Data);
  const all = [first, other].flatMap(({ Data }) => Object.values(Data as Record<string, string>));
  expect(new Set(all).size).toBe(6);
});

test.each([
  ['too short to be safe beside its digest', { username: 'staging', password: 'short' }],
  ['with signs that could end the text of a function', { username: 'staging', password: `${PASSWORD}'` }],
  ['that is none', {}],
])('fails the deployment on a password %s, without repeating it', async (_, value) => {
  const { Status, Reason } = await digested(value);
  expect(Status).toBe('FAILED');
  expect(String(Reason)).toMatch(/^InvalidProperties: /);
  expect(String(Reason)).not.toContain(PASSWORD);
  expect(String(Reason)).not.toContain('short');
});
