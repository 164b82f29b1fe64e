import { CannotTell } from './cannot-tell';
import { resolve } from './resolve';
import { ABSENT, piecesOf, pieceText, type Dynamic, type Hole, type Reference, type Resolved } from './resolved';

const DEEPEST = 100;

/**
 * A value of a template as a rule reads it. Whatever a rule asks of a value that the template does not show throws
 * `CannotTell`; so a rule that says nothing about unknown values answers "cannot tell", and never passes.
 */
export class Value {
  public constructor(
    public readonly resolved: Resolved,
    /** Where it stands, from the resource: `Properties.DistributionConfig.ViewerCertificate`. */
    public readonly location: string,
  ) {}

  /** What stands below it. Below nothing is nothing. */
  public at(...path: readonly (string | number)[]): Value {
    return path.reduce<Value>((value, step) => value.child(step), this);
  }

  /** Whether there is anything. */
  public get isPresent(): boolean {
    return this.known().kind !== 'absent';
  }

  /** Whether it is `expected`. Text and number and boolean are the same to CloudFormation: `"true"` is `true`. */
  public is(expected: string | number | boolean): boolean {
    return this.isOneOf(expected);
  }

  /** Whether it is one of `expected`. */
  public isOneOf(...expected: readonly (string | number | boolean)[]): boolean {
    const value = this.plain;
    return expected.some((each) => String(each) === (typeof each === 'boolean' ? value?.toLowerCase() : value));
  }

  /** Whether it is `true`, in either way to write that. */
  public get isTrue(): boolean {
    return this.is(true);
  }

  /** A number; nothing when there is nothing, or it is none. */
  public get number(): number | undefined {
    const value = this.plain;
    return value === undefined || value.trim() === '' || Number.isNaN(Number(value)) ? undefined : Number(value);
  }

  /** The text that CloudFormation will see; nothing when there is nothing. A text made at deployment throws. */
  public get plain(): string | undefined {
    const value = this.known();
    if (value.kind === 'absent') {
      return undefined;
    }
    if (value.kind !== 'plain') {
      throw new CannotTell(this.location, `its value, ${this.describe()}, is known at deployment`);
    }
    return String(value.value);
  }

  /** The text, with `${Bucket.Arn}` for what it takes from resources; nothing when there is nothing. */
  public get text(): string | undefined {
    const value = this.known();
    const pieces = piecesOf(value);
    for (const piece of pieces ?? []) {
      if (typeof piece === 'object' && piece.kind === 'unknown') {
        throw new CannotTell(this.location, piece.why);
      }
    }
    return value.kind === 'absent' ? undefined : pieces?.map(pieceText).join('');
  }

  /**
   * Its items. What is no list is a list of one, as in policies; nothing is an empty list.
   */
  public get items(): readonly Value[] {
    const value = this.known();
    if (value.kind === 'list') {
      const items = value.items.map(
        (item, place) => new Value(resolve(item, value.scope), `${this.location}.${place}`),
      );
      return items.filter(({ resolved }) => resolved.kind !== 'absent');
    }
    return value.kind === 'absent' ? [] : [this];
  }

  /** Its entries, by key; nothing has none. */
  public get entries(): readonly (readonly [key: string, value: Value])[] {
    const value = this.known();
    return value.kind === 'map' ? Object.keys(value.entries).map((key) => [key, this.at(key)] as const) : [];
  }

  /** The resource that it is a reference to, and to nothing else. */
  public get reference(): Reference | undefined {
    const value = this.known();
    return value.kind === 'reference' ? value : undefined;
  }

  /** Every reference in it and below it. What is unknown has none that could be seen. */
  public get references(): readonly Reference[] {
    return this.collect((resolved) => {
      const pieces = piecesOf(resolved) ?? [];
      return pieces.filter((piece): piece is Reference => typeof piece === 'object' && piece.kind === 'reference');
    });
  }

  /** Every dynamic reference in it and below it. */
  public get dynamicReferences(): readonly Dynamic[] {
    return this.collect((resolved) => dynamicAmong(piecesOf(resolved) ?? []));
  }

  /** Why it, or something below it, is unknown; nothing when all of it is known. */
  public get doubt(): string | undefined {
    return this.collect((resolved) =>
      (piecesOf(resolved) ?? []).flatMap((piece) =>
        typeof piece === 'object' && piece.kind === 'unknown' ? [piece.why] : [],
      ),
    )[0];
  }

  /** It as a person reads it: a text, or what kind of thing it is. */
  public describe(): string {
    const pieces = piecesOf(this.resolved);
    return this.resolved.kind === 'absent' ? 'nothing' : (pieces?.map(pieceText).join('') ?? `a ${this.resolved.kind}`);
  }

  private known(): Exclude<Resolved, { kind: 'unknown' }> {
    if (this.resolved.kind === 'unknown') {
      throw new CannotTell(this.location, this.resolved.why);
    }
    return this.resolved;
  }

  private child(step: string | number): Value {
    const location = `${this.location}.${step}`;
    const value = this.resolved;
    switch (value.kind) {
      case 'map':
        return new Value(
          Object.hasOwn(value.entries, step) ? resolve(value.entries[step], value.scope) : ABSENT,
          location,
        );
      case 'list':
        return new Value(resolve(value.items[Number(step)], value.scope), location);
      case 'unknown':
        return new Value(value, location);
      default:
        return new Value(ABSENT, location);
    }
  }

  private collect<T>(pick: (resolved: Resolved) => readonly T[], depth = 0): readonly T[] {
    if (depth > DEEPEST) {
      return [];
    }
    const value = this.resolved;
    const children =
      value.kind === 'list'
        ? value.items.map((_, place) => this.child(place))
        : value.kind === 'map'
          ? Object.keys(value.entries).map((key) => this.child(key))
          : [];
    return [...pick(value), ...children.flatMap((child) => child.collect(pick, depth + 1))];
  }
}

/** The start of a dynamic reference that ends in a later piece: CDK joins one with the ARN of a secret. */
const OPEN = /\{\{resolve:([a-z-]+):[^}]*$/;

function dynamicAmong(pieces: readonly (string | Hole)[]): Dynamic[] {
  return pieces.flatMap((piece, place) => {
    if (typeof piece !== 'string') {
      return piece.kind === 'dynamic' ? [piece] : [];
    }
    const [start, service = ''] = OPEN.exec(piece) ?? [];
    const later = pieces.slice(place + 1).map(pieceText);
    const last = later.findIndex((each) => each.includes('}}'));
    const text = [start, ...later.slice(0, last), later[last]?.replace(/\}\}.*/s, '}}')].join('');
    return start === undefined || last < 0 ? [] : [{ kind: 'dynamic', service, text }];
  });
}
