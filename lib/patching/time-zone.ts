const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Weeks after which every rule for daylight saving has been seen: no zone keeps an offset for less than a month. */
const WEEKS_A_YEAR = 53;

const FORMATS = new Map<string, Intl.DateTimeFormat>();

/** Whether `name` is a time zone of the IANA database, by the copy that Node.js brings. `+02:00` is an offset, not a zone. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) {
    return false;
  }
  try {
    return formatOf(name) !== undefined;
  } catch {
    return false;
  }
}

/** Minutes by which clocks in `zone` are ahead of UTC at `instant`, in milliseconds. */
export function offsetAt(zone: string, instant: number): number {
  const parts = formatOf(zone).formatToParts(instant);
  const [year, month, day, hour, minute, second] = ['year', 'month', 'day', 'hour', 'minute', 'second'].map((type) =>
    Number(parts.find((part) => part.type === type)?.value),
  );
  const shown = Date.UTC(year, month - 1, day, hour, minute, second);
  return Math.round((shown - Math.floor(instant / 1000) * 1000) / MINUTE);
}

/** The least and the greatest offset of `zone` in the year from `date` on: one number twice where clocks never change. */
export function offsetsFrom(zone: string, date: string): { readonly least: number; readonly greatest: number } {
  const from = Date.parse(date);
  const offsets = [...Array(WEEKS_A_YEAR).keys()].map((week) => offsetAt(zone, from + week * 7 * DAY));
  return { least: Math.min(...offsets), greatest: Math.max(...offsets) };
}

/** The first instant of the day `date` (`YYYY-MM-DD`) in `zone`, in milliseconds: seldom, that is not midnight. */
export function startOfDay(zone: string, date: string): number {
  const midnight = Date.parse(date);
  // Where clocks change that night, midnight is there never or twice. The offset before and after leave two candidates.
  const candidates = [midnight - DAY, midnight + DAY].map((near) => midnight - offsetAt(zone, near) * MINUTE);
  const reached = candidates.filter((instant) => instant + offsetAt(zone, instant) * MINUTE >= midnight);
  return Math.min(...reached);
}

/** The day after `date`, both `YYYY-MM-DD`. */
export function nextDay(date: string): string {
  return new Date(Date.parse(date) + DAY).toISOString().slice(0, 10);
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = FORMATS.get(timeZone);
  if (known !== undefined) {
    return known;
  }
  const numeric = 'numeric';
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    ...{ year: numeric, month: numeric, day: numeric, hour: numeric, minute: numeric, second: numeric },
  });
  FORMATS.set(timeZone, made);
  return made;
}
