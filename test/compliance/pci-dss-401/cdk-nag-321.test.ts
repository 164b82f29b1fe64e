import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { App, type CfnResource, Stack } from 'aws-cdk-lib';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { rules as cdkNagRules } from 'cdk-nag';
import { PCI_DSS_401 } from '../../../lib/compliance/pci-dss-401/rule-pack';
import { runRulePack } from '../../../lib/compliance/rule-pack';
import { graphOf, type TestTemplate as Template } from '../../support/graph';
import { CDK_NAG_321, type Counterpart } from './cdk-nag-321';
import { RULE_CASES } from './rule-cases';
import { SHARED_CASES } from './shared-cases';

type NagRule = (node: CfnResource) => unknown;

function nagRule(name: string): NagRule {
  const [service = '', rule = ''] = name.split('.');
  const services = cdkNagRules as unknown as Readonly<Record<string, Readonly<Record<string, NagRule>>>>;
  return services[service][rule];
}

const directory = mkdtempSync(path.join(tmpdir(), 'cdk-nag-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

function templatesOf(ours: string, required: object): readonly [good: Template, bad: Template] {
  const shared = SHARED_CASES[ours];
  if (shared !== undefined) {
    const { type, good, bad, beside = {} } = shared;
    return [
      { Resources: { Subject: { Type: type, Properties: good }, ...beside } },
      { Resources: { Subject: { Type: type, Properties: bad } } },
    ];
  }
  const { type, content, wrong, beside = {} } = RULE_CASES[ours];
  const of = (properties: object | undefined): Template => ({
    Resources: { Subject: { Type: type, Properties: { ...required, ...properties } }, ...beside },
  });
  return [of(content[0]), of(wrong[0])];
}

/** Whether cdk-nag finds fault with the subject of `template`. */
function nagObjects(name: string, template: Template): boolean {
  const templateFile = path.join(directory, 'template.json');
  writeFileSync(templateFile, JSON.stringify(template));
  const included = new CfnInclude(new Stack(new App({ analyticsReporting: false }), 'Shop'), 'Included', {
    templateFile,
  });
  const said = nagRule(name)(included.getResource('Subject'));
  return said !== 'Compliant' && said !== 'NotApplicable';
}

/** Whether our rule finds fault with it. */
function weObject(ours: string, template: Template): boolean {
  const rules = PCI_DSS_401.rules.filter(({ name }) => name === ours);
  const said = runRulePack({ ...PCI_DSS_401, rules }, graphOf(template))
    .filter(({ resource }) => resource?.logicalId === 'Subject')
    .map(({ outcome }) => outcome);
  expect(said.every((outcome) => outcome === 'compliant' || outcome === 'objection')).toBe(true);
  return said.includes('objection');
}

const pack = readFileSync(require.resolve('cdk-nag/lib/packs/pci-dss-321.js'), 'utf8');
const inPack = [...pack.matchAll(/rule: ([a-z0-9]+)_\d+\.(\w+)/g)].map(([, service, rule]) => `${service}.${rule}`);

test('every rule of the 3.2.1 pack has a counterpart, or a sentence why not', () => {
  expect(Object.keys(CDK_NAG_321).sort()).toEqual(inPack.sort());
  const unexplained = Object.values(CDK_NAG_321).filter(({ ours, because }) => ours === undefined && !because);
  expect(unexplained).toEqual([]);
});

test('every counterpart is a rule of our pack', () => {
  const names = PCI_DSS_401.rules.map(({ name }) => name);
  const unknown = Object.values(CDK_NAG_321).filter(({ ours }) => ours !== undefined && !names.includes(ours));
  expect(unknown).toEqual([]);
});

const agreeing = Object.entries(CDK_NAG_321).filter(
  (entry): entry is [string, Counterpart & { ours: string }] => entry[1].ours !== undefined && !entry[1].because,
);

test.each(agreeing)('%s and ours say the same of one resource', (name, { ours, required = {} }) => {
  const templates = templatesOf(ours, required);
  expect(templates.map((template) => weObject(ours, template))).toEqual([false, true]);
  expect(templates.map((template) => nagObjects(name, template))).toEqual([false, true]);
});
