import * as fc from 'fast-check';
import { DateTime } from 'luxon';
import { Freeze } from '../../lib';
import { calendarText, closedSpans } from '../../lib/patching/change-calendar-text';
import { days, zones } from '../support/zones';

const CHRISTMAS = Freeze.between('2026-11-20', '2027-01-06', 'Christmas');

test('is closed on each day of a freeze that has no fix, by the clocks of the shop, and open on every other', () => {
  const year = [...Array(92).keys()];
  fc.assert(
    fc.property(
      ...([zones, days, fc.nat({ max: 40 }), fc.array(fc.nat({ max: 40 }), { maxLength: 5 })] as const),
      fc.nat({ max: 86_399 }),
      (zone, first, length, fixes, second) => {
        const from = DateTime.fromISO(first, { zone });
        const dayOf = (days: number): string => from.plus({ days }).toFormat('yyyy-MM-dd');
        const fixed = fixes.filter((day) => day <= length).map(dayOf);
        const spans = closedSpans(
          zone,
          [Freeze.between(first, dayOf(length), 'Sale')],
          fixed.map((day) => ({ day })),
        );
        for (const day of year) {
          const instant = from
            .plus({ days: day - 25 })
            .startOf('day')
            .plus({ seconds: second });
          const date = instant.toFormat('yyyy-MM-dd');
          const closed = spans.some(({ from, to }) => from <= instant.toMillis() && instant.toMillis() < to);
          expect(closed).toBe(date >= first && date <= dayOf(length) && !fixed.includes(date));
        }
      },
    ),
    { numRuns: 20 },
  );
});

test('a fix opens the day in every freeze that holds it', () => {
  const sale = Freeze.between('2026-11-27', '2026-11-30', 'Black Friday');
  const spans = closedSpans('Etc/UTC', [CHRISTMAS, sale], [{ day: '2026-11-28' }]);
  const noon = Date.parse('2026-11-28T12:00:00Z');
  expect(spans).toHaveLength(4);
  expect(spans.filter(({ from, to }) => from <= noon && noon < to)).toEqual([]);
});

test('is iCalendar text as Systems Manager takes it: open by default, in UTC, the same each time', () => {
  const text = calendarText('Open', closedSpans('Europe/Berlin', [CHRISTMAS], []));
  expect(text).toBe(calendarText('Open', closedSpans('Europe/Berlin', [CHRISTMAS], [])));
  expect(text.split('\r\n')).toEqual([
    'BEGIN:VCALENDAR',
    'PRODID:-//AWS//Change Calendar 1.0//EN',
    'VERSION:2.0',
    'X-CALENDAR-TYPE:DEFAULT_OPEN',
    'X-WR-CALDESC:Open',
    'BEGIN:VEVENT',
    'DTSTAMP:20261119T230000Z',
    expect.stringMatching(/^UID:[0-9a-f]{32}$/),
    'SUMMARY:Christmas',
    'DTSTART:20261119T230000Z',
    'DTEND:20270106T230000Z',
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ]);
});

test('without a freeze it still is a calendar', () => {
  expect(calendarText('Open', [])).toContain('BEGIN:VTODO\r\n');
});
