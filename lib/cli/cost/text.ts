import { MARKDOWN, TEXT, type PageStyle } from '../page-style';
import { WORKLOADS, type CostReport, type Figures, type NotCounted } from './cost-report';

/** The report for a terminal. */
export function renderText(report: CostReport): string {
  return render(report, TEXT).trimStart();
}

/** The report as a page. */
export function renderMarkdown(report: CostReport, title: string): string {
  return `# ${title}\n${render(report, MARKDOWN)}`;
}

/** The head of a table of figures. */
export const HEAD = ['idle', ...[WORKLOADS.normal, WORKLOADS.tenfold].map(spelled)];

function spelled({ ordersADay, pageViewsADay }: (typeof WORKLOADS)['normal']): string {
  return `${count(ordersADay)} orders and ${count(pageViewsADay)} page views a day`;
}

function render(report: CostReport, style: PageStyle): string {
  return [
    ...byStack(report, style),
    ...byKind(report, style),
    ...notCounted(report, style),
    ...types(report, style),
  ].join('\n');
}

function byStack(report: CostReport, { heading, table }: PageStyle): string[] {
  const { stacks, sum, more, pricesOf, borrowed, lines } = report;
  const regions = [...new Set(lines.map(({ pricedAt }) => pricedAt))].sort();
  return [
    heading('What each stack costs, USD a month'),
    table(
      ['stack', 'Region', ...HEAD],
      [...stacks.map((each) => [each.stack, each.region, ...money(each)]), ['sum', '', ...money(sum)]],
    ),
    '',
    `1,000 page views a day more cost about ${more.thousandPageViewsADay.toFixed(2)} USD a month, 100 orders a day more ` +
      `about ${more.hundredOrdersADay.toFixed(2)}.`,
    `List prices of ${pricesOf} in ${regions.join(', ')}, without free allowances, discounts, tax and support.`,
    ...(borrowed.length === 0
      ? []
      : [`Of ${borrowed.join(', ')} not every price is known: the rest is counted as in us-east-1, and costs more.`]),
  ];
}

function byKind(report: CostReport, { heading, table }: PageStyle): string[] {
  const rows = report.lines
    .filter(({ usd }) => usd.tenfold > 0)
    .map(({ stack, what, each, unit, usd }) => [stack, what, `${each} per ${unit}`, ...money(usd)]);
  return [heading('What is paid for, USD a month'), table(['stack', 'what', 'price', ...HEAD], rows)];
}

function notCounted({ notCounted: all }: CostReport, { heading, table }: PageStyle): string[] {
  if (all.length === 0) {
    return [];
  }
  return [
    heading('Costs, and is in no sum'),
    table(
      ['stack', 'what', 'price', 'why', 'resources'],
      all.map((each) => [each.stack, each.what, unitPrice(each), each.why, named(each.resources)]),
    ),
  ];
}

function unitPrice({ each }: NotCounted): string {
  return each === undefined ? 'not known' : `${each.usd} per ${each.unit}`;
}

/** A few names are said; many are counted. JSON has them all. */
function named(resources: readonly string[]): string {
  return resources.length > 3 ? `${resources.length} of them` : resources.join(', ');
}

function types({ unpriced, free }: CostReport, { heading, table }: PageStyle): string[] {
  return [
    heading('Types of resource without a price here'),
    unpriced.length === 0
      ? 'None.'
      : `Whatever these cost is in no sum.\n\n${table(
          ['type', 'count'],
          unpriced.map(({ type, count: number }) => [type, String(number)]),
        )}`,
    heading('Types of resource that cost nothing by themselves'),
    table(
      ['why', 'types'],
      [...new Set(free.map(({ why }) => why))].map((why) => [
        why ?? '',
        free
          .filter((each) => each.why === why)
          .map(({ type, count: number }) => `${type} (${number})`)
          .join(', '),
      ]),
    ),
  ];
}

/** Figures as whole dollars and cents. */
export function money({ idle, normal, tenfold }: Figures): string[] {
  return [idle, normal, tenfold].map((usd) => usd.toFixed(2));
}

/** A number as people write it: `30,000`. */
export function count(number: number): string {
  return number.toLocaleString('en-US');
}
