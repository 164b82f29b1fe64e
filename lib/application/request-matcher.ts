import { Problems } from '../core/errors';
import { decode, normalisePath } from './request-normalisation';

/** What request classes look at in a request. */
export interface StorefrontRequest {
  /** The method, in capitals: `POST`. */
  readonly method: string;

  /** The path as it was sent, without the query string. */
  readonly path: string;

  /**
   * The query string as it was sent, without the question mark.
   *
   * @default - none
   */
  readonly query?: string;
}

/** A request may climb above the root before it comes down again; servers ignore the climb, and so do we. */
const FROM_ROOT = '^(?:/\\.\\.)*';

/** What a pattern becomes that ends in `/*`: the path itself, or a slash and anything. */
const BELOW = '(?:/|$)';

/** A path as users write it: literal segments, `{name}` for any one segment, `/*` at the end. */
const PATTERN = /^(?:\/|(?:\/(?:[A-Za-z0-9._~-]+|\{[A-Za-z]+\}))*(?:\/\*)?)$/;

/**
 * Recognises requests by path, method and query parameters, however they are spelled: upper case, `%61`, `//`, `/./`,
 * `/x/../` and a slash at the end change nothing.
 *
 *     RequestMatcher.path('/store/carts/{id}/complete').method('POST')
 *
 * The same data answers `matches` and is rendered into the rules of a web ACL.
 */
export class RequestMatcher {
  /**
   * Recognises a path.
   *
   * @param pattern `{name}` stands for any one segment; `/*` at the end for the path itself and everything below it
   * @throws BaselineError `PathPatternInvalid`
   */
  public static path(pattern: string): RequestMatcher {
    const problems = new Problems('RequestMatcher');
    requirePathPattern(problems, 'pattern', pattern);
    problems.throwIfAny();
    return new RequestMatcher(pathExpression(pattern), [], []);
  }

  private readonly path: RegExp;
  private readonly parameters: RegExp[];

  private constructor(
    /**
     * The path as a regular expression that starts at the root, without what precedes it.
     * @internal
     */
    public readonly _path: string,
    /**
     * Methods, any of which matches; none: every method does.
     * @internal
     */
    public readonly _methods: string[],
    /**
     * Query parameters as regular expressions over the decoded query string, all of which have to match.
     * @internal
     */
    public readonly _parameters: string[],
  ) {
    this.path = new RegExp(rootedExpression([this]), 'i');
    this.parameters = _parameters.map((parameter) => new RegExp(parameter, 'i'));
  }

  /**
   * Recognises only requests with one of these methods.
   *
   * @param methods in capitals: `POST`
   * @throws BaselineError `MethodInvalid`
   */
  public method(...methods: string[]): RequestMatcher {
    for (const method of methods) {
      refuseUnless(/^[A-Z]+$/.test(method), {
        code: 'MethodInvalid',
        property: 'methods',
        value: method,
        bound: 'be the name of an HTTP method in capitals',
        remedy: 'Write it as it is sent: POST.',
      });
    }
    return new RequestMatcher(this._path, [...this._methods, ...methods].sort(), this._parameters);
  }

  /**
   * Recognises only requests whose query string has this parameter with one of these values.
   *
   * @param name the parameter, decoded
   * @param values its values, decoded; none: any value
   * @throws BaselineError `QueryParameterInvalid`
   */
  public query(name: string, ...values: string[]): RequestMatcher {
    for (const value of values.length === 0 ? ['any'] : values) {
      refuseUnless(/^[A-Za-z0-9_-]+=[A-Za-z0-9_./-]+$/.test(`${name}=${value}`), {
        code: 'QueryParameterInvalid',
        property: 'query',
        value: `${name}=${value}`,
        bound: 'be a name of letters, digits and _- with a value of letters, digits and _./-',
        remedy: 'Write both without encoding, or match the path alone.',
      });
    }
    return new RequestMatcher(this._path, this._methods, [...this._parameters, parameterExpression(name, values)]);
  }

  /**
   * Leaves out what goes on with `beginning` below a pattern that ends in `/*`:
   * `path('/wp-admin/*').except('admin-')` is everything there but `/wp-admin/admin-ajax.php` and its like.
   *
   * @param beginning letters, digits and hyphens with which the next segment begins
   * @throws BaselineError `ExceptionInvalid`
   */
  public except(beginning: string): RequestMatcher {
    refuseUnless(/^[A-Za-z0-9-]+$/.test(beginning) && this._path.endsWith(BELOW), {
      code: 'ExceptionInvalid',
      property: 'except',
      value: beginning,
      bound: 'be letters, digits and hyphens, and be said once of a path that ends in /*',
      remedy: 'Write the beginning of the one name below the path that is meant: admin-.',
    });
    const path = `${this._path.slice(0, -BELOW.length)}(?:$|/(?:${otherThan([...beginning])}))`;
    return new RequestMatcher(path, this._methods, this._parameters);
  }

  /**
   * Whether every path matches.
   *
   * @internal
   */
  public get _anywhere(): boolean {
    return this._path === BELOW;
  }

  /** Whether the request is one of those. */
  public matches(request: StorefrontRequest): boolean {
    const query = decode(request.query ?? '');
    return (
      (this._methods.length === 0 || this._methods.includes(request.method)) &&
      this.path.test(normalisePath(request.path)) &&
      this.parameters.every((parameter) => parameter.test(query))
    );
  }
}

/** Refuses what is no pattern of a path. */
export function requirePathPattern(problems: Problems, property: string, pattern: string): void {
  problems.require(pattern !== '' && PATTERN.test(pattern), {
    code: 'PathPatternInvalid',
    property,
    value: pattern,
    bound: 'be segments of letters, digits and ._~- or {name}, each after a slash, with /* at most at the end',
    remedy: 'Write the path without host, query string and encoding: /store/carts/{id}/complete or /admin/*.',
  });
}

/** One regular expression for the paths of all `matchers`. Case is up to whoever applies it. */
export function rootedExpression(matchers: readonly RequestMatcher[]): string {
  const paths = [...new Set(matchers.map(({ _path }) => _path))];
  return `${FROM_ROOT}${paths.length === 1 ? paths[0] : `(?:${paths.join('|')})`}`;
}

function pathExpression(pattern: string): string {
  const below = pattern.endsWith('/*');
  const path = (below ? pattern.slice(0, -2) : pattern.replace(/\/$/, ''))
    .replace(/\./g, '\\.')
    .replace(/\{[A-Za-z]+\}/g, '[^/]+');
  return `${path}${below ? BELOW : '(?:/\\.?)?$'}`;
}

/** PHP ignores blanks before a name, and reads `a.b`, `a b` and `a[b` as `a_b`. */
function parameterExpression(name: string, values: readonly string[]): string {
  const [value, ...others] = values.map((each) => each.replace(/\./g, '\\.'));
  const parameter = `(?:^|&)[ +]*${name.replace(/_/g, '[_. +[]')}`;
  if (value === undefined) {
    return `${parameter}(?:=|&|$)`;
  }
  return `${parameter}=${others.length === 0 ? value : `(?:${[value, ...others].join('|')})`}(?:&|$)`;
}

/** What begins with other letters. Spelled out letter by letter, because AWS WAF knows no negative lookahead. */
function otherThan([first = '', ...rest]: readonly string[]): string {
  const other = `$|[^${first}]`;
  return rest.length === 0 ? other : `${other}|${first}(?:${otherThan(rest)})`;
}

function refuseUnless(holds: boolean, problem: Parameters<Problems['require']>[1]): void {
  const problems = new Problems('RequestMatcher');
  problems.require(holds, problem);
  problems.throwIfAny();
}
