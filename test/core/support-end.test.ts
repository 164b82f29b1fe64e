import { type Stack, type App } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { Construct } from 'constructs';
import { CustomerDatabase, DatabaseEngine, Network } from '../../lib';
import { isDate, TODAY_CONTEXT } from '../../lib/core/clock';
import { SUPPORT_ENDS, watchSupport } from '../../lib/core/support-end';
import { SUPPORT_METADATA } from '../../lib/core/support-metadata';
import { EMERGENCY_METADATA } from '../../lib/core/waiver-metadata';
import { foreignStack } from '../support/stack';

/** Two constructs that use Aurora PostgreSQL 16, whose support ends on 2029-02-28. */
function using16(today: string, context: Record<string, unknown> = {}): Stack {
  const stack = foreignStack({}, { ...context, [TODAY_CONTEXT]: today });
  ['First', 'Second'].forEach((id) => watchSupport(new Construct(stack, id), 'Aurora PostgreSQL 16'));
  return stack;
}

const synth = (stack: Stack): unknown => (stack.node.root as App).synth();
const metadata = (stack: Stack, type: string): unknown[] =>
  stack.node
    .findAll()
    .flatMap(({ node }) => node.metadata.filter((entry) => entry.type === type))
    .map(({ data }) => data as unknown);
const warnings = (stack: Stack): number => Annotations.fromStack(stack).findWarning('*', Match.anyValue()).length;

test.each([
  ['2028-08-31', 0, 'the day before the last half-year'],
  ['2028-09-01', 1, '180 days before the end'],
  ['2029-02-28', 1, 'the last day'],
])('on %s there are %i warnings: %s', (today, count) => {
  const stack = using16(today);
  expect(() => synth(stack)).not.toThrow();
  expect(warnings(stack)).toBe(count);
});

test('the warning names what ends, when, who says so and what to do', () => {
  Annotations.fromStack(using16('2029-02-01')).hasWarning(
    '/Foreign/First',
    Match.stringLikeRegexp(
      'Aurora PostgreSQL 16 until 2029-02-28, 27 days from now .https://docs.aws.amazon.com/.*read on 2026-11-28.*Rehearse',
    ),
  );
});

test('the day after, nothing synthesises, and one line says how to go on', () => {
  expect(() => synth(using16('2029-03-01'))).toThrow(
    /\[Foreign\/First\] AWS has not supported Aurora PostgreSQL 16 since 2029-02-28 .*add -c emergency='<reason>'\. \[SupportEnded\]/,
  );
});

test('an emergency goes on, and stays in the assembly', () => {
  const stack = using16('2029-03-01', { emergency: 'restoring the shop after an outage' });
  expect(() => synth(stack)).not.toThrow();
  expect(metadata(stack, EMERGENCY_METADATA)).toEqual([
    { what: 'Aurora PostgreSQL 16', until: '2029-02-28', emergency: 'restoring the shop after an outage' },
  ]);
});

test('the end stands in the assembly once, however many use it', () => {
  expect(metadata(using16('2026-11-23'), SUPPORT_METADATA)).toEqual([
    expect.objectContaining({ what: 'Aurora PostgreSQL 16', until: '2029-02-28', read: '2026-11-28' }),
  ]);
});

test('a line without an announced end says nothing', () => {
  const stack = foreignStack({}, { [TODAY_CONTEXT]: '2099-01-01' });
  watchSupport(new Construct(stack, 'New'), 'Aurora PostgreSQL 99');
  expect(() => synth(stack)).not.toThrow();
  expect(metadata(stack, SUPPORT_METADATA)).toEqual([]);
});

test('a database tells of its engine and of the runtime of its functions', () => {
  const stack = foreignStack();
  const network = new Network(stack, 'Network');
  new CustomerDatabase(stack, 'Database', { network, engine: DatabaseEngine.auroraMysql('8.4') });
  const told = metadata(stack, SUPPORT_METADATA).map((data) => (data as { what: string }).what);
  expect(told).toContain('Aurora MySQL 8.4');
  expect(told).toContain('Lambda nodejs24.x');
});

test.each(Object.entries(SUPPORT_ENDS))(
  '%s: its day is a day, its source a page of AWS',
  (_, { until, read, source }) => {
    expect([until, read].map(isDate)).toEqual([true, true]);
    expect(source).toMatch(/^https:\/\/docs\.aws\.amazon\.com\//);
  },
);
