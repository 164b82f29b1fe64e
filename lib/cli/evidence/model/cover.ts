import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { STORE_METADATA, type StoreStatement } from '../../../core/store-metadata';
import type { CloudAssembly } from '../../cloud-assembly';

/** The state of the sources when the evidence was written. */
export interface Sources {
  /** The commit; nothing outside of a repository. */
  readonly commit?: string;
  /** Whether every file is as in the commit; nothing outside of a repository. */
  readonly isClean?: boolean;
}

/** A template, and by what its content is known. */
export interface TemplateDigest {
  readonly stack: string;
  readonly account: string;
  readonly region: string;
  readonly file: string;
  readonly sha256: string;
}

/** What the evidence is about. */
export interface Cover {
  /** What people call it: the stores' names, or the directory of somebody else's app. */
  readonly title: string;
  readonly stores: readonly StoreStatement[];
  readonly day: string;
  readonly tool: string;
  readonly sources: Sources;
  readonly accounts: readonly string[];
  readonly regions: readonly string[];
  readonly templates: readonly TemplateDigest[];
}

/** What a cover needs beside the assembly. */
export interface CoverFacts {
  readonly day: string;
  readonly tool: string;
  readonly sources: Sources;
}

/** The cover of the evidence about `assembly`. */
export function coverOf(assembly: CloudAssembly, facts: CoverFacts): Cover {
  const { stacks, directory } = assembly;
  const stores = storesOf(assembly);
  return {
    title: stores.length === 0 ? 'An app without a store' : stores.map(({ name }) => name).join(', '),
    stores,
    ...facts,
    accounts: sorted(stacks.map(({ account }) => account)),
    regions: sorted(stacks.map(({ region }) => region)),
    templates: stacks.flatMap(({ path: stack, account, region, templates }) =>
      templates.map(({ file }) => ({
        stack,
        account,
        region,
        file,
        sha256: sha256(readFileSync(path.join(directory, file))),
      })),
    ),
  };
}

/** SHA-256 of `content`, in hexadecimal digits. */
export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/**
 * The commit that `directory` stands at, and whether its files are as there.
 *
 * @param without a directory that does not count: that of the evidence itself
 */
export function sourcesIn(directory: string, without: string): Sources {
  const git = (...words: readonly string[]): string =>
    execFileSync('git', ['-C', directory, ...words], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  try {
    const commit = git('rev-parse', 'HEAD');
    const inside = path.relative(directory, path.resolve(without)).replaceAll(path.sep, '/');
    const rest = inside === '' || inside.startsWith('..') ? [] : [`:(exclude,literal)${inside}`];
    return { commit, isClean: git('status', '--porcelain', '--', '.', ...rest) === '' };
  } catch {
    // No git, no repository, or no commit yet: nothing is claimed.
    return {};
  }
}

/** The stores of the assembly, each as the first of its stacks states it. */
function storesOf({ stacks }: CloudAssembly): StoreStatement[] {
  const stated = stacks.flatMap(({ metadata }) => {
    const statement = metadata[STORE_METADATA] as StoreStatement | undefined;
    return statement === undefined ? [] : [[`${statement.id}-${statement.environment}`, statement] as const];
  });
  return [...new Map(stated.reverse()).values()].reverse();
}

function sorted(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort();
}
