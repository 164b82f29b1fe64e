import { existsSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
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

interface Manifest {
  readonly artifacts?: Readonly<Record<string, Artifact>>;
}

interface Artifact {
  readonly type: string;
  readonly displayName?: string;
  readonly environment?: string;
  readonly dependencies?: readonly string[];
  readonly additionalMetadataFile?: string;
  readonly metadata?: Metadata;
  readonly properties?: {
    readonly templateFile?: string;
    readonly stackName?: string;
    readonly terminationProtection?: boolean;
    readonly requiresBootstrapStackVersion?: number;
    readonly bootstrapStackVersionSsmParameter?: string;
    readonly directoryName?: string;
  };
}

type Metadata = Readonly<Record<string, readonly { readonly type: string; readonly data?: unknown }[]>>;

interface Template {
  readonly Resources?: Readonly<Record<string, TemplateResource>>;
}

interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
}

/**
 * The stacks of the assembly in `directory`, those of Stages too.
 *
 * @throws CannotRun when there is none
 */
export function readStacks(directory: string): AssemblyStack[] {
  const { artifacts = {} } = readJson(directory, 'manifest.json') as Manifest;
  const entries = Object.entries(artifacts);
  const stacks = entries.filter(([, { type }]) => type === 'aws:cloudformation:stack');
  const ids = new Set(stacks.map(([id]) => id));
  const nested = entries.flatMap(([, { type, properties }]) =>
    type === 'cdk:cloud-assembly' ? readStacks(path.join(directory, properties?.directoryName ?? '')) : [],
  );
  return [...stacks.map(([id, artifact]) => readStack(directory, id, artifact, ids)), ...nested];
}

function readStack(directory: string, id: string, artifact: Artifact, stacks: ReadonlySet<string>): AssemblyStack {
  const { properties = {}, environment = '', displayName = id, dependencies = [] } = artifact;
  const { bootstrapStackVersionSsmParameter: parameter, requiresBootstrapStackVersion: version } = properties;
  const [account = '', region = ''] = environment.replace('aws://', '').split('/');
  const { Resources = {} } = readJson(directory, properties.templateFile ?? '') as Template;
  return {
    id,
    name: properties.stackName ?? id,
    path: displayName,
    account,
    region,
    terminationProtection: properties.terminationProtection ?? false,
    dependencies: dependencies.filter((dependency) => stacks.has(dependency)),
    bootstrap: parameter !== undefined && version !== undefined ? { parameter, version } : undefined,
    resources: Object.entries(Resources).map(([logicalId, { Type, Properties = {}, DeletionPolicy }]) => ({
      logicalId,
      type: Type,
      properties: Properties,
      deletionPolicy: DeletionPolicy,
    })),
    metadata: metadataOf(directory, artifact),
  };
}

/** The metadata of the stack itself, which stands under its path. */
function metadataOf(directory: string, artifact: Artifact): Readonly<Record<string, unknown>> {
  const { additionalMetadataFile, displayName, metadata } = artifact;
  const all = additionalMetadataFile === undefined ? metadata : readJson(directory, additionalMetadataFile);
  const own = (all as Metadata | undefined)?.[`/${displayName ?? ''}`] ?? [];
  return Object.fromEntries(own.map(({ type, data }) => [type, data]));
}

function readJson(directory: string, file: string): unknown {
  const location = path.join(directory, file);
  if (!existsSync(location)) {
    throw new CannotRun(
      `${location} does not exist.`,
      'Run "npx cdk synth --quiet" first, or name the directory of its output: --assembly <directory>.',
    );
  }
  return JSON.parse(readFileSync(location, 'utf8')) as unknown;
}
