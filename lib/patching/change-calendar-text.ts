import { createHash } from 'node:crypto';
import { isDate } from '../core/clock';
import type { CriticalFix, Freeze } from './freeze';
import { nextDay, startOfDay } from './time-zone';

/** A time in which the calendar is closed. */
export interface ClosedSpan {
  readonly name: string;
  /** Milliseconds. */
  readonly from: number;
  /** Milliseconds; the first that is open again. */
  readonly to: number;
}

/** When `freezes` close the calendar: whole days of `zone`, without the days of `fixes`. */
export function closedSpans(
  zone: string,
  freezes: readonly Freeze[],
  fixes: readonly Pick<CriticalFix, 'day'>[],
): ClosedSpan[] {
  const days = [...new Set(fixes.map(({ day }) => day))].filter(isDate).sort();
  return freezes.flatMap(({ name, from, until }) => {
    const open = days.filter((day) => day >= from && day <= until);
    const starts = [from, ...open.map(nextDay)];
    const ends = [...open, nextDay(until)];
    return starts
      .map((start, index) => ({ start, end: ends[index] }))
      .filter(({ start, end }) => start < end)
      .map(({ start, end }) => ({ name, from: startOfDay(zone, start), to: startOfDay(zone, end) }));
  });
}

/**
 * A Change Calendar that is open but for `spans`, as iCalendar text (RFC 5545). In UTC, so that it needs no time zone
 * definitions; the same spans always give the same text.
 */
export function calendarText(description: string, spans: readonly ClosedSpan[]): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'PRODID:-//AWS//Change Calendar 1.0//EN',
    'VERSION:2.0',
    'X-CALENDAR-TYPE:DEFAULT_OPEN',
    `X-WR-CALDESC:${description}`,
    ...(spans.length === 0 ? PLACEHOLDER : spans.flatMap(eventLines)),
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${line}\r\n`).join('');
}

/** A calendar needs one component at least; the service's own empty ones have this. */
const PLACEHOLDER = [
  'BEGIN:VTODO',
  'DTSTAMP:20260101T000000Z',
  'UID:no-freezes',
  'SUMMARY:Freezes stand in the configuration.',
  'END:VTODO',
];

function eventLines({ name, from, to }: ClosedSpan): string[] {
  const [start, end] = [from, to].map(utcText);
  const digest = createHash('sha256').update(`${name}/${start}/${end}`).digest('hex').slice(0, 32);
  return [
    'BEGIN:VEVENT',
    // When it was made would be another text at each synthesis.
    `DTSTAMP:${start}`,
    `UID:${digest}`,
    `SUMMARY:${name}`,
    `DTSTART:${start}`,
    `DTEND:${end}`,
    'END:VEVENT',
  ];
}

function utcText(instant: number): string {
  return new Date(instant).toISOString().replace(/[-:]|\.\d+/g, '');
}
