import { MARKDOWN, TEXT, type PageStyle } from '../page-style';
import type { KeptPrice } from './kept-type';
import type { Kept, TeardownPlan } from './plan';

/** The plan for a terminal. */
export function renderText(plan: TeardownPlan): string {
  return render(plan, TEXT);
}

/** The plan as a page. */
export function renderMarkdown(plan: TeardownPlan): string {
  return `# Remove ${plan.store}\n${render(plan, MARKDOWN)}`;
}

function render(plan: TeardownPlan, style: PageStyle): string {
  return [...steps(plan, style), ...takingOut(plan, style), ...staying(plan, style), ...going(plan, style)].join('\n');
}

function steps({ store, steps: all }: TeardownPlan, style: PageStyle): string[] {
  return [
    style.heading(`Remove ${store}, in this order`),
    ...all.map(({ title, commands }, index) => `${index + 1}. ${title}\n${style.commands(commands)}`),
  ];
}

function takingOut({ stays }: TeardownPlan, { heading, commands }: PageStyle): string[] {
  const lines = stays.flatMap(({ takeOut, logicalId }) => (takeOut === undefined ? [] : [`# ${logicalId}`, takeOut]));
  return lines.length === 0 ? [] : [heading('Take the data out, before or after'), commands(lines)];
}

function staying(
  { stays, monthly, pricesOf, leftByAws }: TeardownPlan,
  { heading, table, commands }: PageStyle,
): string[] {
  if (stays.length === 0 && leftByAws.length === 0) {
    return [heading('What stays'), 'Nothing.'];
  }
  return [
    heading('What stays, until you delete it'),
    table(
      ['stack', 'what', 'resource', 'why', 'USD a month'],
      stays.map((kept) => [kept.stack, kept.called, kept.name ?? kept.logicalId, kept.why, money(kept.price)]),
    ),
    `${monthly.toFixed(2)} USD a month, and what the gigabytes cost: list prices of us-east-1, ${pricesOf}. Check them:`,
    ...[...new Set(stays.flatMap(({ price }) => price?.source ?? []))].map((source) => `- ${source}`),
    heading('What AWS made beside the stacks, and how to find it'),
    ...leftByAws.map(({ what, region }) => `- ${what} (${region})`),
    commands(leftByAws.map(({ find }) => find)),
    heading('Delete what stayed'),
    commands(
      keysLast(stays.filter(({ isInTheWay }) => !isInTheWay)).flatMap(({ remove, logicalId }) => [
        `# ${logicalId}`,
        ...remove,
      ]),
    ),
  ];
}

/** What a key encrypts goes before it, and its replicas go before it. */
function keysLast(stays: readonly Kept[]): Kept[] {
  const rank = ({ type }: Kept): number => ['AWS::KMS::ReplicaKey', 'AWS::KMS::Key'].indexOf(type);
  return [...stays].sort((one, other) => rank(one) - rank(other));
}

function going({ goes }: TeardownPlan, { heading, table, commands }: PageStyle): string[] {
  if (goes.length === 0) {
    return [heading('What goes with its stack'), 'Nothing that holds data.'];
  }
  const first = goes.flatMap((each) => (each.first === undefined ? [] : [each.first]));
  return [
    heading('What goes with its stack, and all that it holds'),
    table(
      ['stack', 'what', 'resource'],
      goes.map(({ stack, called, logicalId }) => [stack, called, logicalId]),
    ),
    ...(first.length === 0 ? [] : ['Empty these first, or their stack does not go:', commands(first)]),
  ];
}

function money(price: KeptPrice | undefined): string {
  if (price === undefined) {
    return '';
  }
  return price.each === undefined ? `${price.gigabyte} a gigabyte` : price.each.toFixed(2);
}
