import { existsSync } from 'node:fs';
import * as path from 'node:path';
import { PACKS_METADATA } from '../core/rule-packs';
import { STORE_METADATA } from '../core/store-metadata';
import { readAssemblyFile } from './assembly/assembly-file';
import { scopesOf } from './assembly/construct-path';
import {
  acknowledgementsIn,
  emergenciesIn,
  packsIn,
  waiversIn,
  type Emergency,
  type StatedAcknowledgement,
  type WaivedProtection,
} from './assembly/statements';
import { REPORT, type PackReport, type Violation } from './assembly/shapes';
import { readAssembly, resourcesOf, type CloudAssembly, type WholeStack } from './cloud-assembly';
import { CannotRun } from './exit-code';

/** The file that CDK writes what the rule packs said to. */
const REPORT_FILE = 'validation-report.json';

/** Annotations are for whoever synthesises, not findings of a pack; but one that is an error forbids the deployment. */
const ANNOTATIONS = 'Construct Annotations';

/** The rule that stands for a pack that broke off: it has judged nothing, which is no pass. */
export const PACK_FAILED = 'pack-failed';

/** A rule objects to a construct. */
export interface Finding {
  readonly pack: string;
  readonly rule: string;
  readonly severity: string;
  /** Empty where the finding is about no construct. */
  readonly constructPath: string;
  readonly description: string;
  /** What the pack says would help, if it says so. */
  readonly fix?: string;
  /** Controls or requirements that the rule answers, where the pack says. */
  readonly answers?: readonly string[];
  /** The resource, where the pack named it. */
  readonly resource?: FoundResource;
  /** The calls that made the construct, one text a trace, innermost call first. */
  readonly traces?: readonly string[];
}

/** Where in the templates a finding is. */
export interface FoundResource {
  /** Path of the template within the assembly. */
  readonly template: string;
  readonly logicalId: string;
  /** The properties that the rule objects to, where it says. */
  readonly properties: readonly string[];
}

/** A finding that somebody explained. */
export interface AcknowledgedFinding extends Finding {
  /** The id of the acknowledgement. */
  readonly id: string;
  readonly reason: string;
  /** The construct on which it was acknowledged: the finding's own or one around it. */
  readonly acknowledgedAt: string;
}

/** An acknowledgement that no finding answers to: the resource was fixed and the excuse stayed behind. */
export interface StaleAcknowledgement {
  readonly id: string;
  readonly constructPath: string;
  /** Whether it stands in an app of ours, which says what packs it ran; elsewhere a pack may simply not have run. */
  readonly isOurs: boolean;
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
  readonly emergencies: readonly Emergency[];
}

/**
 * Reads the review of a finished cloud assembly: CDK's validation report, and the metadata that acknowledgements and
 * waivers left on their constructs.
 *
 * @throws CannotRun when `directory` holds no assembly, or one that was synthesised without validation
 */
export function reviewAssembly(directory: string): AssemblyReview {
  return reviewOf(readAssembly(directory));
}

/** Whether rule packs ran while the assembly was synthesised, and wrote down what they said. */
export function hasReport({ directory }: CloudAssembly): boolean {
  return existsSync(path.join(directory, REPORT_FILE));
}

/** A rule pack that can judge a finished assembly. */
export interface LatePack {
  readonly pack: string;
  readonly judge: () => readonly Finding[];
}

/**
 * The review of `assembly`: what the rule packs said while it was synthesised.
 *
 * @param late packs to run now, unless they ran then; with one, an app may have been synthesised without any
 */
export function reviewOf(assembly: CloudAssembly, late: readonly LatePack[] = []): AssemblyReview {
  const reports = late.length > 0 && !hasReport(assembly) ? [] : readReports(assembly);
  const entries = assembly.stacks.flatMap((stack) => stack.entries);
  const ran = [
    ...packsIn(entries),
    ...reports.map(({ pluginName }) => pluginName).filter((name) => name !== ANNOTATIONS),
  ];
  const missing = late.filter(({ pack }) => !ran.includes(pack));
  const judged = settled(
    missing.flatMap(({ judge }) => judge()),
    acknowledgementsIn(entries),
  );
  const acknowledged = [...reports.flatMap(acknowledgedIn), ...judged.acknowledged];
  const packs = unique([...ran, ...missing.map(({ pack }) => pack)]);
  return {
    stacks: assembly.stacks.map(summaryOf),
    packs,
    findings: [
      ...reports.flatMap((report) => [
        ...report.violations.flatMap((violation) => findingsIn(report, violation)),
        ...failureOf(report),
      ]),
      ...judged.findings,
    ],
    acknowledged,
    stale: staleIn(assembly.stacks, acknowledged, packs),
    waivers: waiversIn(entries),
    emergencies: emergenciesIn(entries),
  };
}

