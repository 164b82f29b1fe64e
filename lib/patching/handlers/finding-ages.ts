import { type Finding } from '@aws-sdk/client-inspector2';
import * as z from 'zod/mini';

/** The severities that have a limit. */
export const SEVERITIES = ['CRITICAL', 'HIGH'] as const;
export type LimitedSeverity = (typeof SEVERITIES)[number];

const MILLISECONDS_A_DAY = 86_400_000;

/** Whole days from `since` to `now`. */
export function wholeDays(since: Date, now: Date): number {
  return Math.floor((now.getTime() - since.getTime()) / MILLISECONDS_A_DAY);
}

/** Whole days since `since`; undefined when nobody knows. A day of the future would make something young for ever. */
export function knownAge(since: Date | undefined, now: Date): number | undefined {
  const age = since === undefined ? NaN : wholeDays(since, now);
  return age >= 0 ? age : undefined;
}

/** Days after which something that was not seen again is new when it comes back. */
const FORGET_AFTER = 30;

/** What is known of earlier days: for each vulnerability of a component, when it was first and last seen. */
export const Ledger = z.record(z.string(), z.object({ first: z.string(), last: z.string() }));
export type Ledger = z.infer<typeof Ledger>;

/** What the age of a finding depends on: of one of Inspector, or of what another source says in its words. */
export type OpenFinding = Pick<
  Partial<Finding>,
  | 'findingArn'
  | 'firstObservedAt'
  | 'fixAvailable'
  | 'packageVulnerabilityDetails'
  | 'resources'
  | 'severity'
  | 'status'
  | 'title'
> & {
  /** Who mends it, where somebody said so. */
  readonly owner?: string;
};

/** An open finding, and how old it is. */
export interface AgedFinding {
  readonly severity: LimitedSeverity;
  /** Whole days; undefined when nobody knows, which counts as too many. */
  readonly age?: number;
  readonly limit: number;
  readonly isOver: boolean;
  /** `CVE-2026-1234`, or the title of a finding that has no such id. */
  readonly vulnerability: string;
  /** What it was found in: a repository, a function, an instance. The digest of an image changes with each build. */
  readonly component: string;
  readonly packages: string;
  /** Whether there is something to install: `YES`, `NO`, `PARTIAL`, or empty. */
  readonly fix: string;
  /** Whether a filter rule of the account hides it. */
  readonly isSuppressed: boolean;
  /** Whether it is in an image that does not run, while another one of its repository does. */
  readonly isIdle: boolean;
  readonly arn: string;
  /** Who mends it, where somebody said so. */
  readonly owner?: string;
}

/** What the findings of a day come to. */
export interface Ages {
  /** The most pressing first. */
  readonly findings: readonly AgedFinding[];
  readonly ledger: Ledger;
}

/**
 * How old each finding is on `now`, against `limits` in days.
 *
 * An image that is built again has another digest, and Inspector's findings begin anew with it. So the age is that of the
 * vulnerability in the component, as the ledger of earlier days knows it: building again mends nothing by itself.
 *
 * An image that was replaced stays in its repository, and so do its holes. Where another one of the repository is `running`,
 * they are never over, and a hole that runs as well, or comes back, is as old as there.
 */
export function agesOf(
  findings: readonly OpenFinding[],
  limits: Readonly<Record<LimitedSeverity, number>>,
  known: Ledger,
  now: Date,
  running: ReadonlySet<string> = new Set(),
): Ages {
  const seen = new Map<string, string | undefined>();
  for (const finding of findings) {
    const key = keyOf(finding);
    const dates = [known[key]?.first, seen.get(key), finding.firstObservedAt?.toISOString()].filter(isPast(now));
    seen.set(key, dates.sort()[0]);
  }
  const aged = findings.flatMap((finding) => {
    const severity = SEVERITIES.find((each) => each === finding.severity);
    if (severity === undefined) {
      return [];
    }
    const judged = { severity, limit: limits[severity], isIdle: isIdle(finding, running, now) };
    return [agedFinding(finding, judged, seen.get(keyOf(finding)), now)];
  });
  return { findings: aged.sort(byUrgency), ledger: remembered(known, seen, now) };
}

