import { Duration } from 'aws-cdk-lib';
import { Match, type Template } from 'aws-cdk-lib/assertions';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import * as fc from 'fast-check';
import {
  ChangeWindow,
  CriticalFix,
  Freeze,
  PatchCalendar,
  PatchKind,
  StoreEnvironment,
  Weekday,
  type PatchCalendarProps,
} from '../../lib';
import { belongsTo } from '../../lib/core/identity';
import { ServiceRole } from '../../lib/core/service-role';
import { PATCH_CALENDAR_METADATA } from '../../lib/patching/patch-calendar';
import { refusal } from '../support/refusal';
import { foreignStack, templateOf } from '../support/stack';
import { zones } from '../support/zones';

const CHRISTMAS = Freeze.between('2026-11-20', '2027-01-06', 'Christmas');
const FIX = CriticalFix.on('2026-12-03', { because: 'CVE-2026-1234 is exploited', owner: 'platform@acme.example' });

function calendarOf(
  props?: PatchCalendarProps,
  environment?: StoreEnvironment,
  region = 'eu-central-1',
): PatchCalendar {
  const stack = foreignStack({ env: { account: '111122223333', region } });
  if (environment !== undefined) {
    belongsTo(stack, { id: 'acme', environment });
  }
  return new PatchCalendar(stack, 'Calendar', props);
}

const templateWith = (props?: PatchCalendarProps): Template =>
  templateOf((stack) => new PatchCalendar(stack, 'Calendar', props), {
    env: { account: '111122223333', region: 'eu-central-1' },
  });

test('is a Change Calendar that is closed in a freeze, and keeps its name when a freeze is added', () => {
  templateWith({ freezes: [CHRISTMAS] }).hasResource('AWS::SSM::Document', {
    Properties: {
      Name: Match.absent(),
      DocumentType: 'ChangeCalendar',
      DocumentFormat: 'TEXT',
      UpdateMethod: 'NewVersion',
      Content: Match.stringLikeRegexp('SUMMARY:Christmas\r\nDTSTART:20261119T230000Z\r\nDTEND:20270106T230000Z'),
    },
  });
});

test('opens the day of a critical fix, and writes down why', () => {
  templateWith({ freezes: [CHRISTMAS], criticalFixes: [FIX] }).hasResourceProperties('AWS::SSM::Document', {
    Content: Match.stringLikeRegexp('DTEND:20261202T230000Z(.|\r\n)*DTSTART:20261203T230000Z'),
  });
  const { node } = calendarOf({ freezes: [CHRISTMAS], criticalFixes: [FIX] });
  expect(node.metadata.find(({ type }) => type === PATCH_CALENDAR_METADATA)?.data).toEqual({
    timeZone: 'Europe/Berlin',
    freezes: [{ from: '2026-11-20', until: '2027-01-06', name: 'Christmas' }],
    criticalFixes: [
      {
        day: '2026-12-03',
        because: 'CVE-2026-1234 is exploited',
        owner: 'platform@acme.example',
        reference: undefined,
      },
    ],
  });
});

test('patches the database of staging at least two days before that of production', () => {
  const dayOf = (environment: StoreEnvironment): number =>
    Object.values(Weekday).indexOf(calendarOf({}, environment).databaseWindow.slice(0, 3).toUpperCase() as Weekday);
  const [staging, production] = [dayOf(StoreEnvironment.STAGING), dayOf(StoreEnvironment.PRODUCTION)];
  expect(production - staging).toBeGreaterThanOrEqual(2);
});

test.each([
  ['ap-southeast-1', 'tue:18:00-tue:20:00', '16:30-17:30'],
  ['eu-central-1', 'wed:01:00-wed:02:00', '23:30-00:30'],
  ['us-east-1', 'wed:07:00-wed:08:00', '05:30-06:30'],
  ['moon-base-1', 'wed:02:00-wed:04:00', '00:30-01:30'],
])('at night in %s, the database may be patched at %s and is backed up at %s', (region, window, backup) => {
  const { databaseWindow, databaseBackupWindow } = calendarOf({}, undefined, region);
  expect([databaseWindow, databaseBackupWindow]).toEqual([window, backup]);
});

