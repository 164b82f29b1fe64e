import { existsSync } from 'node:fs';
import * as path from 'node:path';
import { RULES } from '../../../lib/compliance/rules';
import { PCI_DSS_401 } from '../../../lib/compliance/pci-dss-401/rule-pack';
import { rulesNamed } from '../../../lib/core/rule-packs';
import { RULES_OF_BOTH_PACKS } from '../../../lib/core/rules-of-both-packs';
import { runRulePack } from '../../../lib/compliance/rule-pack';
import { graphOf } from '../../support/graph';
import { ROOT } from '../../support/documents';
import { RULE_CASES, type RuleCase } from './rule-cases';

/** What `rule` says of a resource with these properties. */
function outcomes(rule: string, { type, beside = {} }: RuleCase, properties: object): string[] {
  const pack = { ...PCI_DSS_401, rules: PCI_DSS_401.rules.filter(({ name }) => name === rule) };
  const graph = graphOf({
    Parameters: { Given: { Type: 'String' } },
    Resources: { Subject: { Type: type, Properties: properties }, ...beside },
  });
  return runRulePack(pack, graph)
    .filter(({ resource }) => resource?.logicalId === 'Subject')
    .map(({ outcome }) => outcome);
}

/** `properties` with a parameter of the template at `at`. */
function withUnknown(properties: unknown, [step, ...rest]: readonly (string | number)[]): unknown {
  if (step === undefined) {
    return { Ref: 'Given' };
  }
  if (typeof step === 'number') {
    const list = properties as unknown[];
    return list.map((item, place) => (place === step ? withUnknown(item, rest) : item));
  }
  const map = (properties ?? {}) as Record<string, unknown>;
  return { ...map, [step]: withUnknown(map[step], rest) };
}

const own = PCI_DSS_401.rules.filter((rule) => !RULES.includes(rule)).map(({ name }) => name);

test('every rule that the control catalogue does not have has its cases here', () => {
  expect(Object.keys(RULE_CASES).sort()).toEqual(own.sort());
});

test('every rule stands in a file of its name', () => {
  const missing = PCI_DSS_401.rules.filter(
    ({ name }) => !existsSync(path.join(ROOT, 'lib/compliance/rules', `${name}.ts`)),
  );
  expect(missing).toEqual([]);
});

describe.each(Object.entries(RULE_CASES))('%s', (rule, ruleCase) => {
  test('is content with what it asks for, and objects to what it does not want', () => {
    expect(ruleCase.content.map((properties) => outcomes(rule, ruleCase, properties))).toEqual(
      ruleCase.content.map(() => ['compliant']),
    );
    const wrong = ruleCase.wrong.length > 0 ? ruleCase.wrong : ruleCase.content;
    // What a resource beside it gives is gone with that resource.
    const bare = ruleCase.wrong.length > 0 ? ruleCase : { ...ruleCase, beside: {} };
    expect(wrong.map((properties) => outcomes(rule, bare, properties))).toEqual(wrong.map(() => ['objection']));
  });

  test('says nothing of what it is not about', () => {
    const foreign = { ...ruleCase, type: 'AWS::CloudFormation::WaitConditionHandle' };
    expect(outcomes(rule, foreign, {})).toEqual([]);
    expect((ruleCase.silent ?? []).flatMap((properties) => outcomes(rule, ruleCase, properties))).toEqual([]);
  });

  test('cannot tell where a value is known at deployment', () => {
    const beside = {
      Doubtful: { Type: 'AWS::WAFv2::WebACLAssociation', Properties: { ResourceArn: { Ref: 'Given' } } },
    };
    const [first] = ruleCase.content;
    expect(
      ruleCase.unknownAt.length === 0
        ? outcomes(rule, { ...ruleCase, beside }, first)
        : outcomes(rule, ruleCase, withUnknown(first, ruleCase.unknownAt) as object),
    ).toEqual(['undecidable']);
  });
});

test('what is acknowledged for one of our packs is acknowledged for both that have the rule', () => {
  const both = RULES.filter((rule) => PCI_DSS_401.rules.includes(rule)).map(({ name }) => name);
  expect(RULES_OF_BOTH_PACKS).toEqual(both.sort());
  expect(rulesNamed('CommerceBaseline-key-rotation').map(({ pack }) => pack)).toEqual([
    'CommerceBaseline',
    'PCI.DSS.401',
  ]);
});
