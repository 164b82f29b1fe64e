import type { IConstruct } from 'constructs';

/** Context key that sets the day for which an app is synthesised, as `YYYY-MM-DD`. For tests and repeatable builds. */
export const TODAY_CONTEXT = 'cdk-commerce-baseline:today';

const MILLISECONDS_A_DAY = 86_400_000;

/** The day on which this app is synthesised, UTC, as `YYYY-MM-DD`. The only place in the library that reads a clock. */
export function today(scope: IConstruct): string {
  const fixed: unknown = scope.node.tryGetContext(TODAY_CONTEXT);
  return typeof fixed === 'string' && isDate(fixed) ? fixed : new Date().toISOString().slice(0, 10);
}

/** Whether `text` is a day of the calendar written `YYYY-MM-DD`. `2026-02-30` is not. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) {
    return false;
  }
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** Whole days from `from` to `to`, negative when `to` lies before. Both are `YYYY-MM-DD`. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / MILLISECONDS_A_DAY);
}
