import { invokeBundle, type BundledHandler } from '../../support/bundled-handler';
import { CloudFormationEndpoint } from '../../support/cloudformation';
import { MASTER, RdsPostgresql } from '../../support/rds-postgresql';
import { SecretsManagerEndpoint, STEPS } from '../../support/secrets-manager';

/** The bundles that a store deploys, from the first deployment on: roles, first password, next password. */
const cloudFormation = new CloudFormationEndpoint();
const aws = new SecretsManagerEndpoint();
let rds: RdsPostgresql;
beforeAll(async () => {
  rds = await RdsPostgresql.start();
  await Promise.all([rds.reset(), cloudFormation.start(), aws.start()]);
}, 60_000);
afterAll(() => Promise.all([rds.stop(), cloudFormation.stop(), aws.stop()]));

const bundle = (name: string, environment?: Record<string, string>): BundledHandler => ({
  name,
  awsUrl: aws.url,
  authorities: rds.server.certificate,
  environment,
});

test('a login works as soon as its first rotation has finished, and after the next', async () => {
  const master = aws.create(JSON.stringify(MASTER));
  const secret = aws.create(JSON.stringify({ username: 'shop_b', password: 'never-set' }));
  const { host, port, database } = rds.target;
  await invokeBundle(
    bundle('declare-postgresql-logins'),
    cloudFormation.event(
      { RequestType: 'Create' },
      {
        Host: host,
        ReaderHost: host,
        Port: String(port),
        DatabaseName: database,
        MasterSecretArn: master,
        Logins: [{ Name: 'shop', Privileges: 'readWrite', SecretArn: secret }],
        AttributeSuffix: '',
        Code: 'digest',
      },
    ),
  );
  expect(cloudFormation.answers).toEqual([expect.objectContaining({ Status: 'SUCCESS' })]);
  const rotation = bundle('rotate-postgresql-password', {
    DATABASE_HOST: host,
    DATABASE_READER_HOST: host,
    DATABASE_PORT: String(port),
    DATABASE_NAME: database,
    MASTER_SECRET_ARN: master,
    READ_ONLY_LOGINS: '',
  });
  for (const username of ['shop_a', 'shop_b']) {
    const ClientRequestToken = aws.begin(secret);
    for (const Step of STEPS) {
      await invokeBundle(rotation, { Step, SecretId: secret, ClientRequestToken });
    }
    const login = JSON.parse(aws.value(secret, 'AWSCURRENT') ?? '') as { username: string; password: string };
    expect(login.username).toBe(username);
    expect(await rds.databaseServer.accepts(login)).toBe(true);
  }
}, 60_000);
