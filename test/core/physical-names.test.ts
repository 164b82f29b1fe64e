import { App, Stack, Stage } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { StoreEnvironment, type StoreIdentity } from '../../lib';
import { belongsTo } from '../../lib/core/identity';
import { type NamedResource, physicalName, physicalNames } from '../../lib/core/physical-names';

const kinds = Object.entries(physicalNames()) as unknown as [NamedResource, { maxLength: number; prefix?: string }][];
const longest: StoreIdentity = { id: 'sixteen-letters1', environment: StoreEnvironment.PRODUCTION };

function owner(identity?: StoreIdentity, scope: Construct = new App(), id = 'Owner'): Construct {
  const stack = new Stack(scope, 'some-stack');
  if (identity !== undefined) {
    belongsTo(stack, identity);
  }
  return new Construct(stack, id);
}

test.each(kinds)('%s holds id, environment and generation within its limit', (kind, { maxLength, prefix = '' }) => {
  const name = physicalName(owner(longest), kind, 12);
  expect(name.length).toBeLessThanOrEqual(maxLength);
  const room = maxLength - prefix.length - '-01234567-g12'.length;
  const whose = 'sixteen-letters1-production'.slice(0, room).replace(/-+$/, '');
  expect(name).toMatch(new RegExp(`^${prefix}${whose}-[0-9a-f]{8}-g12$`));
});

test.each(kinds)('%s tells two environments of one store apart, also where there is no room for both', (kind) => {
  const staging = { ...longest, environment: StoreEnvironment.STAGING };
  expect(physicalName(owner(staging), kind, 12)).not.toBe(physicalName(owner(longest), kind, 12));
});

test.each(kinds)('%s says why it is named and how to get away from the name', (_, { ...entry }) => {
  expect(entry).toMatchObject({
    reason: expect.stringMatching(/.{20}/) as string,
    wayBack: expect.stringMatching(/.{20}/) as string,
  });
});

test('leaves the first generation unnumbered', () => {
  expect(physicalName(owner(longest), kinds[0][0])).toMatch(/[0-9a-f]{8}$/);
});

test('differs between two owners in one stack', () => {
  const [[kind]] = kinds as [[NamedResource, unknown]];
  expect(physicalName(owner(longest, new App(), 'One'), kind)).not.toBe(
    physicalName(owner(longest, new App(), 'Two'), kind),
  );
});

test('stays the same when the stack is wrapped in a Stage', () => {
  const [[kind]] = kinds as [[NamedResource, unknown]];
  const wrapped = owner(longest, new Stage(new App(), 'Prod'));
  expect(physicalName(wrapped, kind)).toBe(physicalName(owner(longest), kind));
});

test('starts with the name of a stack that belongs to no store', () => {
  const [kind, { prefix = '' }] = kinds[0];
  expect(physicalName(owner(), kind)).toMatch(new RegExp(`^${prefix}some-stack-[0-9a-f]{8}$`));
});
