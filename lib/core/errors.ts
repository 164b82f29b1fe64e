/**
 * One thing that is wrong with what a user wrote. The message is always built the same way, so that it names what was
 * given, what is allowed and what to do about it.
 */
export interface Problem {
  /** Stable code, a noun chosen by hand: `BackupRetentionTooShort`. Documented API: people match on it. */
  readonly code: string;
  /** The property, as the user wrote it: `backupRetention`, `dns.hosts[0]`. */
  readonly property: string;
  /** What was given, printed with JSON so that an empty string or a missing value can be seen. */
  readonly value: unknown;
  /** What is allowed: a range, a list, a shape. Reads after "must": `be 35 days`. */
  readonly bound: string;
  /** What to do now. One imperative sentence. */
  readonly remedy: string;
}

/** Everything that is wrong with one construct or one configuration, reported together. */
export class BaselineError extends Error {
  public override readonly name = 'BaselineError';
  // Private, because Node.js prints every other property once more below the message.
  readonly #problems: readonly Problem[];

  /**
   * @param subject who complains: a construct's class and path, or a configuration
   * @param problems what is wrong
   */
  public constructor(subject: string, problems: readonly Problem[]) {
    super([`${subject} cannot be built:`, ...problems.map((problem) => `  - ${renderProblem(problem)}`)].join('\n'));
    this.#problems = problems;
  }

  /** What is wrong, in the order in which it was found. */
  public get problems(): readonly Problem[] {
    return this.#problems;
  }

  /** The code of each problem. */
  public get codes(): readonly string[] {
    return this.#problems.map((problem) => problem.code);
  }
}

/** What is wrong with values that are judged where they are used. */
const KEPT = new WeakMap<object, readonly Problem[]>();

/** Collects problems, so that a user hears of all of them at once and not of one a day. */
export class Problems {
  public constructor(
    private readonly subject: string,
    private readonly place?: string,
    private readonly found: Problem[] = [],
  ) {}

  /** Records `problem` when `holds` is false. */
  public require(holds: boolean, problem: Problem): void {
    if (!holds) {
      this.record(problem);
    }
  }

  /** The same collection, for what stands at `place`: `problems.at('network')` records `cidr` as `network.cidr`. */
  public at(place: string): Problems {
    return new Problems(this.subject, this.within(place), this.found);
  }

  /**
   * Keeps what was recorded with `value` and throws nothing: a configuration that is full of such values reports all
   * their problems together. Whoever uses the value takes them over with `include`.
   */
  public keepWith(value: object): void {
    KEPT.set(value, this.found);
  }

  /** Takes over what was kept with `value`. */
  public include(value: object | undefined): void {
    const kept = (value && KEPT.get(value)) ?? [];
    kept.forEach((problem) => this.record(problem));
  }

  /** What was recorded so far. */
  public get recorded(): readonly Problem[] {
    return this.found;
  }

  /** @throws BaselineError when anything was recorded. */
  public throwIfAny(): void {
    if (this.found.length > 0) {
      throw new BaselineError(this.subject, this.found);
    }
  }

  private record(problem: Problem): void {
    this.found.push({ ...problem, property: this.within(problem.property) });
  }

  private within(property: string): string {
    return this.place === undefined ? property : `${this.place}.${property}`;
  }
}

function renderProblem({ code, property, value, bound, remedy }: Problem): string {
  return `${property} is ${render(value)}; it must ${bound}. ${remedy} [${code}]`;
}

function render(value: unknown): string {
  return value === undefined ? 'missing' : JSON.stringify(value);
}
