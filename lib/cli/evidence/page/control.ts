import type { ControlEvidence, PracticeEvidence, Satisfied, Standing } from '../model/practices';
import { html, type Content, type Html } from './html';
import { badge, chapter, code, codes, counted, folded, mark } from './parts';
import { recordItem } from './records';
import { waiverItem } from './waivers';

const TONES: Readonly<Record<Standing, Parameters<typeof badge>[0]>> = {
  'holds in the design': 'good',
  'holds, with exceptions explained': 'doubtful',
  'open findings': 'bad',
  'nothing to judge': 'neutral',
  'by attestation': 'neutral',
  'not checked': 'neutral',
};

/** The chapter of a practice. */
export function practiceChapter({ practice, title, controls }: PracticeEvidence): Html {
  return chapter(
    `practice-${practice}`,
    `Practice ${practice}: ${title}`,
    html`<div class="controls">${controls.map(controlCard)}</div>`,
  );
}

function controlCard(evidence: ControlEvidence): Html {
  const { control, standing } = evidence;
  return html`<article class="control" aria-labelledby="${control.id}">
    <header>
      <h3 id="${control.id}"><span class="control-id">${control.id}</span> ${control.statement}</h3>
      <p class="standing">${badge(TONES[standing], standing)} <span class="severity">${control.severity}</span></p>
    </header>
    <p class="asked">${askedBy(evidence)}</p>
    ${designed(evidence)}${evidence.records.map((record) => recordItem(record))}${evidence.waivers.map((waiver) => html`<p>${mark('designed')} ${waiverItem(waiver)}</p>`)}
  </article> `;
}

function askedBy({ control: { pci, nist, cis } }: ControlEvidence): Content {
  const lists = [
    ['An aspect of PCI DSS 4.0.1', pci],
    ['NIST 800-53 R5', nist],
    ['CIS AWS 3.0.0', cis],
  ] as const;
  return lists
    .filter(([, numbers]) => numbers.length > 0)
    .map(([name, numbers]) => `${name}: ${numbers.join(', ')}`)
    .join(' · ');
}

/** What the templates say, or why they cannot. */
function designed({ control, satisfied, findings, acknowledged, records }: ControlEvidence): Content {
  const { check } = control;
  if (check.kind === 'nothing') {
    return html`<p>No rule checks it: ${check.why}</p>`;
  }
  if (check.kind === 'attestation') {
    const who = `${check.who}, at least every ${inWords(check.every)}`;
    return records.length > 0
      ? html`<p>To be said by: ${who}.</p>`
      : html`<p>To be said by: ${who}. <strong>No record was given: nothing is claimed.</strong></p>`;
  }
  if (satisfied.length + findings.length + acknowledged.length === 0) {
    return html`<p>
      ${mark('designed')} No resource of these templates is of a kind that its rules judge
      (${check.rules.map((rule, place) => html`${place > 0 ? ', ' : ''}${code(rule)}`)}).
    </p>`;
  }
  return [
    ...findings.map(
      (finding) =>
        html`<div class="finding">
          ${mark('designed')}
          <strong>Open, ${finding.severity}:</strong> ${code(finding.constructPath)}<br />${finding.description}
          <em>Remedy:</em> ${finding.fix}
        </div> `,
    ),
    acknowledged.length === 0
      ? undefined
      : folded(
          html`${mark('designed')} ${counted(acknowledged.length, 'finding')} acknowledged, with a reason`,
          acknowledged.map(
            ({ rule, constructPath, reason }) => html`<p>${code(constructPath)}<br />${code(rule)}: “${reason}”</p>`,
          ),
        ),
    satisfied.length === 0
      ? undefined
      : folded(
          html`${mark('designed')} Satisfied by
          ${counted(new Set(satisfied.map(({ constructPath }) => constructPath)).size, 'resource')}`,
          byRule(satisfied),
        ),
  ];
}

function byRule(satisfied: readonly Satisfied[]): Content {
  const rules = [...new Set(satisfied.map(({ rule }) => rule))];
  return rules.map(
    (rule) =>
      html`<p class="rule">${code(rule)}</p>
        ${codes(satisfied.filter((each) => each.rule === rule).map(({ constructPath }) => constructPath))}`,
  );
}

const UNITS: Readonly<Record<string, string>> = { D: 'day', W: 'week', M: 'month', Y: 'year' };

/** `P3M` as `3 months`. */
function inWords(duration: string): string {
  const [, count = '', unit = ''] = /^P(\d+)([DWMY])$/.exec(duration) ?? [];
  return UNITS[unit] === undefined ? duration : counted(Number(count), UNITS[unit]);
}
