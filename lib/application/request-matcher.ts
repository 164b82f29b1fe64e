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
    refuseUnless(pattern !== '' && PATTERN.test(pattern), {
      code: 'PathPatternInvalid',
      property: 'pattern',
      value: pattern,
      bound: 'be segments of letters, digits and ._~- or {name}, each after a slash, with /* at most at the end',
      remedy: 'Write the path without host, query string and encoding: /store/carts/{id}/complete or /admin/*.',
    });
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
   * Recognises only requests whose query string has this parameter with this value.
   *
   * @param name the parameter, decoded
   * @param value its value, decoded
   * @throws BaselineError `QueryParameterInvalid`
   */
  public query(name: string, value: string): RequestMatcher {
    refuseUnless(/^[A-Za-z0-9_-]+=[A-Za-z0-9_./-]+$/.test(`${name}=${value}`), {
      code: 'QueryParameterInvalid',
      property: 'query',
      value: `${name}=${value}`,
      bound: 'be a name of letters, digits and _- with a value of letters, digits and _./-',
      remedy: 'Write both without encoding, or match the path alone.',
    });
    return new RequestMatcher(this._path, this._methods, [...this._parameters, parameterExpression(name, value)]);
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
  return `${path}${below ? '(?:/|$)' : '(?:/\\.?)?$'}`;
}

/** PHP ignores blanks before a name, and reads `a.b`, `a b` and `a[b` as `a_b`. */
function parameterExpression(name: string, value: string): string {
  return `(?:^|&)[ +]*${name.replace(/_/g, '[_. +[]')}=${value.replace(/\./g, '\\.')}(?:&|$)`;
}

function refuseUnless(holds: boolean, problem: Parameters<Problems['require']>[1]): void {
  const problems = new Problems('RequestMatcher');
  problems.require(holds, problem);
  problems.throwIfAny();
}
