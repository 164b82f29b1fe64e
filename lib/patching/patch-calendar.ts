import { ArnFormat, Stack, TimeZone } from 'aws-cdk-lib';
import { PolicyStatement, type IRole } from 'aws-cdk-lib/aws-iam';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { CfnDocument } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { today } from '../core/clock';
import { Problems } from '../core/errors';
import { identityOf } from '../core/identity';
import { calendarText, closedSpans } from './change-calendar-text';
import { dailyText, modulo, weeklyText, type UtcSpan } from './change-window';
import {
  defaultWindows,
  requirePatchCalendar,
  type PatchCalendarProps,
  type PatchWindows,
  type WindowName,
} from './patching-choices';
import { timeZoneOf } from './region-time-zone';

/** Metadata under which freezes and what was changed in spite of them stand in the assembly. */
export const PATCH_CALENDAR_METADATA = 'cdk-commerce-baseline:patch-calendar';

/** What is changed by a schedule. */
export enum PatchKind {
  /** Engine and operating system of the database. */
  DATABASES = 'databases',
  /** The cache. */
  CACHE = 'cache',
  /** Images of containers. */
  IMAGES = 'images',
  /** Hosts. */
  HOSTS = 'hosts',
}

/** The backup of the database ends half an hour before anything may change in it, and takes an hour. */
const BACKUP_BEFORE = 90;
const BACKUP_LENGTH = 60;

/** AWS Backup takes no backup of a database in the hour before one of its windows. */
const KEEP_CLEAR = 60;

const MINUTES_A_DAY = 24 * 60;

/**
 * Says in one place when what may change: a weekly window for each kind, by the clocks of the shop, and the freezes in
 * which nothing does. Windows follow daylight saving; where a service knows UTC alone, they are the part of the window
 * that lies in it all year.
 *
 * Freezes stand in a calendar of Systems Manager (Change Calendar), open but for them: whoever changes something asks it
 * (`ssm:GetCalendarState`), people and other tools as well. What is changed in a freeze all the same is a `CriticalFix`,
 * which stands in the configuration, and in the assembly.
 *
 * **What a calendar cannot hold**: AWS replaces retired Fargate tasks and applies required updates when it has said it
 * will. Costs nothing.
 */
export class PatchCalendar extends Construct {
  /** The calendar of Systems Manager. */
  public readonly document: CfnDocument;
  /** Its name, for `ssm:GetCalendarState`. */
  public readonly calendarName: string;
  /** Its ARN. */
  public readonly calendarArn: string;
  /** The time zone of the windows, by its name in the IANA database. */
  public readonly timeZone: string;
  /** When the database is patched, as RDS writes it, in UTC: `wed:01:00-wed:02:00`. */
  public readonly databaseWindow: string;
  /** When RDS takes its daily backup, in UTC: `23:30-00:30`. It ends half an hour before the other window. */
  public readonly databaseBackupWindow: string;
  /** When the cache is patched, as ElastiCache writes it, in UTC. */
  public readonly cacheWindow: string;

  private readonly windows: Required<PatchWindows>;
  private readonly databaseSpan: UtcSpan;

  /**
   * @throws BaselineError `TimeZoneUnknown`, `WindowTooShort`, `CriticalFixOutsideFreeze`; and what a window, a freeze or
   * a fix has wrong in itself
   */
  public constructor(scope: Construct, id: string, props: PatchCalendarProps = {}) {
    super(scope, id);
    const { freezes = [], criticalFixes = [] } = props;
    const date = today(this);
    this.timeZone = props.timeZone ?? timeZoneOf(Stack.of(this).region);
    const problems = new Problems(`PatchCalendar ${this.node.path}`);
    requirePatchCalendar(problems, props, this.timeZone, date);
    problems.throwIfAny();

    this.windows = { ...defaultWindows(identityOf(this)?.environment), ...given(props.windows ?? {}) };
    this.databaseSpan = this.windows.databases._inUtc(this.timeZone, date);
    this.databaseWindow = weeklyText(this.databaseSpan);
    this.databaseBackupWindow = dailyText({ start: this.databaseSpan.start - BACKUP_BEFORE, length: BACKUP_LENGTH });
    this.cacheWindow = weeklyText(this.windows.cache._inUtc(this.timeZone, date));

    this.document = new CfnDocument(this, 'Calendar', {
      content: {},
      documentType: 'ChangeCalendar',
      documentFormat: 'TEXT',
      // Another version of the same calendar: whoever asks by its name goes on asking.
      updateMethod: 'NewVersion',
    });
    const text = calendarText('Open but for freezes', closedSpans(this.timeZone, freezes, criticalFixes));
    // CDK takes an object alone, and a calendar is text.
    this.document.addPropertyOverride('Content', text);
    this.calendarName = this.document.ref;
    this.calendarArn = Stack.of(this).formatArn({
      service: 'ssm',
      resource: 'document',
      resourceName: this.calendarName,
      arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
    });
    this.record(props);
  }

  /** When the window of `kind` begins, for a schedule of EventBridge Scheduler, which knows daylight saving. */
  public scheduleFor(kind: PatchKind): ScheduleExpression {
    return ScheduleExpression.cron({ ...this.windows[kind as WindowName]._cron, timeZone: TimeZone.of(this.timeZone) });
  }

  /**
   * The window of hosts, as Systems Manager writes it: its maintenance windows know time zones, and daylight saving.
   *
   * @internal
   */
  public get _hostWindow(): { readonly schedule: string; readonly timeZone: string; readonly hours: number } {
    const { _cron, _hours } = this.windows.hosts;
    const schedule = `cron(${_cron.minute} ${_cron.hour} ? * ${_cron.weekDay} *)`;
    return { schedule, timeZone: this.timeZone, hours: _hours };
  }

  /** Lets `role` ask whether something may change now. */
  public grantAsk(role: IRole): void {
    role.addToPrincipalPolicy(
      new PolicyStatement({ actions: ['ssm:GetCalendarState'], resources: [this.calendarArn] }),
    );
  }

  /**
   * The first hour from `preferred` on, in UTC, at which AWS Backup may begin: outside the windows of the database, and
   * the hour before them.
   *
   * @internal
   */
  public _clearHour(preferred: number): number {
    const { start, length } = this.databaseSpan;
    const busy = [
      { start, length },
      { start: start - BACKUP_BEFORE, length: BACKUP_LENGTH },
    ].map((span) => ({ start: span.start - KEEP_CLEAR, length: span.length + KEEP_CLEAR }));
    const hours = [...Array(24).keys()].map((hour) => (preferred + hour) % 24);
    // Two windows of a few hours never fill a day.
    const clear = hours.find((hour) =>
      busy.every((span) => modulo(hour * 60 - span.start, MINUTES_A_DAY) > span.length),
    );
    return clear ?? preferred;
  }

  private record({ freezes = [], criticalFixes = [] }: PatchCalendarProps): void {
    this.node.addMetadata(PATCH_CALENDAR_METADATA, {
      timeZone: this.timeZone,
      freezes: freezes.map(({ from, until, name }) => ({ from, until, name })),
      criticalFixes: criticalFixes.map(({ day, because, owner, reference }) => ({ day, because, owner, reference })),
    });
  }
}

/** Without what was left open: `{ databases: undefined }` chooses nothing. */
function given(windows: PatchWindows): PatchWindows {
  return Object.fromEntries(Object.entries(windows).filter(([, window]) => window !== undefined));
}
