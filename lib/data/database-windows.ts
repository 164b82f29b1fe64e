import { Token } from 'aws-cdk-lib';
import type { Problems } from '../core/errors';

/** When AWS may back up and when it may patch, as a user writes it. */
export interface DatabaseWindows {
  readonly backupWindow?: string;
  readonly maintenanceWindow?: string;
}

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const MINUTES_A_DAY = 24 * 60;
const MINUTES_A_WEEK = 7 * MINUTES_A_DAY;

/** RDS takes nothing shorter, in minutes. */
const SHORTEST = 30;

/** A span of the week, in minutes from Monday 00:00 UTC. It may run past its end. */
interface Span {
  readonly start: number;
  readonly length: number;
}

/** Refuses windows that RDS would refuse at deployment: misspelt, under half an hour, or in each other's way. */
export function requireWindows(problems: Problems, { backupWindow, maintenanceWindow }: DatabaseWindows): void {
  const backups = spansOf(backupWindow, dailySpans);
  const maintenance = spansOf(maintenanceWindow, weeklySpan);
  problems.require(backups !== undefined, {
    code: 'BackupWindowInvalid',
    property: 'backupWindow',
    value: backupWindow,
    bound: 'be a daily span of at least 30 minutes in UTC, written hh:mm-hh:mm',
    remedy: 'Write 18:00-19:00, for example.',
  });
  problems.require(maintenance !== undefined, {
    code: 'MaintenanceWindowInvalid',
    property: 'maintenanceWindow',
    value: maintenanceWindow,
    bound: 'be a weekly span of at least 30 minutes in UTC, written ddd:hh:mm-ddd:hh:mm',
    remedy: 'Write sun:19:30-sun:20:30, for example.',
  });
  const collide = (backups ?? []).some((backup) => (maintenance ?? []).some((other) => overlap(backup, other)));
  problems.require(!collide, {
    code: 'DatabaseWindowsOverlap',
    property: 'maintenanceWindow',
    value: maintenanceWindow,
    bound: `not overlap the backup window ${backupWindow}`,
    remedy: 'Move one of them.',
  });
}

/** The spans of a window; none without one; undefined when it is not a window. */
function spansOf(window: string | undefined, parse: (text: string) => Span[]): Span[] | undefined {
  if (window === undefined || Token.isUnresolved(window)) {
    return [];
  }
  const spans = parse(window);
  return spans.length > 0 && spans.every(({ length }) => length >= SHORTEST) ? spans : undefined;
}

function dailySpans(text: string): Span[] {
  const [, from, to] = /^(\d\d:\d\d)-(\d\d:\d\d)$/.exec(text) ?? [];
  const [start, end] = [minuteOf(from), minuteOf(to)];
  const length = modulo(end - start, MINUTES_A_DAY);
  return Number.isNaN(length) ? [] : DAYS.map((_, day) => ({ start: day * MINUTES_A_DAY + start, length }));
}

function weeklySpan(text: string): Span[] {
  const [, fromDay, from, toDay, to] = /^(\w{3}):(\d\d:\d\d)-(\w{3}):(\d\d:\d\d)$/.exec(text) ?? [];
  const [start, end] = [momentOf(fromDay, from), momentOf(toDay, to)];
  const length = modulo(end - start, MINUTES_A_WEEK);
  return Number.isNaN(length) ? [] : [{ start, length }];
}

function momentOf(day = '', time?: string): number {
  const index = DAYS.indexOf(day.toLowerCase());
  return index < 0 ? NaN : index * MINUTES_A_DAY + minuteOf(time);
}

function minuteOf(time = ''): number {
  const [, hours, minutes] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(time) ?? [];
  return Number(hours) * 60 + Number(minutes);
}

/** Whether one begins while the other lasts. */
function overlap(one: Span, other: Span): boolean {
  return (
    modulo(other.start - one.start, MINUTES_A_WEEK) < one.length ||
    modulo(one.start - other.start, MINUTES_A_WEEK) < other.length
  );
}

function modulo(value: number, divisor: number): number {
  return ((value % divisor) + divisor) % divisor;
}
