import { some } from '../template-graph/cannot-tell';
import { type GraphResource } from '../template-graph/graph-resource';
import { resolve } from '../template-graph/resolve';
import { Value } from '../template-graph/value';

/** Who a statement is about: `AWS`, `Service`, `Federated` or `CanonicalUser`, and the name. */
export interface Principal {
  readonly kind: string;
  readonly name: string;
}

/** A statement of a policy, as IAM reads it. */
export class Statement {
  public constructor(public readonly value: Value) {}

  public get isAllow(): boolean {
    return this.value.at('Effect').is('Allow');
  }

  public get isDeny(): boolean {
    return this.value.at('Effect').is('Deny');
  }

  /** The actions in lower case: IAM does not mind. `*` where the statement says what it is not about. */
  public get actions(): readonly string[] {
    return this.named('Action').map((action) => action.toLowerCase());
  }

  /** The resources, with `${Bucket.Arn}` for references; `*` where the statement says what it is not about. */
  public get resources(): readonly string[] {
    return this.named('Resource');
  }

  /** Whom it is about; everybody where the statement says whom it is not about. */
  public get principals(): readonly Principal[] {
    const principal = this.value.at('Principal');
    if (this.value.at('NotPrincipal').isPresent) {
      return [{ kind: 'AWS', name: '*' }];
    }
    if (principal.resolved.kind !== 'map') {
      return principal.items.map((item) => ({ kind: 'AWS', name: item.text ?? '' }));
    }
    return principal.entries.flatMap(([kind, names]) => names.items.map((item) => ({ kind, name: item.text ?? '' })));
  }

  /** Whether it is about everybody. */
  public get isAboutEverybody(): boolean {
    return some(this.principals, ({ name }) => name === '*');
  }

  /** Whether its actions include `action`: by name, or by a pattern. */
  public covers(action: string): boolean {
    return some(this.actions, (pattern) => matches(pattern, action.toLowerCase()));
  }

  /** What it is conditional on: operator, key in lower case, and the values. */
  public get conditions(): readonly (readonly [operator: string, key: string, value: Value])[] {
    return this.value
      .at('Condition')
      .entries.flatMap(([operator, keys]) =>
        keys.entries.map(([key, value]) => [operator, key.toLowerCase(), value] as const),
      );
  }

  private named(key: 'Action' | 'Resource'): readonly string[] {
    return this.value.at(`Not${key}`).isPresent ? ['*'] : this.value.at(key).items.map((item) => item.text ?? '');
  }
}

/** The statements of the policy at `path`, which stands there as an object or as JSON text. */
export function statementsOf(resource: GraphResource, ...path: readonly (string | number)[]): readonly Statement[] {
  const document = resource.at(...path);
  const { kind } = document.resolved;
  const read = kind === 'plain' || kind === 'text' ? parsed(document, resource) : document;
  return read.at('Statement').items.map((statement) => new Statement(statement));
}

/** Whether IAM's `pattern` (`*` for anything, `?` for one character) matches `text`. */
export function matches(pattern: string, text: string): boolean {
  const expression = pattern
    .replace(/[\\^$.|+()[\]{}]/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/\?/g, '.');
  return new RegExp(`^${expression}$`, 's').test(text);
}

function parsed(document: Value, { stack }: GraphResource): Value {
  try {
    return new Value(resolve(JSON.parse(document.text ?? ''), stack), document.location);
  } catch (error) {
    if (error instanceof SyntaxError) {
      return new Value({ kind: 'unknown', why: 'its text is no JSON' }, document.location);
    }
    throw error;
  }
}
