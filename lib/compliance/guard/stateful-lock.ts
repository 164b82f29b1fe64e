import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { isPlainObject } from '../template-graph/plain-object';
import { Unreadable } from './unreadable';

/** Where the lock stands: beside `cdk.json`. */
export const LOCK_FILE = 'stateful.lock.json';

/** The format that is written. A reader of an older release refuses a newer one. */
const VERSION = 1;

/** What decides whether a resource stays what it is. */
export interface LockedReference {
  readonly type: string;
  /** The construct that made it. Tells people where to look; nothing hangs on it. */
  readonly path?: string;
  /** Its deciding properties that are set, by their paths. */
  readonly properties: Readonly<Record<string, unknown>>;
}

/** A resource that must not be lost. */
export interface LockedResource extends LockedReference {
  /** What happens to it when it leaves the template. */
  readonly deletionPolicy: string;
  /** What happens to it when another takes its place. */
  readonly updateReplacePolicy: string;
  /** The condition under which it is there. */
  readonly condition?: unknown;
}

/** What a stack holds. */
export interface LockedStack {
  /** The construct of the stack. */
  readonly path: string;
  /** The store it belongs to, as `<id>-<environment>`. */
  readonly store?: string;
  readonly terminationProtection: boolean;
  /** By logical id. */
  readonly resources: Readonly<Record<string, LockedResource>>;
  /** What those of this stack and of others stand on: were it replaced, so would they be. */
  readonly referenced?: Readonly<Record<string, LockedReference>>;
}

/** A change that somebody wanted. */
export interface LockedChange {
  readonly date: string;
  readonly owner: string;
  readonly reason: string;
  /** What was lost or loosened, a line each. */
  readonly changes: readonly string[];
}

/** Every resource of an app that must not be lost, and the changes that were wanted. */
export interface StatefulLock {
  /** By account, Region and name of the stack. */
  readonly stacks: Readonly<Record<string, LockedStack>>;
  /** The latest last. */
  readonly history: readonly LockedChange[];
}

/** A resource that `lock` records, by the key of its stack and its logical id. */
export function recordedIn(lock: StatefulLock, stack: string, logicalId: string): LockedResource | undefined {
  const { resources = {} } = lock.stacks[stack] ?? {};
  return Object.hasOwn(resources, logicalId) ? resources[logicalId] : undefined;
}

/**
 * The lock in `file`; nothing when there is none.
 *
 * @throws Unreadable when it is not what `renderLock` wrote
 */
export function readLock(file: string): StatefulLock | undefined {
  if (!existsSync(file)) {
    return undefined;
  }
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new Unreadable(`${file} cannot be read.`, 'See to its permissions.');
  }
  return parseLock(text, file);
}

/**
 * The lock that `text` holds.
 *
 * @throws Unreadable when it is not what `renderLock` wrote
 */
export function parseLock(text: string, file = LOCK_FILE): StatefulLock {
  const content = parsed(text);
  const restore = `Take it back from version control ("git checkout -- ${file}"); changes are recorded by "npx commerce-baseline guard --update".`;
  if (!isPlainObject(content) || typeof content.version !== 'number') {
    throw new Unreadable(`${file} is no lock: it is not JSON, cut off, or something else.`, restore);
  }
  if (content.version !== VERSION) {
    throw new Unreadable(
      `${file} is of format ${content.version}; this release of cdk-commerce-baseline reads format ${VERSION}.`,
      'Install the release that wrote it, or a later one.',
    );
  }
  const { digest, stacks, history } = content;
  if (
    !isPlainObject(stacks) ||
    !Object.values(stacks).every(isStack) ||
    !Array.isArray(history) ||
    !history.every(isChange)
  ) {
    throw new Unreadable(`${file} was edited by hand: a part of it is missing or of another shape.`, restore);
  }
  const lock = { stacks: stacks as StatefulLock['stacks'], history };
  if (digest !== digestOf(lock)) {
    throw new Unreadable(`${file} was edited by hand, or merged: it does not match the digest in it.`, restore);
  }
  return lock;
}

/** `lock` as the text of its file: the same text for the same lock. */
export function renderLock({ stacks, history }: StatefulLock): string {
  const lock = { stacks, history };
  const content = { version: VERSION, digest: digestOf(lock), ...(sorted(lock) as object) };
  return `${JSON.stringify(content, null, 2)}\n`;
}

function digestOf(lock: StatefulLock): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(lock)))
    .digest('hex');
}

/** `value` with the keys of every object in order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(sorted);
  }
  if (!isPlainObject(value)) {
    return value;
  }
  const entries = Object.entries(value).filter(([, inside]) => inside !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, inside]) => [key, sorted(inside)]));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function isStack(value: unknown): boolean {
  return (
    isPlainObject(value) &&
    isText(value.path) &&
    typeof value.terminationProtection === 'boolean' &&
    (value.store === undefined || isText(value.store)) &&
    isPlainObject(value.resources) &&
    Object.values(value.resources).every(isResource) &&
    (value.referenced === undefined ||
      (isPlainObject(value.referenced) && Object.values(value.referenced).every(isReference)))
  );
}

function isReference(value: unknown): value is Readonly<Record<string, unknown>> {
  return isPlainObject(value) && isText(value.type) && isPlainObject(value.properties) && isOptionalText(value.path);
}

function isResource(value: unknown): boolean {
  return isReference(value) && isText(value.deletionPolicy) && isText(value.updateReplacePolicy);
}

function isChange(value: unknown): value is LockedChange {
  return (
    isPlainObject(value) &&
    [value.date, value.owner, value.reason].every(isText) &&
    Array.isArray(value.changes) &&
    value.changes.every(isText)
  );
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isOptionalText(value: unknown): boolean {
  return value === undefined || isText(value);
}
