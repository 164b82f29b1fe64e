import { existsSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { WAIVER_METADATA } from '../core/keeps';

/** Metadata of a stack that names the rule packs its app ran: a report leaves out a pack that found nothing. */
export const PACKS_METADATA = 'cdk-commerce-baseline:packs';

const ACKNOWLEDGED_METADATA = 'aws:cdk:acknowledged-rules';

/** Annotations are warnings for whoever synthesises, not findings of a pack. */
const ANNOTATIONS = 'Construct Annotations';

/** A rule objects to a construct. */
export interface Finding {
  readonly pack: string;
  readonly rule: string;
  readonly severity: string;
  readonly constructPath: string;
  readonly description: string;
  /** What the pack says would help, if it says so. */
  readonly fix?: string;
}

/** A finding that somebody explained. */
export interface AcknowledgedFinding extends Finding {
  readonly reason: string;
  /** The construct on which it was acknowledged: the finding's own or one around it. */
  readonly acknowledgedAt: string;
}

/** A protection somebody gave up, as the waiver says. */
export interface WaivedProtection {
  readonly constructPath: string;
  readonly protection: string;
  readonly reason: string;
  readonly owner: string;
  readonly until?: string;
  readonly reference?: string;
}

/** An acknowledgement that no finding answers to: the resource was fixed and the excuse stayed behind. */
export interface StaleAcknowledgement {
  readonly id: string;
  readonly constructPath: string;
}

/** A stack of the assembly, and where it goes. */
export interface StackSummary {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly resources: number;
}

/** What one synthesis found. */
export interface AssemblyReview {
  readonly stacks: readonly StackSummary[];
  /** The packs that ran, also those that found nothing. */
  readonly packs: readonly string[];
  /** Findings that nobody acknowledged. */
  readonly findings: readonly Finding[];
  readonly acknowledged: readonly AcknowledgedFinding[];
  readonly stale: readonly StaleAcknowledgement[];
  readonly waivers: readonly WaivedProtection[];
}

/**
 * Reads the review of a finished cloud assembly: CDK's validation report, and the metadata that acknowledgements and
 * waivers left on their constructs.
 *
 * @throws Error when `directory` holds no assembly, or one that was synthesised without validation
 */
export function reviewAssembly(directory: string): AssemblyReview {
  const { artifacts } = readJson(directory, 'manifest.json') as Manifest;
  const reports = (readJson(directory, 'validation-report.json') as Report).pluginReports;
  const stacks = Object.values(artifacts).filter((artifact) => artifact.type === 'aws:cloudformation:stack');
  const entries = stacks.flatMap((stack) => metadataOf(directory, stack));
  const packReports = reports.filter(({ pluginName }) => pluginName !== ANNOTATIONS);
  const acknowledged = packReports.flatMap(acknowledgedIn);
  const packs = unique([
    ...entries.filter(({ type }) => type === PACKS_METADATA).flatMap(({ data }) => data as string[]),
    ...packReports.map(({ pluginName }) => pluginName),
  ]);
  return {
    stacks: stacks.map((stack) => summaryOf(directory, stack)),
    packs,
    findings: packReports.flatMap((report) => findingsIn(report, report.violations)),
    acknowledged,
    stale: staleIn(entries, acknowledged, packs),
    waivers: entries
      .filter(({ type }) => type === WAIVER_METADATA)
      .map(({ constructPath, data }) => ({ constructPath, ...(data as Omit<WaivedProtection, 'constructPath'>) })),
  };
}

interface Manifest {
  readonly artifacts: Readonly<Record<string, Artifact>>;
}

interface Artifact {
  readonly type: string;
  readonly displayName?: string;
  readonly environment?: string;
  readonly additionalMetadataFile?: string;
  readonly properties?: { readonly templateFile?: string };
}

interface Report {
  readonly pluginReports: readonly PluginReport[];
}

interface PluginReport {
  readonly pluginName: string;
  readonly violations: readonly Violation[];
  readonly suppressedViolations?: readonly Violation[];
}

interface Violation {
  readonly ruleName: string;
  readonly description: string;
  readonly severity: string;
  readonly suggestedFix?: string;
  readonly violatingConstructs: readonly { readonly constructPath: string }[];
  readonly acknowledgedId?: string;
  readonly acknowledgedAt?: string;
  readonly reason?: string;
}

interface MetadataEntry {
  readonly constructPath: string;
  readonly type: string;
  readonly data: unknown;
}

/** An acknowledged finding, with the id under which it was acknowledged. */
type Acknowledged = AcknowledgedFinding & { readonly id: string };

function findingsIn({ pluginName }: PluginReport, violations: readonly Violation[]): Finding[] {
  return violations.flatMap(({ ruleName, severity, description, suggestedFix, violatingConstructs }) =>
    violatingConstructs.map(({ constructPath }) => ({
      pack: pluginName,
      rule: ruleName,
      severity,
      constructPath,
      description,
      fix: suggestedFix,
    })),
  );
}

function acknowledgedIn(report: PluginReport): Acknowledged[] {
  return (report.suppressedViolations ?? []).flatMap((violation) =>
    findingsIn(report, [violation]).map((finding) => ({
      ...finding,
      id: violation.acknowledgedId ?? '',
      reason: violation.reason ?? '',
      acknowledgedAt: violation.acknowledgedAt ?? '',
    })),
  );
}

/** Acknowledgements of packs that ran, minus those that a finding answers to. */
function staleIn(
  entries: readonly MetadataEntry[],
  acknowledged: readonly Acknowledged[],
  packs: readonly string[],
): StaleAcknowledgement[] {
  const answered = new Set(acknowledged.map(({ id, acknowledgedAt }) => `${acknowledgedAt} ${id}`));
  const ran = new Set(packs.map((pack) => pack.replace(/ /g, '-')));
  return entries
    .filter(({ type }) => type === ACKNOWLEDGED_METADATA)
    .flatMap(({ constructPath, data }) => Object.keys(data as object).map((id) => ({ id, constructPath })))
    .filter(({ id }) => ran.has(id.slice(0, id.indexOf('::'))))
    .filter(({ id, constructPath }) => !answered.has(`${constructPath} ${id}`));
}

function metadataOf(directory: string, { additionalMetadataFile }: Artifact): MetadataEntry[] {
  if (additionalMetadataFile === undefined) {
    return [];
  }
  const metadata = readJson(directory, additionalMetadataFile) as Record<string, { type: string; data: unknown }[]>;
  return Object.entries(metadata).flatMap(([constructPath, entries]) =>
    entries.map(({ type, data }) => ({ constructPath: constructPath.replace(/^\//, ''), type, data })),
  );
}

function summaryOf(directory: string, { displayName = '', environment = '', properties }: Artifact): StackSummary {
  const template = readJson(directory, properties?.templateFile ?? '') as { Resources?: object };
  const [account = '', region = ''] = environment.replace('aws://', '').split('/');
  return { name: displayName, account, region, resources: Object.keys(template.Resources ?? {}).length };
}

function readJson(directory: string, file: string): unknown {
  const location = path.join(directory, file);
  if (!existsSync(location)) {
    throw new Error(`${location} does not exist. Run "cdk synth" first, with validation on; it writes this file.`);
  }
  return JSON.parse(readFileSync(location, 'utf8')) as unknown;
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}
