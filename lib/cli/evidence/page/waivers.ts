import type { CheckReport, CheckedWaiver } from '../../check/check-report';
import type { Evidence } from '../model/evidence';
import { html, type Content, type Html } from './html';
import { badge, chapter, code, codes, counted, folded, mark, table } from './parts';

/** A waiver in a sentence. */
export function waiverItem(waiver: CheckedWaiver): Html {
  const { protection, reason, owner, constructPath } = waiver;
  return html`${badge(waiver.state === 'expired' ? 'bad' : 'doubtful', `waived: ${protection}`)} “${reason}” (${owner};
  ${lifeOf(waiver)}) ${code(constructPath)}`;
}

function lifeOf({ until, daysLeft = 0 }: CheckedWaiver): string {
  return until === undefined
    ? 'without end'
    : daysLeft < 0
      ? `expired on ${until}`
      : `until ${until}, ${counted(daysLeft, 'day')} left`;
}

/** What was given up, gone on with, or will end. */
export function exceptionsChapter({ report, supportEnds }: Evidence): Html {
  return chapter(
    'exceptions',
    'Exceptions and ends',
    html`<h3>Waivers ${mark('designed')}</h3>`,
    report.waivers.length === 0
      ? html`<p>None: every protection is in place.</p>`
      : table(
          'Protections that somebody gave up',
          ['Protection', 'Reason', 'Owner', 'How long', 'Construct'],
          report.waivers.map((waiver) => [
            code(waiver.protection),
            html`${waiver.reason}${waiver.reference === undefined ? '' : ` (${waiver.reference})`}`,
            waiver.owner,
            lifeOf(waiver),
            code(waiver.constructPath),
          ]),
        ),
    html`<h3>Emergencies ${mark('designed')}</h3>`,
    report.emergencies.length === 0
      ? html`<p>None: nothing expired was gone on with.</p>`
      : table(
          'What had expired, and somebody went on with',
          ['What', 'Last day', 'Owner', 'Why it could not wait', 'Construct'],
          report.emergencies.map(({ what, until, owner, emergency, constructPath }) => [
            what,
            until,
            owner,
            emergency,
            code(constructPath),
          ]),
        ),
    html`<h3>Ends of support ${mark('designed')}</h3>`,
    supportEnds.length === 0
      ? html`<p>The app states none. An app that does not use this library’s constructs never does.</p>`
      : table(
          'Until when AWS supports what is deployed',
          ['What', 'Until', 'Days left', 'By', 'Read on'],
          supportEnds.map(({ what, until, daysLeft, source, read }) => [what, until, daysLeft, code(source), read]),
        ),
    html`<h3>Findings acknowledged, of every pack ${mark('designed')}</h3>`,
    acknowledgements(report),
  );
}

function acknowledgements({ acknowledged }: CheckReport): Content {
  const groups = new Map<string, CheckReport['acknowledged'][number][]>();
  for (const finding of acknowledged) {
    const key = JSON.stringify([finding.id, finding.reason]);
    const group = groups.get(key) ?? [];
    group.push(finding);
    groups.set(key, group);
  }
  if (groups.size === 0) {
    return html`<p>None.</p>`;
  }
  return table(
    'Each rule and reason once',
    ['Pack and rule', 'Reason', 'Where'],
    [...groups.values()].map((group) => [
      html`${group[0].pack}<br />${code(group[0].rule)}`,
      group[0].reason,
      folded(counted(group.length, 'construct'), codes(group.map(({ constructPath }) => constructPath))),
    ]),
  );
}
