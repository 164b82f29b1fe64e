import { MARKDOWN, TEXT, type Item, type PageStyle } from '../page-style';
import type { CheckedFinding, CheckedWaiver, CheckReport } from './check-report';

/** What helps where a pack does not say it. */
const OTHERWISE =
  'change the construct so that the rule is content, or acknowledge the finding beside it and say why it is safe';

/** Longest page, in characters. GitHub takes 65,536 in a comment. */
const LONGEST_PAGE = 60_000;

/** Most lines of each list that a page begins with. */
const MOST_LINES = 400;

/** A report for a terminal or a log: everything. */
export function renderText(report: CheckReport): string {
  return render(report, TEXT, Infinity);
}

/** A report for a comment or a job's summary: as many lines of each list as find room. */
export function renderMarkdown(report: CheckReport): string {
  for (let most = MOST_LINES; ; most = Math.floor(most / 2)) {
    const page = `# What the rule packs say\n${render(report, MARKDOWN, most)}\n`;
    if (page.length <= LONGEST_PAGE || most <= 1) {
      return page;
    }
  }
}

function render(report: CheckReport, style: PageStyle, most: number): string {
  const limited = shortened(style, most);
  return [
    ...(style === MARKDOWN ? verdict(report) : []),
    stacks(report, limited),
    packs(report, limited),
    ...practices(report, limited),
    ...objections(report, limited),
    ...stale(report, limited),
    ...waivers(report, limited, style === MARKDOWN),
    ...emergencies(report, limited),
    ...acknowledged(report, limited),
    ...(style === MARKDOWN ? [] : verdict(report)),
  ].join('\n');
}

/** `style`, with at most `most` lines of each list, and how many are left out. */
function shortened(style: PageStyle, most: number): PageStyle {
  const rest = (count: number): string =>
    count > most ? `\n\n… and ${count - most} more: --format json has all.` : '';
  return {
    ...style,
    table: (head, rows) => style.table(head, rows.slice(0, most)) + rest(rows.length),
    items: (items) => style.items(items.slice(0, most)) + rest(items.length),
  };
}

function stacks({ stacks: all }: CheckReport, { table }: PageStyle): string {
  const total = all.reduce((sum, { resources }) => sum + resources, 0);
  return table(
    ['stack', 'account', 'region', 'resources'],
    [
      ...all.map(({ name, account, region, resources }) => [name, account, region, resources]),
      ['total', '', '', total],
    ],
  ).concat('\n');
}

function packs({ packs: all, findings, gone }: CheckReport, { table }: PageStyle): string {
  const isNew = (pack: string): number[] =>
    gone === undefined ? [] : [findings.filter((finding) => finding.pack === pack && finding.isNew).length];
  return table(
    ['rule pack', 'findings', ...(gone === undefined ? [] : ['new']), 'acknowledged', 'stale acknowledgements'],
    all.map(({ pack, findings: count, acknowledged: explained, stale: unanswered }) => [
      pack,
      count,
      ...isNew(pack),
      explained,
      unanswered,
    ]),
  );
}

function practices({ findings }: CheckReport, { heading, table }: PageStyle): string[] {
  if (findings.length === 0) {
    return [];
  }
  const counts = countsOf(findings, ({ practice, pack, severity }) => [practiceName(practice), pack, severity]);
  return [heading('Findings by practice'), table(['practice', 'rule pack', 'severity', 'findings'], counts)];
}

/** How often each combination occurs, with the count behind it. */
function countsOf<T>(all: readonly T[], key: (one: T) => readonly string[]): (readonly (string | number)[])[] {
  const counts = new Map<string, number>();
  all.forEach((one) => counts.set(JSON.stringify(key(one)), (counts.get(JSON.stringify(key(one))) ?? 0) + 1));
  return [...counts].map(([cells, count]) => [...(JSON.parse(cells) as string[]), count]);
}

