import { Token } from 'aws-cdk-lib';
import type { Problems } from '../core/errors';

/** A file or a directory below the root, in the characters CloudFront accepts and that need no encoding in a URL. */
const PATH = /^\/[A-Za-z0-9_.~@:+-][A-Za-z0-9_.~@:+/-]*$/;

/** Paths of a shop that are treated in a way of their own. */
export interface ShopPaths {
  readonly cachedPaths: readonly string[];
  readonly apiPaths: readonly string[];
  /** @default - no uploads */
  readonly mediaPath?: string;
}

/** Refuses paths that CloudFront could not tell apart. */
export function requireShopPaths(problems: Problems, { cachedPaths, apiPaths, mediaPath }: ShopPaths): void {
  requirePatterns(problems, 'cachedPaths', cachedPaths);
  requirePatterns(problems, 'apiPaths', apiPaths);
  if (mediaPath !== undefined) {
    requireDirectory(problems, 'media.path', mediaPath);
  }
  requireDistinct(problems, 'cachedPaths', [...(mediaPath ? [`${mediaPath}/*`] : []), ...cachedPaths, ...apiPaths]);
}

/** Refuses patterns that are neither a file (`/robots.txt`) nor everything below a directory (`/assets/*`). */
function requirePatterns(problems: Problems, property: string, patterns: readonly string[]): void {
  patterns.forEach((pattern, index) => {
    problems.require(Token.isUnresolved(pattern) || PATH.test(pattern.replace(/\/\*$/, '')), {
      code: 'PathInvalid',
      property: `${property}[${index}]`,
      value: pattern,
      bound: 'be a path below the root, with /* at most at its end',
      remedy: 'Name one file (/robots.txt) or one directory (/assets/*).',
    });
  });
}

/** Refuses a path that is not a directory below the root. */
function requireDirectory(problems: Problems, property: string, path: string): void {
  problems.require(Token.isUnresolved(path) || (PATH.test(path) && !path.endsWith('/')), {
    code: 'PathInvalid',
    property,
    value: path,
    bound: 'be a directory below the root, without a slash or asterisk at its end',
    remedy: 'Write it as in /media.',
  });
}

/** Refuses a path that stands in two places. */
function requireDistinct(problems: Problems, property: string, paths: readonly string[]): void {
  const repeated = paths.filter((path, index) => paths.indexOf(path) !== index);
  problems.require(repeated.length === 0, {
    code: 'PathTwice',
    property,
    value: repeated,
    bound: 'be treated in one way',
    remedy: 'Leave each path in one of cachedPaths, apiPaths and media.',
  });
}
