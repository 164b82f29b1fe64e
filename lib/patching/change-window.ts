import { Duration } from 'aws-cdk-lib';
import { Problems } from '../core/errors';
import { Weekday } from '../core/weekday';
import { offsetsFrom } from './time-zone';

const DAYS = Object.values(Weekday);
export const MINUTES_A_DAY = 24 * 60;
export const MINUTES_A_WEEK = 7 * MINUTES_A_DAY;

/** Six hours of a night are the most in which somebody would call it one window. */
const LONGEST = 6 * 60;

/** A span of the week in UTC, in minutes from Monday 00:00. It may run past its end. */
export interface UtcSpan {
  readonly start: number;
  readonly length: number;
}

/** A few hours of each week in which something may change, by the clocks of the shop. */
export class ChangeWindow {
  /**
   * Every week, on one day.
   *
   * @param weekday the day on which it begins
   * @param time when, by the clocks of the calendar's time zone: `02:00`
   * @param duration how long: half an hour to six hours
   */
  public static weekly(weekday: Weekday, time: string, duration: Duration): ChangeWindow {
    return new ChangeWindow(weekday, time, duration);
  }

  private readonly hour: number;
  private readonly minute: number;
  private readonly length: number;

  private constructor(
    /** The day on which it begins. */
    public readonly weekday: Weekday,
    /** When it begins. */
    public readonly time: string,
    /** How long it lasts. */
    public readonly duration: Duration,
  ) {
    const problems = new Problems('ChangeWindow.weekly');
    const [, hour, minute] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(time) ?? [];
    problems.require(hour !== undefined, {
      code: 'WindowTimeInvalid',
      property: 'time',
      value: time,
      bound: 'be a time of day, hh:mm',
      remedy: 'Write 02:00 for two in the morning where the shop is.',
    });
    const length = duration instanceof Duration ? duration.toMinutes({ integral: false }) : NaN;
    problems.require(Number.isInteger(length) && length >= 30 && length <= LONGEST, {
      code: 'WindowLengthOutOfRange',
      property: 'duration',
      value: duration instanceof Duration ? duration.toHumanString() : duration,
      bound: 'be whole minutes, from 30 to 360',
      remedy: 'Write Duration.hours(2).',
    });
    problems.keepWith(this);
    [this.hour, this.minute, this.length] = [Number(hour), Number(minute), length];
  }

  /**
   * The fields of a cron expression for its beginning, in the calendar's time zone.
   *
   * @internal
   */
  public get _cron(): { readonly weekDay: string; readonly hour: string; readonly minute: string } {
    return { weekDay: this.weekday, hour: String(this.hour), minute: String(this.minute) };
  }

  /**
   * Its whole hours: maintenance windows of Systems Manager have no minutes.
   *
   * @internal
   */
  public get _hours(): number {
    return Math.floor(this.length / 60);
  }

  /**
   * What lies within the window on every day of the year from `date` on, whatever the clocks of `zone` show: RDS and
   * ElastiCache know UTC alone, and an hour of the shop is another hour of theirs in summer.
   *
   * @internal
   */
  public _inUtc(zone: string, date: string): UtcSpan {
    const { least, greatest } = offsetsFrom(zone, date);
    const local = DAYS.indexOf(this.weekday) * MINUTES_A_DAY + this.hour * 60 + this.minute;
    return { start: modulo(local - least, MINUTES_A_WEEK), length: this.length - (greatest - least) };
  }
}

/** A span as RDS and ElastiCache write it: `sun:19:30-sun:20:30`. */
export function weeklyText({ start, length }: UtcSpan): string {
  return `${momentText(start)}-${momentText(start + length)}`;
}

/** The time of day of a span as RDS writes it: `18:00-19:00`. */
export function dailyText({ start, length }: UtcSpan): string {
  return `${timeText(start)}-${timeText(start + length)}`;
}

function momentText(minutes: number): string {
  const day = DAYS[Math.floor(modulo(minutes, MINUTES_A_WEEK) / MINUTES_A_DAY)];
  return `${day?.toLowerCase()}:${timeText(minutes)}`;
}

function timeText(minutes: number): string {
  const ofDay = modulo(minutes, MINUTES_A_DAY);
  return [Math.floor(ofDay / 60), ofDay % 60].map((part) => String(part).padStart(2, '0')).join(':');
}

/** `value` as one of the numbers from 0 to below `divisor`. */
export function modulo(value: number, divisor: number): number {
  return ((value % divisor) + divisor) % divisor;
}
