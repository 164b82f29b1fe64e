import { Duration } from 'aws-cdk-lib';
import { StoreEnvironment } from '../core/identity';
import type { Problems } from '../core/errors';
import type { Waiver } from '../core/waiver';
import { Weekday } from '../core/weekday';
import { ChangeWindow, MINUTES_A_DAY, MINUTES_A_WEEK, modulo } from './change-window';
import { requireFindingLimits, type FindingLimits } from './finding-limits';
import type { CriticalFix, Freeze } from './freeze';
import type { ImageBuildChoices } from './image-build-choices';
import { IMAGE_DAYS, requireImageDays } from './image-limit';
import type { InspectorUse } from './inspector-use';
import { timeZoneOf } from './region-time-zone';
import { isTimeZone } from './time-zone';
import { requireVulnerabilitySources, type VulnerabilitySource } from './vulnerability-source';

/** What is patched, each in its own window. */
export interface PatchWindows {
  /**
   * Engine and operating system of the database.
   *
   * @default - Wednesday from 02:00 for two hours; in staging Monday
   */
  readonly databases?: ChangeWindow;

  /**
   * The cache.
   *
   * @default - Wednesday from 04:00 for two hours; in staging Monday
   */
  readonly cache?: ChangeWindow;

  /**
   * Images of containers: built again, and rolled out.
   *
   * @default - Thursday from 02:00 for two hours; in staging Tuesday
   */
  readonly images?: ChangeWindow;

  /**
   * Hosts, where a store keeps any.
   *
   * @default - Thursday from 04:00 for two hours; in staging Tuesday
   */
  readonly hosts?: ChangeWindow;
}

/** When what may change. */
export interface PatchCalendarProps {
  /**
   * The time zone of the windows and of the days of a freeze, by its name in the IANA database: `Asia/Manila`.
   *
   * @default - that of the home Region
   */
  readonly timeZone?: string;

  /**
   * When what may change, weekly.
   *
   * @default - at night in the middle of the week, staging two days before production
   */
  readonly windows?: PatchWindows;

  /**
   * When nothing may.
   *
   * @default - never
   */
  readonly freezes?: Freeze[];

  /**
   * Days of a freeze on which something was changed, or will be, all the same.
   *
   * @default - none
   */
  readonly criticalFixes?: CriticalFix[];
}

/** When what of a store may change, and how old a known vulnerability may become. */
export interface PatchingChoices extends PatchCalendarProps {
  /**
   * Who has Amazon Inspector scan images and functions.
   *
   * @default InspectorUse.create()
   */
  readonly inspector?: InspectorUse;

  /**
   * How old a finding of Inspector may become.
   *
   * @default - 7 days for critical ones, 30 for high ones
   */
  readonly limits?: FindingLimits;

  /**
   * Who knows what Inspector does not look at: plugins, themes, packages.
   *
   * @default - nobody
   */
  readonly sources?: VulnerabilitySource[];

  /**
   * Has the image of the shop built again each week, in the window `images`, scanned and rolled out.
   *
   * @default - whoever owns the image builds it elsewhere, and deploys the store with the digest
   */
  readonly imageBuild?: ImageBuildChoices;

  /**
   * How many days an image may run after it came into its repository: 1 to 90.
   *
   * @default 30
   */
  readonly imageDays?: number;

  /**
   * Lets images run that nobody knows the age of.
   *
   * @default - somebody hears of an image that runs and is too old, or holds a finding that is
   */
  readonly withoutImageFreshness?: Waiver;
}

/** How large the windows of services that know UTC alone have to be, in minutes. */
const SHORTEST = { databases: 30, cache: 60 };

/** What a problem calls each window. */
export type WindowName = keyof PatchWindows;

const TWO_HOURS = Duration.hours(2);

/**
 * Staging first, and production two days later: time to see what a patch does to the shop. In the middle of the week,
 * because whoever can mend it is there the next morning.
 */
export function defaultWindows(environment: StoreEnvironment | undefined): Required<PatchWindows> {
  const [first, second] =
    environment === StoreEnvironment.STAGING
      ? [Weekday.MONDAY, Weekday.TUESDAY]
      : [Weekday.WEDNESDAY, Weekday.THURSDAY];
  return {
    databases: ChangeWindow.weekly(first, '02:00', TWO_HOURS),
    cache: ChangeWindow.weekly(first, '04:00', TWO_HOURS),
    images: ChangeWindow.weekly(second, '02:00', TWO_HOURS),
    hosts: ChangeWindow.weekly(second, '04:00', TWO_HOURS),
  };
}

