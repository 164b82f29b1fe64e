import { statSync } from 'node:fs';
import * as path from 'node:path';
import { type IPolicyValidationContext } from 'aws-cdk-lib';
import { readAssembly } from './read-assembly';
import { TemplateGraph } from './template-graph';

interface Kept {
  readonly state: string;
  readonly graph: TemplateGraph;
}

/** One graph for each app: the packs of one synthesis share it. */
const KEPT = new WeakMap<object, Kept>();

/** The graph of the templates that a validation plugin is shown. It is built once for all packs of a synthesis. */
export function graphOfContext({ appConstruct, stackTemplates }: IPolicyValidationContext): TemplateGraph {
  const templates = stackTemplates.map(({ templatePath }) => path.resolve(templatePath));
  // An app can be synthesised again, with other templates in the same place.
  const state = templates.map(stateOf).join('\n');
  const kept = KEPT.get(appConstruct);
  if (kept?.state === state) {
    return kept.graph;
  }
  const directories = new Set(templates.map((template) => path.dirname(template)));
  const shown = new Set(templates);
  const sources = [...directories].flatMap((directory) =>
    readAssembly(directory).filter(
      ({ templatePath }) => shown.has(templatePath) && path.dirname(templatePath) === directory,
    ),
  );
  const graph = new TemplateGraph(sources);
  KEPT.set(appConstruct, { state, graph });
  return graph;
}

function stateOf(template: string): string {
  const { mtimeMs, size } = statSync(template);
  return `${template} ${mtimeMs} ${size}`;
}
