import * as fc from 'fast-check';
import { DateTime } from 'luxon';
import { isTimeZone, nextDay, offsetAt, offsetsFrom, startOfDay } from '../../lib/patching/time-zone';
import { days, zones } from '../support/zones';

test('knows the offset of every zone at every instant', () => {
  const instants = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2036, 0, 1) });
  fc.assert(
    fc.property(zones, instants, (zone, instant) => {
      expect(offsetAt(zone, instant)).toBe(DateTime.fromMillis(instant, { zone }).offset);
    }),
  );
});

test('finds the first instant of a day, also where clocks skip midnight or show it twice', () => {
  fc.assert(
    fc.property(zones, days, (zone, day) => {
      const start = startOfDay(zone, day);
      expect(DateTime.fromMillis(start, { zone }).toISODate()).toBe(day);
      expect(DateTime.fromMillis(start - 1, { zone }).toISODate()).not.toBe(day);
    }),
  );
});

test.each([
  // Clocks go from 00:00 to 01:00: the day has no midnight.
  ['Africa/Cairo', '2026-04-24', '2026-04-23T22:00:00.000Z'],
  // Clocks go from 01:00 back to 00:00: the day has two.
  ['Atlantic/Azores', '2026-10-25', '2026-10-25T00:00:00.000Z'],
  ['America/Havana', '2026-11-01', '2026-11-01T04:00:00.000Z'],
  ['Asia/Kathmandu', '2028-02-29', '2028-02-28T18:15:00.000Z'],
])('in %s the day %s begins at %s', (zone, day, start) => {
  expect(new Date(startOfDay(zone, day)).toISOString()).toBe(start);
});

test('knows both offsets of a zone within a year, whenever the year begins', () => {
  fc.assert(
    fc.property(days, (day) => {
      expect(offsetsFrom('Europe/Berlin', day)).toEqual({ least: 60, greatest: 120 });
      expect(offsetsFrom('Australia/Lord_Howe', day)).toEqual({ least: 630, greatest: 660 });
      expect(offsetsFrom('Asia/Manila', day)).toEqual({ least: 480, greatest: 480 });
    }),
    { numRuns: 30 },
  );
});

test('knows the day after, also over leap days and years', () => {
  fc.assert(
    fc.property(days, (day) => {
      expect(nextDay(day)).toBe(DateTime.fromISO(day, { zone: 'utc' }).plus({ days: 1 }).toISODate());
    }),
  );
  expect(nextDay('2028-02-28')).toBe('2028-02-29');
  expect(nextDay('2027-02-28')).toBe('2027-03-01');
});

test.each(['Mars/Olympus', '+02:00', '', 'GMT+25'])('does not take %p for a time zone', (name) => {
  expect(isTimeZone(name)).toBe(false);
});
