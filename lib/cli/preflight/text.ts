import type { Terminal, Tone } from '../terminal';
import { textTable } from '../text-table';
import type { PreflightReport, Result } from './preflight';
import { VERDICTS, type Verdict } from './probe';

const TONES: Readonly<Record<Verdict, Tone>> = { failure: 'bad', unknown: 'doubtful', warning: 'doubtful', ok: 'good' };

/**
 * A report for a person: one table, worst first, and the command for each number below it, where it can be copied
 * whole.
 *
 * @param all whether what is fine is listed
 */
export function renderPreflight(report: PreflightReport, all: boolean, { tint }: Pick<Terminal, 'tint'>): string {
  const results = report.results.filter(({ verdict }) => all || verdict !== 'ok');
  const rows = results.map((result, index) => [
    index + 1,
    tint(TONES[result.verdict], result.verdict),
    result.check,
    result.subject,
    result.place,
    result.seen,
  ]);
  const table = rows.length > 0 ? [textTable(['', 'verdict', 'check', 'of', 'where', 'seen'], rows)] : [];
  return [...table, ...repairs(results), summary(report.results)].join('\n');
}

function repairs(results: readonly Result[]): string[] {
  const lines = results.flatMap(({ repair }, index) => (repair === undefined ? [] : [`  ${index + 1}  ${repair}`]));
  return lines.length > 0 ? ['', 'What to do:', ...lines, ''] : [];
}

function summary(results: readonly Result[]): string {
  const counted = VERDICTS.map(
    (verdict) => [verdict, results.filter((each) => each.verdict === verdict).length] as const,
  );
  return `${results.length} questions: ${counted.map(([verdict, count]) => `${count} ${verdict}`).join(', ')}.`;
}
