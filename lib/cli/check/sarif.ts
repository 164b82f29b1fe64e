import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import type { Location, Log, ReportingDescriptor, Result } from 'sarif';
import { version } from '../../../package.json';
import { plain } from '../plain-text';
import type { CheckedAcknowledgement, CheckedFinding, CheckReport, SourceLine } from './check-report';

/** What paths of a log start from: the root of the repository, wherever a machine has it. */
const ROOT = 'SRCROOT';

const HOME = 'https://github.com/cdk-commerce-baseline/cdk-commerce-baseline';

/** Where the assembly lies, and the repository that paths are relative to. */
export interface SarifPlaces {
  readonly directory: string;
  readonly root: string;
}

/** A report as SARIF 2.1.0. Whatever is acknowledged is in it, suppressed, with the reason. */
export function renderSarif(report: CheckReport, places: SarifPlaces): string {
  const { findings, acknowledged } = report;
  const rules = rulesOf([...findings, ...acknowledged]);
  const index = new Map(rules.map(({ id }, position) => [id, position]));
  const templates = new Templates(places);
  const resultOf = (finding: CheckedFinding): Result => ({
    ruleId: ruleId(finding),
    ruleIndex: index.get(ruleId(finding)),
    level: levelOf(finding.severity),
    message: { text: messageOf(finding) },
    locations: [locationOf(finding, templates)],
    partialFingerprints: {
      'cdk-commerce-baseline/v1': finding.fingerprint,
      // GitHub knows a finding again by this one, and would make it from the line otherwise, which moves.
      primaryLocationLineHash: `${finding.fingerprint}:1`,
    },
    ...(finding.isNew === undefined ? {} : { baselineState: finding.isNew ? 'new' : 'unchanged' }),
  });
  const log: Log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: { name: 'commerce-baseline', semanticVersion: version, version, informationUri: HOME, rules },
        },
        automationDetails: { id: 'commerce-baseline/' },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { [ROOT]: { description: { text: 'The root of the repository.' } } },
        results: [...findings.map(resultOf), ...acknowledged.map((finding) => suppressed(finding, resultOf(finding)))],
      },
    ],
  };
  return JSON.stringify(log, null, 2);
}

function suppressed({ reason, acknowledgedAt }: CheckedAcknowledgement, result: Result): Result {
  const justification = `${plain(reason)} (acknowledged at ${plain(acknowledgedAt)})`;
  return { ...result, suppressions: [{ kind: 'inSource', status: 'accepted', justification }] };
}

/** Under this id a finding is acknowledged. */
function ruleId({ pack, rule }: CheckedFinding): string {
  return plain(`${pack.replaceAll(' ', '-')}::${rule}`);
}

function rulesOf(findings: readonly CheckedFinding[]): ReportingDescriptor[] {
  const first = new Map(findings.toReversed().map((finding) => [ruleId(finding), finding]));
  return [...first].reverse().map(([id, { pack, description, fix, severity, practice, answers = [] }]) => ({
    id,
    shortDescription: { text: general(description) },
    help: { text: fix === undefined ? general(description) : sentence(fix) },
    helpUri: HOME,
    defaultConfiguration: { level: levelOf(severity) },
    properties: {
      tags: [
        'security',
        plain(pack),
        ...(practice === undefined ? [] : [`practice-${practice}`]),
        ...answers.map(plain),
      ],
      'security-severity': SECURITY_SEVERITY[levelOf(severity)],
    },
  }));
}

/** What a rule says everywhere: ours go on with what is wrong in one place. */
function general(description: string): string {
  return sentence(description.split(/ (?:Here|Cannot tell): /)[0]);
}

type Level = 'error' | 'warning' | 'note';

const LEVELS: Readonly<Record<string, Level>> = {
  fatal: 'error',
  error: 'error',
  critical: 'error',
  high: 'error',
  low: 'note',
  info: 'note',
};

/** What a pack calls otherwise is a warning: nothing is swallowed. */
function levelOf(severity: string): Level {
  return Object.hasOwn(LEVELS, severity) ? LEVELS[severity] : 'warning';
}

/** GitHub sorts by it: 7.0 and more is "high". */
const SECURITY_SEVERITY: Readonly<Record<Level, string>> = { error: '8.0', warning: '5.0', note: '2.0' };

function messageOf({ description, constructPath, fix }: CheckedFinding): string {
  const at = constructPath === '' ? '' : `${plain(constructPath)}: `;
  return unlinked(`${at}${sentence(description)}${fix === undefined ? '' : ` Remedy: ${sentence(fix)}`}`);
}

function sentence(text: string): string {
  const said = plain(text).trim();
  return /[.!?]$/.test(said) ? said : `${said}.`;
}

/** In a message of SARIF, brackets make a link and braces a placeholder. */
function unlinked(text: string): string {
  return text.replace(/[\\[\]]/g, '\\$&').replace(/[{}]/g, '$&$&');
}

function locationOf({ source, resource, constructPath }: CheckedFinding, templates: Templates): Location {
  const found = source ?? (resource && templates.lineOf(resource.template, resource.logicalId));
  return {
    ...(found === undefined ? {} : { physicalLocation: physical(found) }),
    ...(constructPath === ''
      ? {}
      : { logicalLocations: [{ fullyQualifiedName: plain(constructPath), kind: 'object' }] }),
  };
}

function physical({ file, line, column }: SourceLine): Location['physicalLocation'] {
  const uri = file.split('/').map(encodeURIComponent).join('/');
  return { artifactLocation: { uri, uriBaseId: ROOT }, region: { startLine: line, startColumn: column } };
}

/** Lines of templates, for what no line of the app is known of. */
class Templates {
  private readonly lines = new Map<string, ReadonlyMap<string, number>>();

  public constructor(private readonly places: SarifPlaces) {}

  public lineOf(template: string, logicalId: string): SourceLine | undefined {
    const location = path.resolve(this.places.directory, template);
    const file = path.relative(path.resolve(this.places.root), location).replaceAll(path.sep, '/');
    if (file.startsWith('..')) {
      return undefined;
    }
    const lines = this.lines.get(location) ?? resourceLines(location);
    this.lines.set(location, lines);
    return { file, line: lines.get(logicalId) ?? 1 };
  }
}

/** CDK writes the logical ids of a template two deep, each on a line of its own. */
function resourceLines(location: string): ReadonlyMap<string, number> {
  const lines = readFileSync(location, 'utf8').split('\n');
  return new Map(
    lines.flatMap((line, index) => [...line.matchAll(/^ {2}"([^"]+)": \{/g)].map(([, id]) => [id, index + 1])),
  );
}
