import { rotationSettings } from '../../../lib/data/handlers/rotation-settings';

const ENVIRONMENT = {
  DATABASE_HOST: 'writer.example',
  DATABASE_READER_HOST: 'reader.example',
  DATABASE_PORT: '5433',
  DATABASE_NAME: 'shop',
  MASTER_SECRET_ARN: 'arn:master',
  READ_ONLY_LOGINS: 'reports,stock',
};

test('reads where the database is and who reads from the readers', () => {
  expect(rotationSettings(ENVIRONMENT)).toEqual({
    target: { host: 'writer.example', readerHost: 'reader.example', port: 5433, database: 'shop' },
    masterSecretArn: 'arn:master',
    readOnlyLogins: ['reports', 'stock'],
  });
});

test.each(Object.keys(ENVIRONMENT))('does not start without %s', (name) => {
  expect(() => rotationSettings({ ...ENVIRONMENT, [name]: undefined })).toThrow(name);
});
