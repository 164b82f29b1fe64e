import { Aws } from 'aws-cdk-lib';
import { type BaselineError, Problems } from '../../lib/core/errors';
import { requireHosts } from '../../lib/edge/hosts';

function codes(...hosts: string[]): readonly string[] {
  const problems = new Problems('Dns');
  requireHosts(problems, hosts);
  try {
    problems.throwIfAny();
  } catch (error) {
    return (error as BaselineError).codes;
  }
  return [];
}

test.each(['acme.example', 'shop.acme.example', 'a-1.b.co', 'xn--bcher-kva.example', '1.acme.example'])(
  'takes %s',
  (host) => expect(codes(host)).toEqual([]),
);

test.each([
  'localhost',
  'Shop.acme.example',
  'https://shop.acme.example',
  'shop.acme.example/path',
  'shop.acme.example.',
  '*.acme.example',
  '-shop.acme.example',
  'shop..example',
  '192.0.2.1',
  'shop.acme.example:443',
  '',
])('refuses %j', (host) => expect(codes(host)).toEqual(['HostInvalid']));

test('refuses a shop without a host', () => expect(codes()).toEqual(['HostMissing']));

test('refuses a host that is there twice', () =>
  expect(codes('acme.example', 'shop.acme.example', 'acme.example')).toEqual(['HostTwice']));

test('refuses a first host that no certificate can begin with', () => {
  const long = `${'a'.repeat(60)}.acme.example`;
  expect(codes(long)).toEqual(['HostTooLong']);
  expect(codes('acme.example', long)).toEqual([]);
});

test('does not judge what is known only at deployment', () => {
  expect(codes(`shop.${Aws.STACK_NAME}.example`)).toEqual([]);
});