/** Any year: zones that change their clocks do so in each. */
const SOME_DAY = '2026-01-01';

/** Refuses choices that the constructs of a store in `region` would refuse. */
export function requirePatchingChoices(problems: Problems, choices: PatchingChoices, region: string): void {
  requirePatchCalendar(problems, choices, choices.timeZone ?? timeZoneOf(region), SOME_DAY);
  requireFindingLimits(problems.at('limits'), choices.limits ?? {});
  requireVulnerabilitySources(problems, choices.sources ?? []);
  requireImageDays(problems, choices.imageDays ?? IMAGE_DAYS);
}

/** A store whose patches are compared with those of another. */
export interface PatchedStore {
  readonly patching?: PatchingChoices;
  readonly region: string;
}

/** Refuses windows of production that open before anybody has seen what the same patch does to `staging`. */
export function requireStaggeredWindows(problems: Problems, production: PatchedStore, staging: PatchedStore): void {
  const first = startsOf(staging, StoreEnvironment.STAGING);
  for (const [name, start] of Object.entries(startsOf(production, StoreEnvironment.PRODUCTION))) {
    const hours = modulo(start - first[name as WindowName], MINUTES_A_WEEK) / 60;
    problems.require(!(hours < MINUTES_A_DAY / 60), {
      code: 'StagingNotFirst',
      property: `patching.windows.${name}`,
      value: `${hours} hours before that of production`,
      bound: 'open a day or more before that of production: staging is where a patch is seen first',
      remedy: 'Give staging an earlier day, with windows of its own in patching.',
    });
  }
}

/** When each window opens, in minutes of the week in UTC; NaN where that is wrong in itself. */
function startsOf({ patching = {}, region }: PatchedStore, environment: StoreEnvironment): Record<WindowName, number> {
  const zone = patching.timeZone ?? timeZoneOf(region);
  const windows = { ...defaultWindows(environment), ...patching.windows };
  const starts = Object.entries(windows).map(([name, window]) => [
    name,
    isTimeZone(zone) && window instanceof ChangeWindow ? window._inUtc(zone, SOME_DAY).start : NaN,
  ]);
  return Object.fromEntries(starts) as Record<WindowName, number>;
}

/** Refuses what no calendar can be made of, on a day `date`. */
export function requirePatchCalendar(
  problems: Problems,
  { timeZone, windows = {}, freezes = [], criticalFixes = [] }: PatchCalendarProps,
  zone: string,
  date: string,
): void {
  const isZone = isTimeZone(zone);
  problems.require(isZone, {
    code: 'TimeZoneUnknown',
    property: 'timeZone',
    value: timeZone,
    bound: 'be a time zone of the IANA database',
    remedy: 'Write Asia/Manila or Europe/Berlin, for example.',
  });
  for (const [name, window] of Object.entries(windows) as [WindowName, ChangeWindow | undefined][]) {
    problems.at(`windows.${name}`).include(window);
    if (window !== undefined && isZone && name in SHORTEST) {
      requireLength(problems.at('windows'), name as keyof typeof SHORTEST, window._inUtc(zone, date).length);
    }
  }
  freezes.forEach((freeze, index) => problems.at(`freezes[${index}]`).include(freeze));
  criticalFixes.forEach((fix, index) => {
    problems.at(`criticalFixes[${index}]`).include(fix);
    problems.require(
      freezes.some(({ from, until }) => fix.day >= from && fix.day <= until),
      {
        code: 'CriticalFixOutsideFreeze',
        property: `criticalFixes[${index}].day`,
        value: fix.day,
        bound: 'lie in a freeze: at other times nothing is held',
        remedy: 'Correct the day, or remove it together with the freeze it was for.',
      },
    );
  });
}

/** NaN, for a window that is wrong in itself, is no second problem. */
function requireLength(problems: Problems, name: keyof typeof SHORTEST, length: number): void {
  const missing = SHORTEST[name] - length;
  problems.require(!(missing > 0), {
    code: 'WindowTooShort',
    property: name,
    value: `${length} minutes of UTC that lie in it all year`,
    bound: `hold ${SHORTEST[name]} minutes of UTC all year: the service knows no daylight saving`,
    remedy: `Make it ${missing} minutes longer.`,
  });
}
