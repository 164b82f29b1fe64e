import { existsSync, realpathSync } from 'node:fs';
import * as path from 'node:path';
import { scopesOf } from '../assembly/construct-path';
import type { MetadataEntry } from '../cloud-assembly';
import type { SourceLine } from './check-report';

/** CDK writes down where a construct was created; older releases do so beside the logical id. */
const CREATION_METADATA = 'aws:cdk:creationStack';
const LOGICAL_ID_METADATA = 'aws:cdk:logicalId';

/** A call in a trace: `new Shop (/repo/lib/shop.ts:12:5)`, `/repo/bin/app.ts:3:1`. */
const CALL = /(?:^|\()((?:file:\/\/)?(?:\/|[A-Za-z]:[\\/])[^()]*?):(\d+)(?::(\d+))?\)?$/;

/** Finds the lines of a repository that constructs come from. */
export class SourceLines {
  private readonly roots: readonly string[];
  private readonly traces: ReadonlyMap<string, readonly string[]>;

  /**
   * @param root directory of the repository: what lies outside of it, and packages that it installed, are no source
   * @param entries what the constructs of the assembly wrote down
   */
  public constructor(root: string, entries: readonly MetadataEntry[]) {
    // A process may know the repository by a link, and its app by the place.
    this.roots = [...new Set([path.resolve(root), existsSync(root) ? realpathSync(root) : root])];
    this.traces = new Map(entries.flatMap((entry) => tracesOf(entry).map((calls) => [entry.constructPath, calls])));
  }

  /** The innermost line of the repository in `traces`, or else in what is known of the construct or one around it. */
  public of(constructPath: string, traces: readonly string[] = []): SourceLine | undefined {
    const own = this.firstIn(traces.flatMap((trace) => trace.split('\n')));
    return scopesOf(constructPath).reduce((found, scope) => found ?? this.firstIn(this.traces.get(scope) ?? []), own);
  }

  private firstIn(calls: readonly string[]): SourceLine | undefined {
    for (const call of calls) {
      const [, location = '', line, column] = CALL.exec(call.trim()) ?? [];
      const file = this.inRepository(location.replace(/^file:\/\//, ''));
      if (file !== undefined) {
        return { file, line: Number(line), column: column === undefined ? undefined : Number(column) };
      }
    }
    return undefined;
  }

  private inRepository(location: string): string | undefined {
    if (location === '' || location.includes('node_modules')) {
      return undefined;
    }
    const relative = this.roots.map((root) => path.relative(root, location));
    return relative.find((file) => !file.startsWith('..') && !path.isAbsolute(file))?.replaceAll(path.sep, '/');
  }
}

function tracesOf({ type, data, trace }: MetadataEntry): (readonly string[])[] {
  if (type === CREATION_METADATA && Array.isArray(data)) {
    return [data.filter((call) => typeof call === 'string')];
  }
  return type === LOGICAL_ID_METADATA && trace !== undefined ? [trace] : [];
}

/** The repository that `directory` belongs to: where git keeps its own, or else the directory itself. */
export function repositoryAround(directory: string): string {
  const above = path.dirname(directory);
  if (existsSync(path.join(directory, '.git'))) {
    return directory;
  }
  const found = above === directory ? undefined : repositoryAround(above);
  return found !== undefined && existsSync(path.join(found, '.git')) ? found : directory;
}
