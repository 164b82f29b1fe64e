import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { declinedRules } from '../../lib/core/declined-rules';
import { rulesNamed } from '../../lib/core/rule-packs';

const record = readFileSync(path.join(__dirname, '../../docs/decisions/0007-declined-rules.md'), 'utf8');
const recorded = [...record.matchAll(/^\| `([^`]+)`\s*\| ([^|]+)\|/gm)].map(([, rule, packs]) => ({
  rule,
  packs: packs?.trim(),
}));

const PACK_NAMES: Readonly<Record<string, string>> = {
  AwsSolutions: 'AWS Solutions',
  'NIST.800.53.R5': 'NIST',
  'PCI.DSS.321': 'PCI DSS',
  'HIPAA.Security': 'HIPAA',
  Serverless: 'Serverless',
};

test('each declined rule stands in the decision record, with the packs it belongs to', () => {
  const declined = Object.keys(declinedRules()).map((rule) => ({
    rule,
    packs: rulesNamed(rule)
      .map(({ pack }) => PACK_NAMES[pack])
      .join(', '),
  }));
  const byRule = (left: { rule?: string }, right: { rule?: string }): number =>
    (left.rule ?? '').localeCompare(right.rule ?? '');
  expect(recorded.sort(byRule)).toEqual(declined.sort(byRule));
});

test('each reason refers to the record', () => {
  expect(Object.values(declinedRules()).filter((reason) => !reason.includes('decision 0007'))).toEqual([]);
});
