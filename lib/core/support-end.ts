import { Validations } from 'aws-cdk-lib';
import type { Construct, IConstruct } from 'constructs';
import { daysBetween, today } from './clock';
import { refuseAfter } from './expiry';
import { SUPPORT_METADATA } from './support-metadata';

/** Until when AWS mends something that has versions. */
export interface SupportEnd {
  /** The last day of standard support, `YYYY-MM-DD`. */
  readonly until: string;
  /** The page of AWS that says so. */
  readonly source: string;
  /** When that page was read, `YYYY-MM-DD`. */
  readonly read: string;
  /** What to do before that day. One imperative clause, without a full stop. */
  readonly remedy: string;
}

const AURORA_POSTGRESQL = {
  source:
    'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraPostgreSQLReleaseNotes/aurorapostgresql-release-calendar.html',
  read: '2026-11-28',
  remedy: 'Rehearse the upgrade in staging, then name a later line: DatabaseEngine.auroraPostgresql(…)',
};

const AURORA_MYSQL = {
  source: 'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraMySQLReleaseNotes/AuroraMySQL.release-calendars.html',
  read: '2026-11-28',
  remedy: 'Rehearse the upgrade in staging, then name a later line: DatabaseEngine.auroraMysql(…)',
};

/**
 * The ends of support that AWS has announced, of what this library deploys: engine lines and Lambda runtimes. A line that
 * is not here has no announced end that we know.
 */
export const SUPPORT_ENDS = {
  'Aurora PostgreSQL 16': { ...AURORA_POSTGRESQL, until: '2029-02-28' },
  'Aurora PostgreSQL 17': { ...AURORA_POSTGRESQL, until: '2030-02-28' },
  'Aurora PostgreSQL 18': { ...AURORA_POSTGRESQL, until: '2031-02-28' },
  'Aurora MySQL 8.0': { ...AURORA_MYSQL, until: '2028-04-30' },
  'Aurora MySQL 8.4': { ...AURORA_MYSQL, until: '2032-04-30' },
  'Lambda nodejs24.x': {
    until: '2028-04-30',
    source: 'https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html',
    read: '2026-11-28',
    remedy: 'Update cdk-commerce-baseline, whose functions run on it',
  },
} as const satisfies Record<string, SupportEnd>;

/** Days before the end from which each synthesis warns: half a year is time to rehearse a major upgrade. */
const NOTICE = 180;

/** What each app was told already: forty functions share one runtime, and one message is enough. */
const TOLD = new WeakMap<IConstruct, Set<string>>();

/**
 * Writes down until when AWS supports `what`, warns during the last 180 days, and stops the synthesis afterwards unless
 * there is an emergency. Once for each app; on `construct`, which is the first to use it.
 */
export function watchSupport(construct: Construct, what: string): void {
  const end: SupportEnd | undefined = (SUPPORT_ENDS as Readonly<Record<string, SupportEnd>>)[what];
  if (end === undefined || wasTold(construct, what)) {
    return;
  }
  const { until, source, read, remedy } = end;
  construct.node.addMetadata(SUPPORT_METADATA, { what, until, source, read });
  const left = daysBetween(today(construct), until);
  if (left >= 0 && left <= NOTICE) {
    Validations.of(construct).addWarning(
      `cdk-commerce-baseline:SupportEnd.${idOf(what)}`,
      `AWS supports ${what} until ${until}, ${left} days from now (${source}, read on ${read}). ${remedy}.`,
    );
  }
  refuseAfter(construct, {
    until,
    expired: `AWS has not supported ${what} since ${until} (${source}, read on ${read}).`,
    remedy,
    code: 'SupportEnded',
    warning: `SupportEnd.expired.${idOf(what)}`,
    what,
  });
}

function wasTold({ node: { root } }: Construct, what: string): boolean {
  const told = TOLD.get(root) ?? new Set();
  const before = told.has(what);
  TOLD.set(root, told.add(what));
  return before;
}

/** `Aurora PostgreSQL 16` as `aurora-postgresql-16`. */
function idOf(what: string): string {
  return what.toLowerCase().replaceAll(' ', '-');
}
