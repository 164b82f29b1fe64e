import type { InstancePatchState } from '@aws-sdk/client-ssm';
import * as fc from 'fast-check';
import { DateTime } from 'luxon';
import { type KnownHost, reasonsAgainst, unscannedDays } from '../../../lib/patching/handlers/host-states';
import { days, zones } from '../../support/zones';

const LIMITS = { baseline: 'pb-0123456789abcdef0', scanDays: 2, patchDays: 7 };
const NOW = DateTime.fromISO('2028-03-01T05:30:00Z', { zone: 'utc' });

const stateOf = (over: Partial<InstancePatchState> = {}): InstancePatchState => ({
  InstanceId: 'i-1',
  PatchGroup: 'acme',
  BaselineId: LIMITS.baseline,
  Operation: 'Scan',
  OperationStartTime: NOW.minus({ hours: 3 }).toJSDate(),
  OperationEndTime: NOW.minus({ hours: 3 }).toJSDate(),
  MissingCount: 0,
  FailedCount: 0,
  ...over,
});

const hostOf = (state: Partial<InstancePatchState> | undefined, over: Partial<KnownHost> = {}): KnownHost => ({
  id: 'i-1',
  created: NOW.minus({ years: 1 }).toJSDate(),
  state: state && stateOf(state),
  ...over,
});

const against = (host: KnownHost, now: DateTime = NOW): string[] => reasonsAgainst(host, LIMITS, now.toJSDate());

const daysAgo = (number: number): Date => NOW.minus({ days: number }).toJSDate();

test('a scan is too old on the day after its limit, over leap days and whatever clocks do', () => {
  fc.assert(
    fc.property(zones, days, fc.integer({ min: 0, max: 40 * 86_400 }), (zone, day, seconds) => {
      const scanned = DateTime.fromISO(day, { zone });
      const now = scanned.plus({ seconds });
      const host = hostOf({ OperationEndTime: scanned.toJSDate() });
      const whole = Math.floor(seconds / 86_400);
      expect(unscannedDays(host, now.toJSDate())).toBe(whole);
      expect(against(host, now)).toEqual(whole > 2 ? [`last scanned ${whole} days ago, limit 2`] : []);
    }),
  );
});

test('what is lacking waits for the next window, and is told of from the second day after it, whatever clocks do', () => {
  fc.assert(
    fc.property(zones, days, fc.nat({ max: 6 * 60 }), fc.nat({ max: 28 }), (zone, day, minutes, more) => {
      const installed = DateTime.fromISO(day, { zone }).plus({ hours: 4 });
      // One of the last hosts in the longest window.
      const next = installed.plus({ weeks: 1, minutes });
      const reasonsAt = (now: DateTime): string[] => {
        const state = stateOf({ MissingCount: 1, OperationEndTime: now.toJSDate() });
        return against({ id: 'i-1', state, installed: installed.toJSDate() }, now);
      };
      expect(reasonsAt(next)).toEqual([]);
      expect(reasonsAt(next.plus({ days: 2 + more }))).toEqual([
        expect.stringMatching(/^lacks approved patches \(missing 1\), last patched \d+ days ago, limit 7$/),
      ]);
    }),
  );
});

test.each<[string, KnownHost, string[]]>([
  ['a host that lacks nothing, whenever it was patched', hostOf({}), []],
  ['a host that nobody has scanned', hostOf(undefined), ['Patch Manager has never seen it']],
  ['one that came today', hostOf(undefined, { created: NOW.minus({ hours: 23 }).toJSDate() }), []],
  ['one of unknown age', hostOf(undefined, { created: undefined }), ['Patch Manager has never seen it']],
  ['a scan without a date', hostOf({ OperationEndTime: undefined }), ['nobody knows when it was scanned']],
  ['a scan of tomorrow', hostOf({ OperationEndTime: daysAgo(-1) }), ['nobody knows when it was scanned']],
  ['another baseline', hostOf({ BaselineId: 'pb-1' }), ['scanned with another baseline (pb-1)']],
  ['no baseline', hostOf({ BaselineId: undefined }), ['scanned with another baseline (unknown)']],
  [
    'its baseline by its ARN',
    hostOf({ BaselineId: `arn:aws:ssm:eu-central-1:1:patchbaseline/${LIMITS.baseline}` }),
    [],
  ],
  ['no counts', hostOf({ MissingCount: undefined }), ['Patch Manager does not say what it lacks']],
  ['half of the counts', hostOf({ FailedCount: undefined }), ['Patch Manager does not say what it lacks']],
  ['a new host that waits for its first window', hostOf({ MissingCount: 2 }, { created: daysAgo(7) }), []],
  [
    'one whose first window has passed',
    hostOf({ MissingCount: 2 }, { created: daysAgo(8) }),
    ['lacks approved patches (missing 2), not patched in the last 8 days'],
  ],
  [
    'one of unknown age that nothing patched',
    hostOf({ MissingCount: 2 }, { created: undefined }),
    ['lacks approved patches (missing 2), not patched in the last 30 days'],
  ],
  [
    'a patch that could not be installed, at once',
    hostOf({ FailedCount: 1 }, { installed: daysAgo(1) }),
    ['lacks approved patches (failed 1), and some could not be installed'],
  ],
  [
    'a patch that waits for a restart',
    hostOf({ InstalledPendingRebootCount: 1 }, { installed: daysAgo(9) }),
    ['lacks approved patches (waiting for a restart 1), last patched 9 days ago, limit 7'],
  ],
  [
    'what is not compliant for whatever reason',
    hostOf(
      { CriticalNonCompliantCount: 1, SecurityNonCompliantCount: 2, OtherNonCompliantCount: 3 },
      { installed: daysAgo(9) },
    ),
    ['lacks approved patches (critical 1, security 2, other 3), last patched 9 days ago, limit 7'],
  ],
  [
    'all that is wrong',
    hostOf({ BaselineId: 'pb-1', MissingCount: 1, OperationEndTime: daysAgo(5) }, { installed: daysAgo(9) }),
    [
      'last scanned 5 days ago, limit 2',
      'scanned with another baseline (pb-1)',
      'lacks approved patches (missing 1), last patched 9 days ago, limit 7',
    ],
  ],
])('judges %s', (_, host, reasons) => {
  expect(against(host)).toEqual(reasons);
});
