import Table from 'cli-table3';
import type { AssemblyReview, Finding } from '../cli/assembly-review';

/** The review of an assembly as text: stacks and where they go, findings per pack, waivers. */
export function renderReview(review: AssemblyReview): string {
  return [stacksOf(review), packsOf(review), waiversOf(review)].join('\n');
}

/** What has to be done before the assembly is clean: each finding with its construct, rule and remedy. */
export function renderFindings({ findings, stale }: AssemblyReview): string {
  return [
    ...findings.map(renderFinding),
    ...stale.map(
      ({ id, constructPath }) =>
        `${constructPath}\n  ${id}: acknowledged, but nothing answers to it.\n  Remedy: remove the acknowledgement.`,
    ),
  ].join('\n\n');
}

function renderFinding({ constructPath, rule, description, fix }: Finding): string {
  const remedy =
    fix ??
    'change the construct so that the rule is content, or acknowledge the finding beside it and say why it is safe';
  return `${constructPath}\n  ${rule}: ${description}\n  Remedy: ${remedy}.`;
}

function stacksOf({ stacks }: AssemblyReview): string {
  const table = plainTable(['stack', 'account', 'region', 'resources']);
  table.push(...stacks.map(({ name, account, region, resources }) => [name, account, region, resources]));
  table.push(['total', '', '', stacks.reduce((sum, { resources }) => sum + resources, 0)]);
  return table.toString();
}

function packsOf({ packs, findings, acknowledged, stale }: AssemblyReview): string {
  const table = plainTable(['rule pack', 'findings', 'acknowledged', 'stale acknowledgements']);
  table.push(
    ...packs.map((pack) => [
      pack,
      findings.filter((finding) => finding.pack === pack).length,
      acknowledged.filter((finding) => finding.pack === pack).length,
      stale.filter(({ id }) => id.startsWith(`${pack.replace(/ /g, '-')}::`)).length,
    ]),
  );
  return table.toString();
}

function waiversOf({ waivers }: AssemblyReview): string {
  if (waivers.length === 0) {
    return 'No waivers: every protection is in place.';
  }
  const table = plainTable(['waived', 'construct', 'owner', 'until', 'reason']);
  table.push(
    ...waivers.map(({ protection, constructPath, owner, until = '', reason }) => [
      protection,
      constructPath,
      owner,
      until,
      reason,
    ]),
  );
  return table.toString();
}

/** A table without colours, that reads the same in a terminal and in a log. */
function plainTable(head: string[]): Table.Table {
  return new Table({ head, style: { head: [], border: [], compact: true } });
}
