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

  public constructor(
    /** Who complains: a construct's class and path, or a configuration file. */
    public readonly subject: string,
    public readonly problems: readonly Problem[],
  ) {
    super([`${subject} cannot be built:`, ...problems.map((problem) => `  - ${renderProblem(problem)}`)].join('\n'));
  }

  /** The code of each problem, in the order in which they were found. */
  public get codes(): readonly string[] {
    return this.problems.map((problem) => problem.code);
  }
}

/** What is wrong with values that are judged where they are used. */
const KEPT = new WeakMap<object, readonly Problem[]>();

/** Collects problems, so that a user hears of all of them at once and not of one a day. */
export class Problems {
  private readonly found: Problem[] = [];

  public constructor(private readonly subject: string) {}

  /** Records `problem` when `holds` is false. */
  public require(holds: boolean, problem: Problem): void {
    if (!holds) {
      this.found.push(problem);
    }
  }

  /**
   * Keeps what was recorded with `value` and throws nothing: a configuration that is full of such values reports all
   * their problems together. Whoever uses the value takes them over with `include`.
   */
  public keepWith(value: object): void {
    KEPT.set(value, this.found);
  }

  /** Takes over what was kept with `value`, which stands at `property`; without a property, as it was recorded. */
  public include(value: object | undefined, property?: string): void {
    const kept = (value && KEPT.get(value)) ?? [];
    const place = property === undefined ? '' : `${property}.`;
    this.found.push(...kept.map((problem) => ({ ...problem, property: `${place}${problem.property}` })));
  }

  /** What was recorded. */
  public get all(): readonly Problem[] {
    return this.found;
  }

  /** @throws BaselineError when anything was recorded. */
  public throwIfAny(): void {
    if (this.found.length > 0) {
      throw new BaselineError(this.subject, this.found);
    }
  }
}

function renderProblem({ code, property, value, bound, remedy }: Problem): string {
  return `${property} is ${render(value)}; it must ${bound}. ${remedy} [${code}]`;
}

function render(value: unknown): string {
  return value === undefined ? 'missing' : JSON.stringify(value);
}
