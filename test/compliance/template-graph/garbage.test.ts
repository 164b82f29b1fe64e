import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import fc from 'fast-check';
import { COMMERCE_BASELINE } from '../../../lib/compliance/commerce-baseline';
import { RULES } from '../../../lib/compliance/rules';
import { runRulePack } from '../../../lib/compliance/rule-pack';
import { readAssembly } from '../../../lib/compliance/template-graph/read-assembly';
import { TemplateGraph } from '../../../lib/compliance/template-graph/template-graph';
import { BaselineError } from '../../../lib/core/errors';
import { sourceOf } from '../../support/graph';

const directory = mkdtempSync(path.join(tmpdir(), 'garbage-'));
afterAll(() => rmSync(directory, { recursive: true }));

const ARTIFACT = { type: 'aws:cloudformation:stack', properties: { templateFile: 'a.json' } };
const write = (file: string, text: string): void => writeFileSync(path.join(directory, file), text);
const manifest = (content: unknown): void => write('manifest.json', JSON.stringify(content));

/** Reads the assembly, and everything in it that is worked out late. */
function read(): string {
  try {
    const { stacks } = new TemplateGraph(readAssembly(directory));
    return stacks.flatMap(({ resources }) => resources.map(({ name }) => name)).join(' ');
  } catch (error) {
    if (error instanceof BaselineError) {
      return error.codes.join(' ');
    }
    throw error;
  }
}

/** Values as templates have them, put together by nobody who knows how. */
const value = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    fc.constantFrom('A', 'AWS::Region', 'AWS::NoValue', '*', '', true, null, 0, '{{resolve:ssm:x}}', '${A.B}'),
    fc.string(),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(
      fc.constantFrom(
        ...['Ref', 'Fn::GetAtt', 'Fn::Join', 'Fn::Sub', 'Fn::If', 'Fn::Select', 'Fn::Split', 'Fn::FindInMap'],
        ...['Fn::ImportValue', 'Fn::GetStackOutput', 'Fn::ToJsonString', 'Fn::Transform', '__proto__', 'constructor'],
        ...['Statement', 'Effect', 'Principal', 'Action', 'Resource', 'Condition', 'Key', 'Value', 'Name'],
      ),
      tie('value'),
      { maxKeys: 2 },
    ),
  ),
})).value;

test('what is no assembly is refused, whatever its files hold', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), fc.oneof(fc.string(), fc.json()), (first, second) => {
      write('manifest.json', first);
      write('a.json', second);
      expect(read()).toMatch(/^AssemblyFile(Missing|Unreadable)$|^$/);
      manifest({ artifacts: { Shop: ARTIFACT } });
      expect(read()).toMatch(/^AssemblyFile(Missing|Unreadable)$|^$|^Shop\./);
    }),
    { numRuns: 300 },
  );
});

test.each([
  ['a file outside', { Shop: { ...ARTIFACT, properties: { templateFile: '../../../../etc/passwd' } } }],
  ['a file of another disk', { Shop: { ...ARTIFACT, properties: { templateFile: '/etc/passwd' } } }],
  ['itself', { Stage: { type: 'cdk:cloud-assembly', properties: { directoryName: '.' } } }],
  ['no file at all', { Shop: { type: 'aws:cloudformation:stack' } }],
])('an assembly that names %s is refused', (_, artifacts) => {
  manifest({ artifacts });
  expect(read()).toMatch(/^AssemblyFile(Missing|Unreadable)$/);
});

test('no rule fails on a template that nobody in their senses wrote', () => {
  const types = RULES.flatMap((rule) => ('judge' in rule ? rule.appliesTo : []));
  fc.assert(
    fc.property(
      fc.constantFrom(...types),
      fc.dictionary(fc.string(), value),
      value,
      value,
      (type, more, one, other) => {
        const properties = new Proxy({ ...more }, {});
        const Resources = {
          A: { Type: type, Properties: one, DeletionPolicy: other },
          B: { Type: type, Properties: properties },
        };
        const source = sourceOf({ Resources, Parameters: other, Conditions: more, Mappings: one, Outputs: other });
        const judgements = runRulePack(COMMERCE_BASELINE, new TemplateGraph([source]));
        expect(
          judgements.filter(({ outcome }) => outcome === 'failed').map(({ rule, reasons }) => [rule.name, reasons]),
        ).toEqual([]);
      },
    ),
    { numRuns: 1000 },
  );
});
