import { readStacks } from '../cloud-assembly';
import { ExitCode } from '../exit-code';
import { readStore } from '../store-assembly';
import type { Terminal } from '../terminal';
import { costReport, type CostReport } from './cost-report';
import { renderMarkdown, renderText } from './text';
import { costOfTier } from './tiers';

/** What was typed. */
export interface CostWords {
  readonly store?: string;
  readonly assembly: string;
  readonly json?: boolean;
  readonly format: 'table' | 'markdown' | 'json';
  readonly prices?: string;
  readonly tier?: string;
}

/** Prints what it costs. A report finds nothing: it is always clean. */
export async function runCost(words: CostWords, terminal: Terminal): Promise<ExitCode> {
  const report = words.tier === undefined ? ofAssembly(words) : await costOfTier(words.tier);
  terminal.print(rendered(report, words));
  return ExitCode.CLEAN;
}

/** Of a store its stacks; without a name, every stack of the assembly, whoever wrote the app. */
function ofAssembly({ assembly, store, prices }: CostWords): CostReport {
  return costReport(store === undefined ? readStacks(assembly) : readStore(assembly, store).stacks, prices);
}

function rendered(report: CostReport, { format, json, store, tier }: CostWords): string {
  if (json || format === 'json') {
    return JSON.stringify(report, null, 2);
  }
  const of = tier === undefined ? (store ?? 'the app') : `a shop of the tier ${tier}`;
  return format === 'markdown' ? renderMarkdown(report, `What ${of} costs`) : renderText(report);
}
