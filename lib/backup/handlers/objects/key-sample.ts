import { createHash } from 'node:crypto';

/**
 * A sample of so many things that are not kept: which ones is a matter of the seed alone, so that whoever repeats a check
 * looks at the same, and nobody knows beforehand which.
 */
export class KeySample<T> {
  private kept: { readonly rank: string; readonly value: T }[] = [];

  public constructor(
    private readonly seed: string,
    private readonly size: number,
  ) {}

  /** Of everything that is offered, each under a key of its own, what the hash puts first stays. */
  public offer(key: string, value: T): void {
    this.kept.push({ rank: createHash('sha256').update(`${this.seed} ${key}`).digest('hex'), value });
    if (this.kept.length >= 2 * this.size) {
      this.cut();
    }
  }

  public get values(): readonly T[] {
    this.cut();
    return this.kept.map(({ value }) => value);
  }

  private cut(): void {
    this.kept.sort((one, other) => (one.rank < other.rank ? -1 : 1));
    this.kept = this.kept.slice(0, this.size);
  }
}
