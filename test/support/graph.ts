import { TemplateGraph } from '../../lib/compliance/template-graph/template-graph';
import { type StackSource } from '../../lib/compliance/template-graph/stack-source';

/** A template, as a test writes it down. */
export interface TestTemplate {
  readonly Resources?: Readonly<Record<string, object>>;
  readonly [section: string]: unknown;
}

/** A stack of an assembly that is not there: of this template, in an account and Region that everybody knows. */
export function sourceOf(template: TestTemplate, properties: Partial<StackSource> = {}): StackSource {
  const name = properties.name ?? 'Shop';
  return {
    name,
    constructPath: name,
    account: '111122223333',
    region: 'eu-central-1',
    terminationProtection: true,
    templatePath: `/out/${name}.template.json`,
    template,
    constructPaths: () => new Map(),
    nested: new Map(),
    ...properties,
  };
}

/** The graph of one stack. */
export function graphOf(template: TestTemplate, properties: Partial<StackSource> = {}): TemplateGraph {
  return new TemplateGraph([sourceOf(template, properties)]);
}
