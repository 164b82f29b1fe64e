import { findingsIn } from '../../../compliance/pack-finding';
import { runRulePack } from '../../../compliance/rule-pack';
import type { TemplateGraph } from '../../../compliance/template-graph/template-graph';
import { daysBetween } from '../../../core/clock';
import { NOT_AVAILABLE, type ShopStatement } from '../../../core/store-metadata';
import { supportEndsIn, type StatedSupportEnd } from '../../assembly/statements';
import { reviewOf } from '../../assembly-review';
import { check } from '../../check/check';
import type { CheckReport } from '../../check/check-report';
import { asFinding, OWN_PACKS, practiceOf } from '../../check/own-packs';
import { SourceLines } from '../../check/source-lines';
import type { CloudAssembly } from '../../cloud-assembly';
import { costReport, type CostReport } from '../../cost/cost-report';
import { drawingOf, type Drawing } from '../picture/drawing';
import type { RecordFile } from '../records/record';
import { cardDataOf, type CardDataFlow } from './card-data';
import { ciphersOf, type CipherLine } from './ciphers';
import { copiesOf, type CopiesLine } from './copies';
import { coverOf, type Cover, type CoverFacts } from './cover';
import { practicesOf, type PracticeEvidence } from './practices';
import { responsibilityOf, type ResponsibilityMatrix } from './responsibility';
import { scopeOf, type ScopeLine } from './scope';

/** All that is known about an assembly: the page, the OSCAL documents and the tests read it from here. */
export interface Evidence {
  readonly cover: Cover;
  /** What the application says of the controls that its own code decides, store by store. */
  readonly shop: readonly (ShopStatement & { readonly store: string })[];
  readonly practices: readonly PracticeEvidence[];
  /** What all packs found, not ours alone; and waivers and emergencies. */
  readonly report: CheckReport;
  readonly supportEnds: readonly (StatedSupportEnd & { readonly daysLeft: number })[];
  readonly scope: readonly ScopeLine[];
  readonly cardData: readonly CardDataFlow[];
  readonly responsibility: ResponsibilityMatrix;
  readonly ciphers: readonly CipherLine[];
  readonly copies: readonly CopiesLine[];
  readonly drawing: Drawing;
  readonly cost: CostReport;
  readonly records: readonly RecordFile[];
}

/** What evidence is made from. */
export interface EvidenceSources extends CoverFacts {
  readonly assembly: CloudAssembly;
  /** The templates of the assembly. */
  readonly graph: TemplateGraph;
  readonly records: readonly RecordFile[];
}

/** The evidence about an assembly. The same sources give the same evidence: nothing else is read, and no clock. */
export function evidenceOf({ assembly, graph, records, ...facts }: EvidenceSources): Evidence {
  const { directory, stacks } = assembly;
  const judged = OWN_PACKS.map((pack) => ({ pack: pack.name, judgements: runRulePack(pack, graph) }));
  const late = judged.map(({ pack, judgements }) => ({
    pack,
    judge: () => findingsIn(judgements).map((finding) => asFinding(finding, directory)),
  }));
  // Lines of sources depend on where somebody checked them out; the commit says it better.
  const sources = new SourceLines(directory, []);
  const now = new Date(`${facts.day}T00:00:00Z`);
  const report = check(reviewOf(assembly, late), { now, sources, practiceOf });
  const cover = coverOf(assembly, facts);
  return {
    cover,
    shop: cover.stores.flatMap(({ name: store, controls = [] }) =>
      controls.map(({ control, place, explanation }) => ({ store, control, place, explanation })),
    ),
    practices: practicesOf(
      judged.flatMap(({ judgements }) => judgements.filter(({ pack }) => pack === 'CommerceBaseline')),
      report,
      records,
    ),
    report,
    supportEnds: supportEndsIn(stacks.flatMap(({ entries }) => entries)).map((end) => ({
      ...end,
      daysLeft: daysBetween(facts.day, end.until),
    })),
    scope: scopeOf(graph),
    cardData: cardDataOf(cover.stores),
    responsibility: responsibilityOf(cover.stores),
    ciphers: ciphersOf(graph),
    copies: copiesOf(graph),
    drawing: drawingOf(graph),
    cost: costReport(stacks),
    records,
  };
}

/** What the application says nobody enforces: printed before everything else. */
export function notAvailable({ shop }: Evidence): Evidence['shop'] {
  return shop.filter(({ place }) => place === NOT_AVAILABLE);
}
