/**
 * A rule asked for a value that the template does not show. The runner turns it into a finding of its own kind, so that
 * a rule that forgets to ask whether a value is known never passes silently.
 */
export class CannotTell extends Error {
  public override readonly name = 'CannotTell';

  /**
   * @param location the property, from the resource: `Properties.Environment.Variables`
   * @param why why the template does not show it
   */
  public constructor(
    public readonly location: string,
    public readonly why: string,
  ) {
    super(`${location}: ${why}`);
  }
}

/** Whether one of `items` passes. One that does decides; otherwise one of which nothing can be told does. */
export function some<T>(items: readonly T[], passes: (item: T) => boolean): boolean {
  return findAll(items, passes, true).length > 0;
}

/** Whether all of `items` pass. One that does not decides; otherwise one of which nothing can be told does. */
export function every<T>(items: readonly T[], passes: (item: T) => boolean): boolean {
  return !some(items, (item) => !passes(item));
}

/** The items that pass. Where none does, one of which nothing can be told throws. */
export function those<T>(items: readonly T[], passes: (item: T) => boolean): T[] {
  return findAll(items, passes, false);
}

function findAll<T>(items: readonly T[], passes: (item: T) => boolean, firstIsEnough: boolean): T[] {
  const found: T[] = [];
  let doubt: CannotTell | undefined;
  for (const item of items) {
    try {
      if (passes(item)) {
        found.push(item);
      }
    } catch (error) {
      if (!(error instanceof CannotTell)) {
        throw error;
      }
      doubt ??= error;
    }
    if (firstIsEnough && found.length > 0) {
      return found;
    }
  }
  if (found.length === 0 && doubt !== undefined) {
    throw doubt;
  }
  return found;
}
