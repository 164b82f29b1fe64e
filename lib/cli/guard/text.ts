import type { GuardComparison } from '../../compliance/guard/compare';
import { lineOf, WAY_ON } from '../../compliance/guard/guard-text';
import type { AssemblyRecord } from '../../compliance/guard/record';
import { nameOf } from '../../compliance/guard/settle';
import { plain } from '../plain-text';
import type { Terminal } from '../terminal';

/** A comparison, for people. */
export function renderGuard(comparison: GuardComparison, record: AssemblyRecord, terminal: Terminal): string {
  const { findings, unrecorded, elsewhere } = comparison;
  const lost = findings.map((finding) =>
    [terminal.tint('bad', plain(lineOf(finding))), `  ${plain(finding.consequence)}`].join('\n'),
  );
  const unknown =
    unrecorded.length === 0
      ? []
      : [
          `The lock does not know these as they are now, and does not guard them:`,
          ...unrecorded.map((name) => `  ${plain(nameOf(name))}`),
        ];
  const aside = [
    ...elsewhere.map((key) => `Not in this assembly, and not compared: ${plain(nameOf(key))}`),
    ...record.disposable.map((store) => `In staging, and not guarded: ${plain(store)}`),
  ];
  return [...lost, ...unknown, ...aside.map((line) => terminal.tint('faint', line)), verdictOf(comparison)].join('\n');
}

function verdictOf({ findings, unrecorded }: GuardComparison): string {
  if (findings.length > 0) {
    return WAY_ON;
  }
  return unrecorded.length > 0
    ? 'Nothing would be lost. Record them: npx commerce-baseline guard --update, and commit the lock.'
    : 'Nothing would be lost.';
}
