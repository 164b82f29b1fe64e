import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import demo from '../../config/demo';
import medusa from '../../config/medusa';
import { alarmsPage, isUrgent, kindsIn, MOST_THAT_WAKE } from '../../scripts/docs/alarms';
import { alertsIn, subscribersOf } from '../../scripts/docs/alerts-in';
import { ROOT } from '../support/documents';
import { synthesiseExamples } from '../support/examples';

const assembly = synthesiseExamples();
const alerts = alertsIn(assembly);

test('docs/ALARMS.md holds every alarm of the example stores', () => {
  expect(alarmsPage(assembly)).toBe(readFileSync(path.join(ROOT, 'docs/ALARMS.md'), 'utf8'));
});

test('no more kinds wake somebody than somebody can know by heart', () => {
  const urgent = kindsIn(assembly).filter((kind) => kind.urgent);
  expect(urgent.length).toBeGreaterThan(5);
  expect(urgent.length).toBeLessThanOrEqual(MOST_THAT_WAKE);
});

test('every alarm of a store tells somebody', () => {
  const alarms = assembly.stacks.flatMap((stack) =>
    Object.values((stack.template as { Resources: Record<string, { Type: string }> }).Resources).filter(
      ({ Type }) => Type === 'AWS::CloudWatch::Alarm',
    ),
  );
  expect(alarms.length).toBeGreaterThan(50);
  expect(alerts.filter(({ saysUrgent }) => saysUrgent !== undefined)).toHaveLength(alarms.length);
});

test('an alarm goes where its description says', () => {
  const alarms = alerts.filter(({ saysUrgent }) => saysUrgent !== undefined);
  expect(alarms.filter((alarm) => isUrgent(alarm) !== alarm.saysUrgent)).toEqual([]);
});

test('every text says what to do: it is more than one sentence', () => {
  const short = alerts.filter(({ text }) => !/[.;:] \S.+\.$/s.test(text));
  expect(short.map(({ constructPath, text }) => `${constructPath}: ${text}`)).toEqual([]);
});

test.each([
  ['demo', demo.contacts.security, demo.contacts.security],
  ['acme', medusa.contacts.security, medusa.contacts.operations],
])(
  'what wakes somebody of %s goes to security, the rest to operations or else to security',
  (id, security, operations) => {
    const topics = alerts
      .filter(({ topics: [topic] }) => topic?.stack.startsWith(id))
      .flatMap((alert) =>
        alert.topics.map((topic) => ({ urgent: isUrgent(alert), to: subscribersOf(assembly, topic) })),
      );
    expect(new Set(topics.filter(({ urgent }) => urgent).flatMap(({ to }) => to))).toEqual(new Set([security]));
    expect(new Set(topics.filter(({ urgent }) => !urgent).flatMap(({ to }) => to))).toEqual(new Set([operations]));
    expect(topics.filter(({ to }) => to.length === 0)).toEqual([]);
  },
);
