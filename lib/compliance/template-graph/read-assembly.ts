import * as path from 'node:path';
import { insideOf } from './inside-of';
import { isPlainObject, nameOf, own } from './plain-object';
import { readJsonObject, refusal } from './read-json';
import { constructPathsIn, readMetadata, statementsAt } from './read-metadata';
import { readTemplate } from './read-template';
import { type StackSource } from './stack-source';

/** Stages in Stages; an assembly that leads in a circle ends here. */
const DEEPEST = 20;

/**
 * The stacks of the finished cloud assembly in `directory`, those of Stages and nested stacks too.
 *
 * @throws BaselineError `AssemblyFileMissing`, `AssemblyFileUnreadable`
 */
export function readAssembly(directory: string, depth = 0): StackSource[] {
  const file = path.join(directory, 'manifest.json');
  const artifacts = own(readJsonObject(file), 'artifacts');
  if (!isPlainObject(artifacts) || depth > DEEPEST) {
    throw refusal('AssemblyFileUnreadable', file, 'list artifacts', 'Name the directory that "cdk synth" wrote.');
  }
  return Object.entries(artifacts).flatMap(([id, artifact]) => {
    switch (own(artifact, 'type')) {
      case 'aws:cloudformation:stack':
        return [readStack(directory, id, artifact)];
      case 'cdk:cloud-assembly':
        return readAssembly(insideOf(directory, own(own(artifact, 'properties'), 'directoryName')), depth + 1);
      default:
        return [];
    }
  });
}

function readStack(directory: string, id: string, artifact: unknown): StackSource {
  const properties = own(artifact, 'properties');
  const [, account, region] = /^aws:\/\/([^/]*)\/([^/]*)$/.exec(nameOf(own(artifact, 'environment'))) ?? [];
  const environment = {
    account: account === 'unknown-account' ? undefined : account,
    region: region === 'unknown-region' ? undefined : region,
  };
  const constructPath = textOf(own(artifact, 'displayName')) ?? id;
  const metadata = readMetadata(directory, artifact);
  return {
    ...readTemplate({
      templatePath: insideOf(directory, own(properties, 'templateFile')),
      constructPath,
      constructPaths: constructPathsIn(metadata),
      environment,
    }),
    name: textOf(own(properties, 'stackName')) ?? id,
    terminationProtection: own(properties, 'terminationProtection') === true,
    statements: statementsAt(metadata, constructPath),
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