function practiceName(practice: number | undefined): string {
  return practice === undefined ? '–' : String(practice);
}

function objections({ findings, gone }: CheckReport, { heading, items }: PageStyle): string[] {
  const known = findings.filter(({ isNew }) => isNew === false);
  const others = findings.filter(({ isNew }) => isNew !== false);
  return [
    ...(others.length > 0
      ? [heading(gone === undefined ? 'Findings' : 'New findings'), items(others.map(objection))]
      : []),
    ...(known.length > 0 ? [heading('Findings that the base has as well'), items(known.map(objection))] : []),
    ...(gone !== undefined && gone.length > 0 ? [`\nGone since the base: ${gone.length}.`] : []),
  ];
}

function objection({ constructPath, pack, rule, description, fix = OTHERWISE, source }: CheckedFinding): Item {
  return {
    of: constructPath === '' ? pack : constructPath,
    lines: [
      `${rule}: ${description}`,
      `Remedy: ${fix.replace(/\.$/, '')}.`,
      ...(source === undefined ? [] : [`Created at ${source.file}:${source.line}`]),
    ],
  };
}

function stale({ stale: all }: CheckReport, { heading, items }: PageStyle): string[] {
  if (all.length === 0) {
    return [];
  }
  return [
    heading('Acknowledgements that nothing answers to'),
    items(
      all.map(({ id, constructPath, isOurs }) => ({
        of: constructPath,
        lines: [
          `${id}: acknowledged, but nothing answers to it.`,
          isOurs ? 'Remedy: remove the acknowledgement.' : 'Remedy: remove the acknowledgement, if the rule did run.',
        ],
      })),
    ),
  ];
}

function waivers({ waivers: all }: CheckReport, style: PageStyle, isPage: boolean): string[] {
  if (all.length === 0) {
    return [`${isPage ? '\n' : ''}No waivers: every protection is in place.`];
  }
  const those = (state: CheckedWaiver['state']): CheckedWaiver[] => all.filter((waiver) => waiver.state === state);
  return [
    ...waiversUnder('Waivers past their last day: renew or remove', those('expired'), style),
    ...waiversUnder('Waivers that end within 30 days', those('ends soon'), style),
    ...waiversUnder('Waivers', those('holds'), style),
  ];
}

function waiversUnder(title: string, all: readonly CheckedWaiver[], { heading, table }: PageStyle): string[] {
  if (all.length === 0) {
    return [];
  }
  const rows = all.map(({ protection, constructPath, owner, until = '', daysLeft = '', reason, reference = '' }) => [
    protection,
    constructPath,
    owner,
    until,
    daysLeft,
    reason,
    reference,
  ]);
  return [heading(title), table(['waived', 'construct', 'owner', 'until', 'days left', 'reason', 'reference'], rows)];
}

function emergencies({ emergencies: all }: CheckReport, { heading, table }: PageStyle): string[] {
  if (all.length === 0) {
    return [];
  }
  return [
    heading('Emergencies in force: what is expired, and somebody went on with it'),
    table(
      ['expired', 'construct', 'owner', 'until', 'emergency'],
      all.map(({ what, constructPath, owner = '', until, emergency }) => [
        what,
        constructPath,
        owner,
        until,
        emergency,
      ]),
    ),
  ];
}

/** By rule and reason: thirty log groups with one reason are one decision. */
function acknowledged({ acknowledged: all }: CheckReport, { heading, items }: PageStyle): string[] {
  if (all.length === 0) {
    return [];
  }
  const decisions = countsOf(all, ({ rule, reason }) => [rule, reason]);
  return [
    heading('Acknowledged'),
    items(decisions.map(([rule, reason, count]) => ({ of: `${rule}, ${count} times`, lines: [String(reason)] }))),
  ];
}

function verdict({ verdict: reasons }: CheckReport): string[] {
  return reasons.length === 0 ? ['\nClean.\n'] : ['', ...reasons.map((reason) => `- ${reason}`), ''];
}