function readReports(assembly: CloudAssembly): readonly PackReport[] {
  if (!hasReport(assembly)) {
    throw new CannotRun(
      `${path.join(assembly.directory, REPORT_FILE)} does not exist: no rule pack ran when the app was synthesised.`,
      'Register rule packs with Validations.of(app).addPlugins(…) and synthesise again, or add --packs to run ours now.',
    );
  }
  return readAssemblyFile(assembly.directory, REPORT_FILE, REPORT).pluginReports;
}

function findingsIn({ pluginName }: PackReport, violation: Violation): Finding[] {
  const { ruleName, severity, customSeverity, description, suggestedFix, ruleMetadata, violatingConstructs } =
    violation;
  if (pluginName === ANNOTATIONS && severity !== 'error') {
    return [];
  }
  return violatingConstructs.map(({ constructPath, cloudFormationResource: resource, stackTraces }) => ({
    pack: pluginName,
    rule: ruleName,
    // CDK knows four severities; a pack that knows more says so beside.
    severity: ruleMetadata?.severity ?? customSeverity ?? severity,
    constructPath,
    description,
    fix: suggestedFix,
    answers: ruleMetadata?.answers?.split(' ').filter((answer) => answer !== ''),
    resource: resource && {
      template: resource.templatePath,
      logicalId: resource.logicalId,
      properties: resource.propertyPaths ?? [],
    },
    traces: stackTraces,
  }));
}

/** A pack that broke off says so in its metadata, and objects to nothing. */
function failureOf({ pluginName, conclusion, violations, metadata }: PackReport): Finding[] {
  if (conclusion !== 'failure' || violations.length > 0) {
    return [];
  }
  const why = typeof metadata?.error === 'string' ? metadata.error : 'It failed and does not say why.';
  const fix = 'Find out why the pack failed, and synthesise again: it has judged nothing.';
  return [{ pack: pluginName, rule: PACK_FAILED, severity: 'fatal', constructPath: '', description: why, fix }];
}

function acknowledgedIn(report: PackReport): AcknowledgedFinding[] {
  return (report.suppressedViolations ?? []).flatMap((violation) =>
    findingsIn(report, violation).map((finding) => ({
      ...finding,
      id: violation.acknowledgedId ?? '',
      reason: violation.reason ?? '',
      acknowledgedAt: violation.acknowledgedAt ?? '',
    })),
  );
}

/** Takes from `findings` what is acknowledged on its construct or on one around it, as CDK does while it synthesises. */
function settled(
  findings: readonly Finding[],
  acknowledgements: readonly StatedAcknowledgement[],
): Pick<AssemblyReview, 'findings' | 'acknowledged'> {
  const reasons = new Map(acknowledgements.map(({ id, constructPath, reason }) => [`${constructPath} ${id}`, reason]));
  const acknowledged: AcknowledgedFinding[] = [];
  const open = findings.filter((finding) => {
    const id = `${finding.pack}::${finding.rule}`.replaceAll(' ', '-');
    const acknowledgedAt = scopesOf(finding.constructPath).find((scope) => reasons.has(`${scope} ${id}`));
    if (acknowledgedAt !== undefined) {
      acknowledged.push({ ...finding, id, acknowledgedAt, reason: reasons.get(`${acknowledgedAt} ${id}`) ?? '' });
    }
    return acknowledgedAt === undefined;
  });
  return { findings: open, acknowledged };
}

/** Acknowledgements of packs that ran, minus those that a finding answers to. */
function staleIn(
  stacks: readonly WholeStack[],
  acknowledged: readonly AcknowledgedFinding[],
  packs: readonly string[],
): StaleAcknowledgement[] {
  const answered = new Set(acknowledged.map(({ id, acknowledgedAt }) => `${acknowledgedAt} ${id}`));
  const ran = new Set(packs.map((pack) => pack.replace(/ /g, '-')));
  return stacks.flatMap(({ entries, metadata }) => {
    const isOurs = STORE_METADATA in metadata || PACKS_METADATA in metadata;
    return acknowledgementsIn(entries)
      .map(({ id, constructPath }) => ({ id, constructPath, isOurs }))
      .filter(({ id }) => ran.has(id.slice(0, id.indexOf('::'))))
      .filter(({ id, constructPath }) => !answered.has(`${constructPath} ${id}`));
  });
}

function summaryOf({ path: name, account, region, templates }: WholeStack): StackSummary {
  return { name, account, region, resources: templates.flatMap(({ template }) => resourcesOf(template)).length };
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}
