import { complaintAbout } from '../../../lib/cli/jobs/words';

const reason = 'Owner forgot her password';
const command = ['wp', 'shop', 'invite', 'owner@acme.example'];

test('a reason and a command are taken', () => {
  expect(complaintAbout({ reason, command })).toBeUndefined();
});

test.each([
  ['says nothing', ' because   '],
  ['is longer than a tag', 'x'.repeat(257)],
  ['has two lines', 'Owner forgot\nher password'],
])('a reason that %s is refused', (_, given) => {
  expect(complaintAbout({ reason: given, command })).toContain('--reason has to say why in 8 to 256 characters');
});

test.each([
  ['an option', ['wp', 'user', 'update', '1', '--user_pass=hunter2'], 'word 5 gives a value to --user_pass'],
  ['an option and its value', ['medusa', 'user', '--password', 'hunter2'], 'word 4 gives a value to --password'],
  ['a setting', ['env', 'STRIPE_API_KEY=hunter2', 'wp'], 'word 2 gives a value to STRIPE_API_KEY'],
  ['a URL', ['psql', 'postgres://shop:hunter2@db/shop'], 'word 2 holds a URL with a password'],
  ['a key of a gateway', ['wp', 'option', 'set', 'key', 'sk_live_hunter2hunter2'], 'word 5 holds a key of a payment'],
  ['a key of AWS', ['echo', 'AKIAIOSFODNN7EXAMPLE'], 'word 2 holds an access key of AWS'],
  ['a token', ['curl', '-H', 'x: eyJhbGciOiJI.eyJzdWIiOiIx.abc'], 'word 3 holds a token'],
  ['a private key', ['echo', '-----BEGIN EC PRIVATE KEY-----'], 'word 2 holds a private key'],
  ['a card', ['echo', '4111 1111 1111 1111'], 'word 2 holds the number of a card'],
])('a secret as %s is refused, and not repeated', (_, given, said) => {
  const complaint = complaintAbout({ reason, command: given });
  expect(complaint).toContain(`seems to hold a secret: ${said}`);
  expect(complaint).not.toMatch(/hunter2|AKIAIOS|4111|eyJ/);
});

test('a secret in the reason is refused', () => {
  const complaint = complaintAbout({ reason: 'Refund for 4111-1111-1111-1111', command });
  expect(complaint).toBe('--reason is written down, and seems to hold a secret: it holds the number of a card.');
});

test.each([
  ['the name of an option whose value is asked for', ['wp', 'user', 'update', '1', '--prompt=user_pass']],
  ['an option without a value', ['wp', 'user', 'reset-password', '1', '--skip-password', '--porcelain']],
  ['a number that is no card', ['wp', 'order', 'show', '4111111111111112']],
  ['a URL without a password', ['curl', 'https://shop.acme.example:8443/path@2x.png']],
])('%s is no secret', (_, given) => {
  expect(complaintAbout({ reason, command: given })).toBeUndefined();
});

test('a command that ECS would refuse is refused before anything is written down', () => {
  expect(complaintAbout({ reason, command: ['echo', 'x'.repeat(8_000)] })).toContain('longer than 8000 characters');
});
