import { findingsIn, type PackFinding } from '../../lib/compliance/pack-finding';
import { runRulePack } from '../../lib/compliance/rule-pack';
import { type ResourceRule } from '../../lib/compliance/rule';
import {
  compliant,
  notApplicable,
  objection,
  together,
  undecidable,
  unless,
  type Verdict,
} from '../../lib/compliance/verdict';
import { type GraphResource } from '../../lib/compliance/template-graph/graph-resource';
import { graphOf } from '../support/graph';

const graph = graphOf({
  Parameters: { Given: { Type: 'String' } },
  Resources: { Thing: { Type: 'Some::Thing', Properties: { Size: 3, Secret: { Ref: 'Given' } } } },
});

function findings(judge: (thing: GraphResource) => Verdict): PackFinding[] {
  const rule: ResourceRule = {
    name: 'thing-small',
    severity: 'high',
    statement: 'Things are small.',
    fix: 'Make it smaller.',
    appliesTo: ['Some::Thing'],
    judge,
  };
  return findingsIn(runRulePack({ name: 'Test', rules: [rule], answers: () => ['THING-1'] }, graph));
}

test('an objection says where, what is wrong there, what to do and what it answers', () => {
  expect(findings((thing) => unless(thing.at('Size').is(1), 'it is 3', thing.at('Size')))).toEqual([
    {
      pack: 'Test',
      rule: 'thing-small',
      kind: 'objection',
      severity: 'high',
      stack: 'Shop',
      constructPath: 'Shop',
      logicalId: 'Thing',
      templatePath: '/out/Shop.template.json',
      locations: ['Properties.Size'],
      description: 'Things are small. Here: it is 3.',
      fix: 'Make it smaller.',
      answers: ['THING-1'],
    },
  ]);
});

test('a rule that reads what nobody knows has not passed', () => {
  expect(findings((thing) => unless(!thing.at('Secret').is('x'), 'never'))).toEqual([
    expect.objectContaining({
      rule: 'thing-small[unresolved]',
      kind: 'undecidable',
      severity: 'unresolved',
      locations: ['Properties.Secret'],
      description: 'Things are small. Cannot tell: parameter Given is given at deployment.',
    }),
  ]);
});

test('a rule that throws has not passed', () => {
  expect(
    findings(() => {
      throw new TypeError('oh');
    }),
  ).toEqual([expect.objectContaining({ rule: 'thing-small[failed]', kind: 'failed', severity: 'high' })]);
});

test('content, or not meant, it says nothing', () => {
  expect([...findings(compliant), ...findings(notApplicable)]).toEqual([]);
});

test.each([
  ['an objection outweighs doubt', [() => undecidable('?'), () => objection('no'), compliant], 'objection'],
  ['doubt outweighs content', [compliant, () => undecidable('?')], 'undecidable'],
  ['what is not meant does not count', [notApplicable, compliant], 'compliant'],
  ['nothing meant, nothing said', [notApplicable], 'not applicable'],
] as const)('%s', (_, parts, outcome) => {
  expect(together(...parts).outcome).toBe(outcome);
});
