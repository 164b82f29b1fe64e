import { insideOf } from './inside-of';
import { isPlainObject, own, type PlainObject } from './plain-object';
import { readJsonObject } from './read-json';

/** Which construct made which resource, as pairs of path and logical id. */
export type ConstructPaths = () => readonly (readonly [constructPath: string, logicalId: string])[];

const LOGICAL_ID_METADATA = 'aws:cdk:logicalId';

/** The construct paths of a stack, read from the assembly's metadata when somebody asks: the file is large. */
export function readConstructPaths(directory: string, artifact: unknown): ConstructPaths {
  let known: ReturnType<ConstructPaths> | undefined;
  return () => (known ??= Object.entries(metadataOf(directory, artifact)).flatMap(pairsIn));
}

/** Newer assemblies keep metadata in a file, older ones in the manifest. */
function metadataOf(directory: string, artifact: unknown): PlainObject {
  const file = own(artifact, 'additionalMetadataFile');
  const written = own(artifact, 'metadata');
  return file !== undefined ? readJsonObject(insideOf(directory, file)) : isPlainObject(written) ? written : {};
}

function pairsIn([constructPath, entries]: [string, unknown]): (readonly [string, string])[] {
  const list = Array.isArray(entries) ? (entries as unknown[]) : [];
  return list.flatMap((entry) => {
    const logicalId = own(entry, 'data');
    return own(entry, 'type') === LOGICAL_ID_METADATA && typeof logicalId === 'string'
      ? [[constructPath.replace(/^\//, ''), logicalId] as const]
      : [];
  });
}