test('takes another window, and leaves the others as they are', () => {
  const databases = ChangeWindow.weekly(Weekday.SUNDAY, '03:30', Duration.hours(3));
  const calendar = calendarOf({ timeZone: 'Asia/Manila', windows: { databases, cache: undefined } });
  expect(calendar.databaseWindow).toBe('sat:19:30-sat:22:30');
  expect(calendar.cacheWindow).toBe('tue:20:00-tue:22:00');
});

test.each([
  [PatchKind.DATABASES, 'cron(0 2 ? * WED *)'],
  [PatchKind.CACHE, 'cron(0 4 ? * WED *)'],
  [PatchKind.IMAGES, 'cron(0 2 ? * THU *)'],
  [PatchKind.HOSTS, 'cron(0 4 ? * THU *)'],
])('%s have a schedule by the clocks of the shop', (kind, cron) => {
  const { expressionString, timeZone } = calendarOf().scheduleFor(kind);
  expect([expressionString, timeZone?.timezoneName]).toEqual([cron, 'Europe/Berlin']);
});

test('lets a role ask this calendar, and do nothing with it', () => {
  const template = templateOf((stack) => {
    const assumedBy = new ServicePrincipal('lambda.amazonaws.com');
    const role = new ServiceRole(stack, 'Role', { assumedBy, description: 'Asks' });
    new PatchCalendar(stack, 'Calendar').grantAsk(role);
  });
  template.hasResourceProperties('AWS::IAM::ManagedPolicy', {
    PolicyDocument: {
      Statement: [
        {
          Effect: 'Allow',
          Action: 'ssm:GetCalendarState',
          Resource: { 'Fn::Join': ['', Match.arrayWith([':document/', { Ref: Match.stringLikeRegexp('^Calendar') }])] },
        },
      ],
    },
  });
});

test('AWS Backup never begins in a window of the database or in the hour before it, in any zone', () => {
  const minuteOf = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5));
  fc.assert(
    fc.property(zones, fc.nat({ max: 23 }), (timeZone, preferred) => {
      const calendar = calendarOf({ timeZone });
      const windows = [calendar.databaseWindow.replace(/[a-z]{3}:/g, ''), calendar.databaseBackupWindow];
      const begins = calendar._clearHour(preferred) * 60;
      for (const [start, end] of windows.map((window) => window.split('-').map(minuteOf))) {
        const length = (end - start + 1440) % 1440;
        expect((begins - (start - 60) + 1440) % 1440).toBeGreaterThan(length + 60);
      }
    }),
    { numRuns: 40 },
  );
  expect(calendarOf()._clearHour(4)).toBe(4);
});

const short = ChangeWindow.weekly(Weekday.MONDAY, '02:00', Duration.minutes(60));

test.each<[PatchCalendarProps, string, string]>([
  [{ timeZone: 'Mars/Olympus' }, 'TimeZoneUnknown', 'timeZone is "Mars/Olympus"; it must be a time zone'],
  [{ windows: { databases: short } }, 'WindowTooShort', 'Make it 30 minutes longer'],
  [{ windows: { cache: short } }, 'WindowTooShort', 'Make it 60 minutes longer'],
  [
    { criticalFixes: [FIX] },
    'CriticalFixOutsideFreeze',
    'criticalFixes[0].day is "2026-12-03"; it must lie in a freeze',
  ],
  [{ freezes: [Freeze.between('2026-02-30', '2026-03-01', 'Sale')] }, 'FreezeDayInvalid', 'freezes[0].from'],
  [{ freezes: [Freeze.between('2026-12-01', '2026-11-01', 'Sale')] }, 'FreezeBackwards', 'not lie before 2026-12-01'],
  [{ freezes: [Freeze.between('2026-11-01', '2026-12-01', 'Sale;\r\nEND')] }, 'FreezeNameInvalid', 'freezes[0].name'],
  [
    { freezes: [CHRISTMAS], criticalFixes: [CriticalFix.on('2026-12-03', { because: 'now', owner: 'me' })] },
    'CriticalFixUnexplained',
    'criticalFixes[0].because',
  ],
  [
    { freezes: [CHRISTMAS], criticalFixes: [CriticalFix.on('2026-12-03', { because: 'A real hole', owner: ' ' })] },
    'CriticalFixUnowned',
    'criticalFixes[0].owner',
  ],
])('refuses %j', (props, code, message) => {
  expect(() => calendarOf(props)).toThrow(refusal([code], message));
});
