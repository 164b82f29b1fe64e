import { notAvailable, type Evidence } from '../model/evidence';
import { html, type Content, type Html } from './html';
import { badge, chapter, code, counted, facts, mark, table } from './parts';

/** What the evidence is about. */
export function cover({ cover: about, records }: Evidence): Html {
  const { title, day, tool, sources, accounts, regions, stores, templates } = about;
  const kinds = new Set(records.map(({ record }) => record.kind));
  return html`<header class="cover">
    <p class="kicker">Evidence of ${day}</p>
    <h1>${title}</h1>
    ${facts([
      [
        'Store',
        stores.length === 0
          ? 'none: an app of somebody else'
          : stores.map((each) => `${each.id}-${each.environment}`).join(', '),
      ],
      ['Commit', sources.commit === undefined ? 'unknown: written outside of a repository' : code(sources.commit)],
      [
        'Working tree',
        sources.isClean === undefined
          ? 'unknown'
          : sources.isClean
            ? badge('good', 'clean')
            : badge('bad', 'dirty: files differ from the commit'),
      ],
      ['Accounts', accounts.join(', ')],
      ['Regions', regions.join(', ')],
      ['Templates', html`${templates.length}, <a href="#templates">digests</a>`],
      ['Written by', `cdk-commerce-baseline ${tool}`],
    ])}
    <div class="kinds">
      <p>${mark('designed')} stands in a template: it is what a deployment of these templates asks for.</p>
      <p>
        ${mark('observed')} was read from the account: when, by whom, by which call.
        ${kinds.has('observed') ? undefined : html`<strong>None was given.</strong>`}
      </p>
      <p>
        ${mark('attested')} is said by a person, on a day.
        ${kinds.has('attested') ? undefined : html`<strong>None was given.</strong>`}
      </p>
    </div>
  </header> `;
}

/** What nobody enforces, before anything else. */
export function missingChapter(evidence: Evidence): Html {
  const missing = notAvailable(evidence);
  const { stores } = evidence.cover;
  const nothing =
    stores.length === 0
      ? 'The app states nothing about its shop, so nothing is known about the accounts, passwords and sessions of its customers and staff.'
      : stores.every(({ controls }) => controls === undefined)
        ? 'The templates were synthesised by a version that does not state this. Synthesise again.'
        : 'Nothing: the application says of every control that it is enforced.';
  return chapter(
    'missing',
    'Not available for this shop',
    missing.length === 0
      ? html`<p>${nothing}</p>`
      : table(
          'Controls that neither this library nor the shop’s code enforces',
          ['Control', 'What is missing, and what would help', 'Kind'],
          missing.map(({ control, explanation, store }) => [
            stores.length > 1 ? html`${code(control)}<br />${store}` : code(control),
            explanation,
            mark('designed'),
          ]),
        ),
    enforced(evidence),
  );
}

function enforced({ shop, ...rest }: Evidence): Content {
  const missing = notAvailable({ shop, ...rest });
  const others = shop.filter((statement) => !missing.includes(statement));
  return others.length === 0
    ? undefined
    : html`<h3>Enforced in or around the shop’s own code</h3>
        ${table(
          'By what',
          ['Control', 'Where', 'By what', 'Kind'],
          others.map(({ control, place, explanation }) => [code(control), place, explanation, mark('designed')]),
        )}`;
}

/** How it stands, in numbers that lead on. */
export function summaryChapter({ practices, report }: Evidence): Html {
  const { findings, acknowledged, waivers, stacks, packs } = report;
  const resources = stacks.reduce((sum, stack) => sum + stack.resources, 0);
  return chapter(
    'summary',
    'Summary',
    html`<p>
      ${mark('designed')} ${counted(resources, 'resource')} in ${counted(stacks.length, 'stack')} were judged by
      ${packs.map(({ pack }) => pack).join(', ')}: <strong>${counted(findings.length, 'open finding')}</strong>,
      ${counted(acknowledged.length, 'finding')} acknowledged with a reason, ${counted(waivers.length, 'waiver')}. A
      control that holds in the design says what the templates ask for; whether an account is like that, only what is
      observed there can show.
    </p>`,
    table(
      'Controls by practice',
      [
        'Practice',
        'Controls',
        'Hold in the design',
        'With exceptions',
        'Open',
        'Nothing to judge',
        'By people or unchecked',
      ],
      practices.map(({ practice, title, controls }) => {
        const count = (...standings: readonly string[]): number =>
          controls.filter(({ standing }) => standings.includes(standing)).length;
        return [
          html`<a href="#practice-${practice}">${practice}. ${title}</a>`,
          controls.length,
          count('holds in the design'),
          count('holds, with exceptions explained'),
          count('open findings'),
          count('nothing to judge'),
          count('by attestation', 'not checked'),
        ];
      }),
    ),
    openFindings(findings),
  );
}

function openFindings(findings: Evidence['report']['findings']): Content {
  return findings.length === 0
    ? undefined
    : html`<h3 id="open">Open findings of every pack</h3>
        ${table(
          'What nobody has explained',
          ['Pack and rule', 'Severity', 'Construct', 'What, and the remedy'],
          findings.map(({ pack, rule, severity, constructPath, description, fix }) => [
            html`${pack}<br />${code(rule)}`,
            severity,
            code(constructPath),
            html`${description} ${fix}`,
          ]),
        )}`;
}
