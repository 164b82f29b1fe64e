import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import * as library from '../../lib';
import { CONSTRUCTS } from '../cases';
import { FLAGS, lines, review } from '../support/review';

const exported = Object.entries(library as Readonly<Record<string, unknown>>)
  .filter(([, value]) => typeof value === 'function' && value.prototype instanceof Construct)
  .filter(([, value]) => !((value as typeof Stack).prototype instanceof Stack))
  .map(([name]) => name)
  // These make stacks; test/nag/stores.test.ts reviews what they make.
  .filter((name) => !['CommerceAccount', 'CommerceStore'].includes(name));

test('every exported construct is reviewed', () => {
  expect(Object.keys(CONSTRUCTS).sort()).toEqual(exported.sort());
});

describe.each(Object.entries(CONSTRUCTS))('%s alone in a foreign stack', (_, { minimal, loaded }) => {
  test('has no unexplained finding with only what cannot be guessed, in an app without flags', () => {
    expect(lines(review(minimal, { context: FLAGS.none, builtinValidation: true }))).toEqual([]);
  });

  test('has no unexplained finding with everything it offers, in an app with every flag', () => {
    expect(lines(review(loaded, { context: FLAGS.recommended, builtinValidation: true }))).toEqual([]);
  });
});