function agedFinding(
  finding: OpenFinding,
  judged: Pick<AgedFinding, 'severity' | 'limit' | 'isIdle'>,
  first: string | undefined,
  now: Date,
): AgedFinding {
  const age = first === undefined ? undefined : wholeDays(new Date(first), now);
  const isSuppressed = finding.status === 'SUPPRESSED';
  return {
    ...judged,
    age,
    isSuppressed,
    isOver: !isSuppressed && !judged.isIdle && (age === undefined || age > judged.limit),
    vulnerability: vulnerabilityOf(finding),
    component: componentOf(finding),
    packages: (finding.packageVulnerabilityDetails?.vulnerablePackages ?? [])
      .map(({ name = '?', version = '?' }) => `${name} ${version}`)
      .join(' '),
    fix: finding.fixAvailable ?? '',
    arn: finding.findingArn ?? '',
    owner: finding.owner,
  };
}

/** What runs by the clock runs for minutes, and Inspector counts what runs now. */
const IDLE_AFTER = 1;

/**
 * In an image that does not run, as far as Inspector says: it counts tasks of ECS and pods of EKS. Where it sees none of the
 * whole repository, something else may run any image of it.
 */
function isIdle({ resources = [] }: OpenFinding, running: ReadonlySet<string>, now: Date): boolean {
  const { repositoryName = '', inUseCount, lastInUseAt } = resources[0]?.details?.awsEcrContainerImage ?? {};
  const isRecent = lastInUseAt !== undefined && wholeDays(lastInUseAt, now) < IDLE_AFTER;
  return inUseCount === 0 && !isRecent && running.has(repositoryName);
}

/** A date of the future is no date: it would make a finding young for ever. */
function isPast(now: Date) {
  return (date: string | undefined): date is string => date !== undefined && Date.parse(date) <= now.getTime();
}

function remembered(known: Ledger, seen: ReadonlyMap<string, string | undefined>, now: Date): Ledger {
  const last = now.toISOString();
  const absent = Object.entries(known).filter(
    ([key, entry]) => !seen.has(key) && wholeDays(new Date(entry.last), now) < FORGET_AFTER,
  );
  // What has no date gets today's: tomorrow it is a day old, and until then it was reported as over.
  const present = [...seen].map(([key, first = last]) => [key, { first, last }] as const);
  return Object.fromEntries([...absent, ...present]);
}

function keyOf(finding: OpenFinding): string {
  return `${componentOf(finding)} ${vulnerabilityOf(finding)}`;
}

function vulnerabilityOf({ packageVulnerabilityDetails, title, findingArn }: OpenFinding): string {
  return packageVulnerabilityDetails?.vulnerabilityId ?? title ?? findingArn ?? '';
}

function componentOf({ resources = [] }: OpenFinding): string {
  const { id, details } = resources[0] ?? {};
  // A published version of a function is the function.
  return details?.awsEcrContainerImage?.repositoryName ?? id?.replace(/:(\$LATEST|\d+)$/, '') ?? '';
}

function byUrgency(one: AgedFinding, other: AgedFinding): number {
  const left = ({ age = Infinity, limit, isSuppressed, isIdle: idle }: AgedFinding): number =>
    isSuppressed || idle ? Infinity : limit - age;
  const [a, b] = [left(one), left(other)];
  return a === b ? one.arn.localeCompare(other.arn) : a < b ? -1 : 1;
}

const COLUMNS = [
  ...['severity', 'age', 'limit', 'over'],
  ...['vulnerability', 'component', 'packages', 'fix'],
  ...['suppressed', 'arn', 'owner', 'idle'],
];

/** The findings as a table, comma-separated. */
export function tableOf(findings: readonly AgedFinding[]): string {
  const rows = findings.map((finding) => [
    ...[finding.severity, finding.age ?? 'unknown', finding.limit, finding.isOver ? 'yes' : 'no'],
    ...[finding.vulnerability, finding.component, finding.packages, finding.fix],
    ...[finding.isSuppressed ? 'yes' : 'no', finding.arn, finding.owner ?? ''],
    finding.isIdle ? 'yes' : 'no',
  ]);
  return [COLUMNS, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

/** Quoted; and what a spreadsheet would take for a formula is text. */
function cell(value: string | number): string {
  const text = String(value).replaceAll('"', '""');
  return `"${/^[=+\-@\t\r]/.test(text) ? `'${text}` : text}"`;
}
