import { daysBetween } from '../../core/clock';
import type { AssemblyReview, Finding } from '../assembly-review';
import type { WaivedProtection } from '../assembly/statements';
import {
  REPORT_FORMAT,
  REPORT_VERSION,
  type CheckedFinding,
  type CheckedWaiver,
  type CheckReport,
  type PackSummary,
} from './check-report';
import { fingerprinted } from './fingerprint';
import type { SourceLines } from './source-lines';

/** For how many days before its end a waiver is pointed out. */
const ENDS_SOON = 30;

/** What a check needs beside the review. */
export interface CheckOptions {
  readonly now: Date;
  readonly sources: SourceLines;
  /** Fingerprints of the base, where there is one. */
  readonly base?: readonly string[];
  /** The practice that a rule serves, where the catalogue knows it. */
  readonly practiceOf: (pack: string, rule: string) => number | undefined;
}

/** Judges `review` on the day of `now`. */
export function check(review: AssemblyReview, options: CheckOptions): CheckReport {
  const on = options.now.toISOString().slice(0, 10);
  const base = options.base && new Set(options.base);
  const findings = checked(review.findings, options).map((finding) =>
    base === undefined ? finding : { ...finding, isNew: !base.has(finding.fingerprint) },
  );
  const here = new Set(findings.map(({ fingerprint }) => fingerprint));
  const report = {
    format: REPORT_FORMAT,
    version: REPORT_VERSION,
    on,
    stacks: review.stacks,
    packs: packsOf(review),
    findings: inOrder(findings),
    gone: options.base?.filter((fingerprint) => !here.has(fingerprint)),
    acknowledged: checked(review.acknowledged, options),
    stale: review.stale,
    waivers: review.waivers.map((waiver) => onDay(waiver, on)),
    emergencies: review.emergencies,
  } as const;
  return { ...report, verdict: verdictOf(report) };
}

function checked<F extends Finding>(
  findings: readonly F[],
  { sources, practiceOf }: CheckOptions,
): (Omit<F, 'traces'> & CheckedFinding)[] {
  return fingerprinted(findings).map(({ traces, ...finding }) => ({
    ...finding,
    practice: practiceOf(finding.pack, finding.rule),
    source: sources.of(finding.constructPath, traces),
  }));
}

/** What is new first, then practice by practice, then by construct. */
function inOrder(findings: readonly CheckedFinding[]): CheckedFinding[] {
  const rank = ({ isNew = true, practice = 99 }: CheckedFinding): number => (isNew ? 0 : 100) + practice;
  return [...findings].sort(
    (one, other) =>
      rank(one) - rank(other) || compare(one.pack, other.pack) || compare(one.constructPath, other.constructPath),
  );
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}

function packsOf({ packs, findings, acknowledged, stale }: AssemblyReview): PackSummary[] {
  const names = new Set([...packs, ...findings.map(({ pack }) => pack)]);
  return [...names].map((pack) => ({
    pack,
    findings: fingerprinted(findings.filter((finding) => finding.pack === pack)).length,
    acknowledged: fingerprinted(acknowledged.filter((finding) => finding.pack === pack)).length,
    stale: stale.filter(({ id }) => id.startsWith(`${pack.replaceAll(' ', '-')}::`)).length,
  }));
}

function onDay(waiver: WaivedProtection, on: string): CheckedWaiver {
  if (waiver.until === undefined) {
    return { ...waiver, state: 'holds' };
  }
  const daysLeft = daysBetween(on, waiver.until);
  return { ...waiver, daysLeft, state: daysLeft < 0 ? 'expired' : daysLeft <= ENDS_SOON ? 'ends soon' : 'holds' };
}

function verdictOf({ findings, stale, waivers, gone }: Omit<CheckReport, 'verdict'>): string[] {
  const objections = findings.filter(({ isNew = true }) => isNew).length;
  const ours = stale.filter(({ isOurs }) => isOurs).length;
  const expired = waivers.filter(({ state }) => state === 'expired').length;
  const what = gone === undefined ? 'that nobody acknowledged' : 'that the base does not have';
  return [
    ...(objections > 0 ? [`${counted(objections, 'finding')} ${what}.`] : []),
    ...(ours > 0 ? [`${counted(ours, 'acknowledgement')} that nothing answers to.`] : []),
    ...(expired > 0 ? [`${counted(expired, 'waiver')} past the last day.`] : []),
  ];
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
