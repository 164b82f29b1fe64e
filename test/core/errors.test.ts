import { type BaselineError, Problems } from '../../lib/core/errors';

const problem = (code: string, value: unknown): Parameters<Problems['require']>[1] => ({
  code,
  property: 'retention',
  value,
  bound: 'be 35 days',
  remedy: 'Leave it out.',
});

function thrownBy(problems: Problems): BaselineError {
  try {
    problems.throwIfAny();
  } catch (error) {
    return error as BaselineError;
  }
  throw new Error('nothing was thrown');
}

test('reports every problem at once, in the order found', () => {
  const problems = new Problems('Database');
  problems.require(false, problem('TooShort', 7));
  problems.require(true, problem('Fine', 35));
  problems.require(false, problem('Missing', undefined));
  expect(thrownBy(problems).codes).toEqual(['TooShort', 'Missing']);
  expect(thrownBy(problems).message).toBe(
    [
      'Database cannot be built:',
      '  - retention is 7; it must be 35 days. Leave it out. [TooShort]',
      '  - retention is missing; it must be 35 days. Leave it out. [Missing]',
    ].join('\n'),
  );
});

test('says nothing when nothing is wrong', () => {
  expect(() => new Problems('Database').throwIfAny()).not.toThrow();
});

test('are kept with a value, and reported where it stands, together with the others', () => {
  const value = {};
  const ofValue = new Problems('Hosts');
  ofValue.require(false, problem('TooLong', 90));
  ofValue.keepWith(value);
  const problems = new Problems('Store');
  problems.at('store').at('dns').include(value);
  problems.at('database').include(undefined);
  problems.require(false, problem('Missing', undefined));
  expect(thrownBy(problems).problems.map(({ property, code }) => [property, code])).toEqual([
    ['store.dns.retention', 'TooLong'],
    ['retention', 'Missing'],
  ]);
});
