import { DATABASES, isDatabase } from '../../../compliance/rules/support/database';
import { settingsOf } from '../../../compliance/rules/support/tags';
import type { GraphResource } from '../../../compliance/template-graph/graph-resource';
import type { TemplateGraph } from '../../../compliance/template-graph/template-graph';
import { STATEFUL_TYPES } from '../../../core/stateful-types';
import { digitOf, type Digit } from './digit';
import { isMade } from './is-made';
import { keptCopies, type KeptCopy } from './kept-copies';
import { lockedDigit } from './locked-copies';
import { restoredDigit } from './restored-copies';
import { dataClassOf } from './scope';
import { told } from './told';

/** What holds data, and its copies as 3-2-1-1-0 counts them. */
export interface CopiesLine {
  /** The kind of data, by the resource's tag; nothing where it has none. */
  readonly dataClass?: string;
  readonly type: string;
  readonly constructPath: string;
  /** 3: the original, and each vault that keeps a copy. */
  readonly copies: Digit;
  /** 2: what the service keeps itself, and AWS Backup. */
  readonly storage: Digit;
  /** 1: in another Region or account, or air-gapped. */
  readonly offsite: Digit;
  /** 1: nobody deletes it before its time. */
  readonly locked: Digit;
  /** 0: restored on a schedule, and looked at. */
  readonly restored: Digit;
}

/** Types that hold data; of what is stateful, keys and vaults do not. */
const HOLDING = STATEFUL_TYPES.filter((type) => !/^AWS::(KMS|Backup)::/.test(type));

/** The copies of everything that holds data. */
export function copiesOf(graph: TemplateGraph): CopiesLine[] {
  return graph
    .resources(...HOLDING)
    .filter((resource) => told(() => holdsData(resource)) ?? true)
    .map(lineOf);
}

function holdsData(resource: GraphResource): boolean {
  return (!DATABASES.includes(resource.type) || isDatabase(resource)) && isMade(resource);
}

function lineOf(resource: GraphResource): CopiesLine {
  const doubts = new Set<string>();
  const kept = keptCopies(resource, doubts);
  return {
    dataClass: dataClassOf(resource),
    type: resource.type,
    constructPath: resource.name,
    copies: copiesDigit(resource, kept, doubts),
    storage: storageDigit(resource, kept, doubts),
    offsite: offsiteDigit(resource, kept, doubts),
    locked: lockedDigit(resource, kept, doubts),
    restored: restoredDigit(resource, kept, doubts),
  };
}

function copiesDigit(resource: GraphResource, kept: readonly KeptCopy[], doubts: ReadonlySet<string>): Digit {
  const { account, region } = resource.stack;
  const says = [
    `original: ${placeOf(account, region)}`,
    ...kept.map((copy) => `${copy.name}: ${placeOf(copy.account, copy.region)}; kept ${copy.terms.join(' and ')}`),
  ];
  const isThree = kept.length >= 2;
  return digitOf(isThree ? ['yes'] : [], isThree ? [...says, ...doubts] : says, doubts);
}

function placeOf(account = 'any account', region = 'any Region'): string {
  return `${account}, ${region}`;
}

function storageDigit(resource: GraphResource, kept: readonly KeptCopy[], doubts: ReadonlySet<string>): Digit {
  const isBackedUp = kept.length > 0;
  const says = isBackedUp ? ['AWS Backup'] : doubts.size > 0 ? [] : ['no backup plan of the app selects it'];
  return digitOf(isBackedUp ? ['yes'] : [], [ownStorage(resource), ...says], doubts);
}

/** What the service brings back by itself, without AWS Backup. */
function ownStorage(resource: GraphResource): string {
  const why = new Set<string>();
  const days = told(() => daysTakenBack(resource), why) ?? 0;
  const isVersioned = told(() => resource.at('VersioningConfiguration', 'Status').is('Enabled'), why) ?? false;
  const brings =
    days > 0
      ? `any second of the last ${days === 1 ? 'day' : `${days} days`}`
      : isVersioned
        ? 'old versions'
        : ([...why][0] ?? 'what is live alone');
  return `the service itself: ${brings}`;
}

function daysTakenBack(resource: GraphResource): number {
  if (/::DB(Cluster|Instance)$/.test(resource.type)) {
    return resource.at('BackupRetentionPeriod').number ?? 1;
  }
  const recovery = settingsOf(resource).at('PointInTimeRecoverySpecification');
  return recovery.at('PointInTimeRecoveryEnabled').isTrue ? (recovery.at('RecoveryPeriodInDays').number ?? 35) : 0;
}

function offsiteDigit(resource: GraphResource, kept: readonly KeptCopy[], doubts: ReadonlySet<string>): Digit {
  const { account, region } = resource.stack;
  const offsite = kept.filter(({ isOffsite }) => isOffsite);
  const open = kept
    .filter(({ isOffsite }) => isOffsite === undefined)
    .map(({ name }) => `whether ${name} is elsewhere is decided at deployment`);
  const says = offsite.map((copy) => {
    const parts = [
      `${copy.region === region ? 'the same' : 'another'} Region`,
      `${copy.account === account ? 'the same' : 'another'} account`,
      ...(copy.isAirGapped ? ['air-gapped'] : []),
    ];
    return `${copy.name}: ${parts.join(', ')}`;
  });
  const doubt = [...doubts, ...open];
  if (says.length + doubt.length === 0) {
    says.push('no copy elsewhere');
  }
  return digitOf(offsite.length > 0 ? ['yes'] : [], says, doubt);
}
