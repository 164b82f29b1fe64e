import { Duration } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import { DateTime } from 'luxon';
import { ChangeWindow, Weekday } from '../../lib';
import { Problems } from '../../lib/core/errors';
import { dailyText, weeklyText } from '../../lib/patching/change-window';
import { days, zones } from '../support/zones';

const WEEKDAYS = Object.values(Weekday);
const times = fc
  .tuple(fc.nat({ max: 23 }), fc.nat({ max: 59 }))
  .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));

test('what RDS is told lies within the window on every day of a year, in every zone, across every change of clocks', () => {
  fc.assert(
    fc.property(
      ...([zones, days, fc.constantFrom(...WEEKDAYS), times, fc.integer({ min: 180, max: 360 })] as const),
      (zone, day, weekday, time, minutes) => {
        const window = ChangeWindow.weekly(weekday, time, Duration.minutes(minutes));
        const { start, length } = window._inUtc(zone, day);
        const monday = DateTime.fromISO(day, { zone: 'utc' }).startOf('week').plus({ weeks: 1 });
        const [hour, minute] = time.split(':').map(Number);
        for (let week = 0; week < 51; week++) {
          const begins = monday.plus({ weeks: week, minutes: start });
          for (const instant of [begins, begins.plus({ minutes: length - 1 })]) {
            const local = instant.setZone(zone);
            const shown = (local.weekday - 1) * 1440 + local.hour * 60 + local.minute;
            const since = shown - (WEEKDAYS.indexOf(weekday) * 1440 + hour * 60 + minute);
            expect((since + 10_080) % 10_080).toBeLessThan(minutes);
          }
        }
      },
    ),
    { numRuns: 30 },
  );
});

test('is the whole window where clocks never change, and an hour less where they do', () => {
  const window = ChangeWindow.weekly(Weekday.MONDAY, '02:00', Duration.hours(2));
  expect(weeklyText(window._inUtc('Asia/Manila', '2026-11-23'))).toBe('sun:18:00-sun:20:00');
  expect(weeklyText(window._inUtc('Europe/Berlin', '2026-11-23'))).toBe('mon:01:00-mon:02:00');
  expect(weeklyText(window._inUtc('Europe/Berlin', '2027-07-01'))).toBe('mon:01:00-mon:02:00');
});

test('is written with its days, also over midnight and over the end of a week', () => {
  expect(weeklyText({ start: 7 * 1440 - 30, length: 60 })).toBe('sun:23:30-mon:00:30');
  expect(dailyText({ start: -90, length: 60 })).toBe('22:30-23:30');
});

test.each([
  ['24:00', Duration.hours(2), ['WindowTimeInvalid']],
  ['2:00', Duration.hours(2), ['WindowTimeInvalid']],
  ['02:00', Duration.minutes(29), ['WindowLengthOutOfRange']],
  ['02:00', Duration.hours(7), ['WindowLengthOutOfRange']],
  ['02:00', Duration.seconds(3601), ['WindowLengthOutOfRange']],
])('%s for %s is wrong', (time, duration, codes) => {
  const problems = new Problems('test');
  problems.include(ChangeWindow.weekly(Weekday.MONDAY, time, duration));
  expect(problems.recorded.map(({ code }) => code)).toEqual(codes);
});
