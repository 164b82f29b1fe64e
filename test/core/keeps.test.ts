import { type App, type Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { DataClass, DataKey, LogStore, Waiver } from '../../lib';
import { EMERGENCY_METADATA, WAIVER_METADATA } from '../../lib/core/waiver-metadata';
import { foreignStack } from '../support/stack';

const reason = 'Staging is torn down every night';
const owner = 'platform@acme.example';

function waived(until?: string, context: Record<string, unknown> = {}): Stack {
  const stack = foreignStack({}, context);
  const key = new DataKey(stack, 'Key', { dataClass: DataClass.LOGS });
  new LogStore(stack, 'Logs', { key, withoutLock: Waiver.because(reason, { owner, until, reference: 'SEC-142' }) });
  return stack;
}

const synth = (stack: Stack): unknown => (stack.node.root as App).synth();
const metadata = (stack: Stack, type: string): unknown[] =>
  stack.node
    .findAll()
    .flatMap(({ node }) => node.metadata)
    .filter((entry) => entry.type === type);

test('writes the waiver on the construct, with the place in the code where it was given', () => {
  expect(metadata(waived('2027-03-31'), WAIVER_METADATA)).toEqual([
    {
      type: WAIVER_METADATA,
      data: { protection: 'log-store.lock', reason, owner, until: '2027-03-31', reference: 'SEC-142' },
      trace: expect.arrayContaining([expect.stringContaining('keeps.test.ts')]) as string[],
    },
  ]);
});

test('warns with a stable id, and names reason, owner, expiry and reference', () => {
  Annotations.fromStack(waived('2027-03-31')).hasWarning(
    '/Foreign/Logs',
    Match.stringLikeRegexp(
      'Logs cannot be changed.*Staging is torn down every night \\(owner platform@acme.example, until 2027-03-31, SEC-142\\)',
    ),
  );
});

test.each(['2026-11-23', '2026-11-24', undefined])('holds through its last day (%s)', (until) => {
  expect(() => synth(waived(until))).not.toThrow();
});

test('stops the synthesis the day after, with one line that says how to go on', () => {
  expect(() => synth(waived('2026-11-22'))).toThrow(
    "[Foreign/Logs] The waiver of 'log-store.lock' ended on 2026-11-22; its owner is platform@acme.example. " +
      "Renew or remove it; to go on now in an emergency, add -c emergency='<reason>'. [WaiverExpired]",
  );
});

test('goes on in an emergency, tells the owner and leaves a trace', () => {
  const stack = waived('2026-11-22', { emergency: 'restoring the shop after an outage' });
  expect(() => synth(stack)).not.toThrow();
  expect(metadata(stack, EMERGENCY_METADATA)).toHaveLength(1);
  Annotations.fromStack(stack).hasWarning(
    '/Foreign/Logs',
    Match.stringLikeRegexp('its owner is platform@acme.example.*restoring the shop.*Renew or remove it'),
  );
});

test('does not take an empty reason for an emergency', () => {
  expect(() => synth(waived('2026-11-22', { emergency: ' ' }))).toThrow('WaiverExpired');
});
