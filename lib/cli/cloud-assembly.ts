import * as path from 'node:path';
import { readAssemblyFile } from './assembly/assembly-file';
import { MANIFEST, METADATA, RESOURCE, TEMPLATE, type Artifact, type Metadata, type Template } from './assembly/shapes';
import { CannotRun } from './exit-code';

/** A resource of a template. */
export interface AssemblyResource {
  readonly logicalId: string;
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
  /** What happens to it when its stack is deleted, where the template says so. */
  readonly deletionPolicy?: string;
}

/** A stack of a finished cloud assembly. */
export interface AssemblyStack {
  /** Id within the assembly. */
  readonly id: string;
  /** Name in CloudFormation: `acme-production-data`. */
  readonly name: string;
  /** Name for the CDK CLI: `acme-production/Data`. */
  readonly path: string;
  readonly account: string;
  readonly region: string;
  readonly terminationProtection: boolean;
  /** Ids of the stacks that have to be there before. */
  readonly dependencies: readonly string[];
  /** The parameter in which the Region's bootstrap version stands, and the lowest that will do. */
  readonly bootstrap?: Bootstrap;
  readonly resources: readonly AssemblyResource[];
  /** What constructs wrote down on the stack itself, by kind. */
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** What a stack asks of the bootstrap of its Region. */
export interface Bootstrap {
  readonly parameter: string;
  readonly version: number;
}

/** Something that a construct wrote down. */
export interface MetadataEntry {
  readonly constructPath: string;
  readonly type: string;
  readonly data: unknown;
  /** The calls that led there, innermost first, where the app recorded them. */
  readonly trace?: readonly string[];
}

/** A template, as it stands in its file. */
export interface AssemblyTemplate {
  /** Path of the file within the assembly: `AcmeData.template.json`, `assembly-Prod/ProdData.template.json`. */
  readonly file: string;
  readonly template: Template;
}

/** A stack with all that its files say. */
export interface WholeStack extends AssemblyStack {
  /** Its template, and behind it those of the stacks nested in it. */
  readonly templates: readonly AssemblyTemplate[];
  /** What all its constructs wrote down. */
  readonly entries: readonly MetadataEntry[];
}

/** A finished cloud assembly. */
export interface CloudAssembly {
  readonly directory: string;
  /** Version of the schema that it follows. */
  readonly schema: string;
  /** Its stacks, those of Stages too. */
  readonly stacks: readonly WholeStack[];
}

/**
 * The stacks of the assembly in `directory`, those of Stages too.
 *
 * @throws CannotRun when there is none, or something else
 */
export function readStacks(directory: string): readonly AssemblyStack[] {
  return readAssembly(directory).stacks;
}

/**
 * The assembly in `directory`.
 *
 * @throws CannotRun when there is none, or something else
 */
export function readAssembly(directory: string): CloudAssembly {
  const { version } = readAssemblyFile(directory, 'manifest.json', MANIFEST);
  return { directory, schema: version, stacks: stacksIn(directory, '.', new Set()) };
}

/** The stacks of a part of the assembly: of itself, or of a Stage, which is an assembly in a folder of its own. */
function stacksIn(root: string, part: string, seen: Set<string>): WholeStack[] {
  if (seen.has(part)) {
    throw new CannotRun(`The assembly in ${root} holds itself.`, 'Remove the directory and synthesise again.');
  }
  seen.add(part);
  const { artifacts } = readAssemblyFile(root, path.join(part, 'manifest.json'), MANIFEST);
  const entries = Object.entries(artifacts);
  const stacks = entries.filter(([, { type }]) => type === 'aws:cloudformation:stack');
  const ids = new Set(stacks.map(([id]) => id));
  const nested = entries.flatMap(([, { type, properties }]) =>
    type === 'cdk:cloud-assembly' ? stacksIn(root, path.join(part, properties?.directoryName ?? ''), seen) : [],
  );
  return [...stacks.map(([id, artifact]) => readStack({ root, part, ids }, id, artifact)), ...nested];
}

interface Part {
  readonly root: string;
  readonly part: string;
  /** Ids of its stacks. */
  readonly ids: ReadonlySet<string>;
}

function readStack({ root, part, ids }: Part, id: string, artifact: Artifact): WholeStack {
  const { properties = {}, environment = '', displayName = id, dependencies = [] } = artifact;
  const { bootstrapStackVersionSsmParameter: parameter, requiresBootstrapStackVersion: version } = properties;
  const [account = '', region = ''] = environment.replace('aws://', '').split('/');
  const templates = readTemplates(root, path.join(part, properties.templateFile ?? ''));
  const entries = entriesOf(root, part, artifact);
  return {
    id,
    name: properties.stackName ?? id,
    path: displayName,
    account,
    region,
    terminationProtection: properties.terminationProtection ?? false,
    dependencies: dependencies.filter((dependency) => ids.has(dependency)),
    bootstrap: parameter !== undefined && version !== undefined ? { parameter, version } : undefined,
    resources: resourcesOf(templates[0].template),
    metadata: Object.fromEntries(
      entries.filter(({ constructPath }) => constructPath === displayName).map(({ type, data }) => [type, data]),
    ),
    templates,
    entries,
  };
}

/** The resources of a template. */
export function resourcesOf({ Resources = {} }: Template): AssemblyResource[] {
  return Object.entries(Resources).flatMap(([logicalId, value]) => {
    const { success, data } = RESOURCE.safeParse(value);
    if (!success) {
      return [];
    }
    const { Type: type, Properties, DeletionPolicy } = data;
    const deletionPolicy = typeof DeletionPolicy === 'string' ? DeletionPolicy : undefined;
    return [{ logicalId, type, properties: Properties ?? {}, deletionPolicy }];
  });
}

/** A template, and behind it those of the stacks nested in it, as far as they lie in the assembly. */
function readTemplates(root: string, file: string, seen = new Set<string>()): AssemblyTemplate[] {
  const template = readAssemblyFile(root, file, TEMPLATE);
  seen.add(file);
  const nested = Object.values(template.Resources ?? {}).flatMap((value) => {
    const { success, data } = RESOURCE.safeParse(value);
    const asset = success && data.Type === 'AWS::CloudFormation::Stack' ? data.Metadata?.['aws:asset:path'] : undefined;
    return typeof asset === 'string' && asset.endsWith('.json') ? [path.join(path.dirname(file), asset)] : [];
  });
  return [
    { file: file.replaceAll(path.sep, '/'), template },
    ...nested.flatMap((each) => (seen.has(each) ? [] : readTemplates(root, each, seen))),
  ];
}

function entriesOf(root: string, part: string, { additionalMetadataFile, metadata = {} }: Artifact): MetadataEntry[] {
  const all: Metadata =
    additionalMetadataFile === undefined
      ? metadata
      : readAssemblyFile(root, path.join(part, additionalMetadataFile), METADATA);
  return Object.entries(all).flatMap(([constructPath, entries]) =>
    entries.map(({ type, data, trace }) => ({ constructPath: constructPath.replace(/^\//, ''), type, data, trace })),
  );
}
