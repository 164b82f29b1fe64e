/** A resource of a template, all that its price needs of it. */
export interface TemplateResource {
  readonly logicalId: string;
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** The resources of one stack: some are priced by what others say of them. */
export type StackResources = readonly TemplateResource[];

/** What stands in `value` at `path`. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inside, key) =>
      typeof inside === 'object' && inside !== null ? (inside as Record<string, unknown>)[key] : undefined,
    value,
  );
}

/**
 * `value` as a number; `otherwise` where nothing stands there. Undefined where the template leaves it to a parameter, a
 * reference or a condition.
 */
export function numberOf(value: unknown, otherwise: number): number | undefined {
  if (value === undefined) {
    return otherwise;
  }
  const number = typeof value === 'number' || typeof value === 'string' ? Number(value) : Number.NaN;
  return Number.isFinite(number) && value !== '' ? number : undefined;
}

/** How many entries a list has; undefined where it is none that can be counted, or an entry may be left out. */
export function countOf(value: unknown): number | undefined {
  if (value === undefined) {
    return 0;
  }
  return Array.isArray(value) && !value.some(mayBeLeftOut) ? value.length : undefined;
}

function mayBeLeftOut(entry: unknown): boolean {
  return at(entry, 'Fn::If') !== undefined || at(entry, 'Fn::Split') !== undefined;
}

/** `value` as a list; what cannot be counted is an empty one. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Whether `value` refers to `other`, which stands in the same stack. */
export function refersTo(value: unknown, other: TemplateResource): boolean {
  const text = JSON.stringify(value ?? '');
  const id = other.logicalId;
  return [`"${id}"`, `\${${id}}`, `\${${id}.`].some((reference) => text.includes(reference));
}

/** The resources of `type`. */
export function ofType(stack: StackResources, type: string): StackResources {
  return stack.filter((other) => other.type === type);
}
