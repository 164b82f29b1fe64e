import { insideOf } from './inside-of';
import { isPlainObject, own, type PlainObject } from './plain-object';
import { readJsonObject } from './read-json';

/** Which construct made which resource, as pairs of path and logical id. */
export type ConstructPaths = () => readonly (readonly [constructPath: string, logicalId: string])[];

/** What the constructs of a stack wrote down, by their paths; read when somebody asks: the file is large. */
type StackMetadata = () => PlainObject;

const LOGICAL_ID_METADATA = 'aws:cdk:logicalId';

/** The metadata of a stack. Newer assemblies keep it in a file, older ones in the manifest. */
export function readMetadata(directory: string, artifact: unknown): StackMetadata {
  const file = own(artifact, 'additionalMetadataFile');
  const written = own(artifact, 'metadata');
  let known: PlainObject | undefined;
  return () =>
    (known ??= file !== undefined ? readJsonObject(insideOf(directory, file)) : isPlainObject(written) ? written : {});
}

/** The construct paths of a stack. */
export function constructPathsIn(metadata: StackMetadata): ConstructPaths {
  let known: ReturnType<ConstructPaths> | undefined;
  return () => (known ??= Object.entries(metadata()).flatMap(pairsIn));
}

/** What was written down on the construct at `constructPath`, by kind. */
export function statementsAt(metadata: StackMetadata, constructPath: string): () => ReadonlyMap<string, unknown> {
  return () => {
    const entries = listOf(own(metadata(), `/${constructPath}`));
    return new Map(entries.map((entry) => [String(own(entry, 'type')), own(entry, 'data')]));
  };
}

function pairsIn([constructPath, entries]: [string, unknown]): (readonly [string, string])[] {
  return listOf(entries).flatMap((entry) => {
    const logicalId = own(entry, 'data');
    return own(entry, 'type') === LOGICAL_ID_METADATA && typeof logicalId === 'string'
      ? [[constructPath.replace(/^\//, ''), logicalId] as const]
      : [];
  });
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
