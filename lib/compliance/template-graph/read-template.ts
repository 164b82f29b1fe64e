import * as path from 'node:path';
import { nestedTemplates } from './nested-templates';
import { isPlainObject, own } from './plain-object';
import { readJsonObject, refusal } from './read-json';
import { type ConstructPaths } from './read-metadata';
import { type StackSource } from './stack-source';

/** Nested stacks in nested stacks; a template that nests itself ends here. */
const DEEPEST = 20;

/** A template to read, and whose it is. */
interface TemplateSource {
  readonly templatePath: string;
  readonly constructPath: string;
  readonly constructPaths: ConstructPaths;
  readonly environment: Pick<StackSource, 'account' | 'region'>;
}

/** Reads a template, and those of its nested stacks as far as the assembly has them. */
export function readTemplate(source: TemplateSource, depth = 0): StackSource {
  const { templatePath, constructPath, constructPaths, environment } = source;
  const template = readJsonObject(templatePath);
  const resources = own(template, 'Resources') ?? {};
  if (!isPlainObject(resources) || depth > DEEPEST) {
    throw refusal('AssemblyFileUnreadable', templatePath, 'hold resources', 'Run "cdk synth" again.');
  }
  const nested = nestedTemplates(resources, path.dirname(templatePath)).map(([logicalId, file]) => {
    const inner = {
      ...source,
      templatePath: file,
      constructPath: nestedPath(logicalId, constructPath, constructPaths),
    };
    return [logicalId, readTemplate(inner, depth + 1)] as const;
  });
  const elsewhere = nested.map(([, inner]) => `${inner.constructPath}/`);
  return {
    ...environment,
    name: constructPath,
    constructPath,
    templatePath,
    template: { ...template, Resources: resources },
    constructPaths: () =>
      new Map(
        constructPaths()
          .filter(
            ([each]) => each.startsWith(`${constructPath}/`) && !elsewhere.some((start) => each.startsWith(start)),
          )
          .map(([each, logicalId]) => [logicalId, each]),
      ),
    nested: new Map(nested),
  };
}

/** `Shop/Orders` for the stack that the resource `Shop/Orders.NestedStack/Orders.NestedStackResource` makes. */
function nestedPath(logicalId: string, around: string, constructPaths: ConstructPaths): string {
  const resource = constructPaths().find(([each, id]) => id === logicalId && each.startsWith(`${around}/`));
  return resource?.[0].replace(/\.NestedStack\/[^/]*$/, '') ?? `${around}/${logicalId}`;
}
