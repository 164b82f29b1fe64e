import { App } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import { daysBetween, isDate, today, TODAY_CONTEXT } from '../../lib/core/clock';

test('is the day the app was given', () => {
  expect(today(new App({ context: { [TODAY_CONTEXT]: '2026-11-23' } }))).toBe('2026-11-23');
});

test.each([undefined, 'tomorrow', 20261123])('is the real day when the app was given %p', (given) => {
  expect(today(new App({ context: { [TODAY_CONTEXT]: given } }))).toBe(new Date().toISOString().slice(0, 10));
});

test.each([
  ['2028-02-29', true],
  ['2027-02-29', false],
  ['2026-13-01', false],
  ['2026-1-1', false],
  ['0000-00-00', false],
])('%s is a day of the calendar: %s', (text, expected) => {
  expect(isDate(text)).toBe(expected);
});

const day = fc.date({ min: new Date('1990-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });

test('counts whole days, across leap days and years', () => {
  fc.assert(
    fc.property(day, fc.integer({ min: -20_000, max: 20_000 }), (from, days) => {
      const start = from.toISOString().slice(0, 10);
      const end = new Date(Date.parse(start) + days * 86_400_000).toISOString().slice(0, 10);
      expect(daysBetween(start, end)).toBe(days);
    }),
  );
});
