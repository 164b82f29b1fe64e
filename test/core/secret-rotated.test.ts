import { SECRET_ROTATED_DETAIL_TYPE, SECRET_ROTATED_SOURCE, secretRotatedEntry } from '../../lib/core/secret-rotated';

test('the event of a rotation names the secret, under the source and the type that rules wait for', () => {
  const arn = 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:jwt-AbCdEf';
  expect(secretRotatedEntry(arn)).toEqual({
    Source: SECRET_ROTATED_SOURCE,
    DetailType: SECRET_ROTATED_DETAIL_TYPE,
    Detail: `{"secretArn":"${arn}"}`,
  });
});
