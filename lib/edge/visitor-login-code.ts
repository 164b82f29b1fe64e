import { RequestKind, type RequestClass } from '../application/request-class';
import type { RequestMatcher } from '../application/request-matcher';

/** What the code is made of. Digests are the texts of a deployment: tokens here. */
interface VisitorLoginCode {
  readonly salt: string;
  readonly loginDigest: string;
  readonly passDigest: string;
  /** The shapes of the shop's requests: webhooks come without a login. */
  readonly requestClasses: readonly RequestClass[];
}

/** The cookie that a browser shows after it has logged in; the prefix binds it to the host and to TLS. */
export const PASS_COOKIE = '__Host-visitor';

/** What the pass is made of, besides the login: `HMAC-SHA256(login, 'visitor')`. Also in the handler that digests it. */
export const PASS_OF = 'visitor';

/** How long a browser keeps the pass, in seconds: a working day. */
const PASS_LIFE = 12 * 3600;

/**
 * Asks for a name and a password before anything else, with HTTP Basic authentication (RFC 7617), and gives a browser
 * that knows them a pass: afterwards the header `Authorization` belongs to the shop again, whose own programs send their
 * tokens in it. Neither the login nor the pass reaches the shop.
 *
 * The function holds salted digests of a login of 190 random bits and of the pass that is derived from it; who reads the
 * function gets in with neither. Whatever goes wrong ends in an error of CloudFront's, not in the shop.
 *
 * Webhooks are let through: payment providers have no login. Only a path in plain spelling is one, so that no way of
 * writing dots and slashes leads past; and nothing of the shop's pages is at such a path.
 */
export function visitorLoginCode({ salt, loginDigest, passDigest, requestClasses }: VisitorLoginCode): string {
  return `const crypto = require('crypto');
const SALT = '${salt}';
const LOGIN = '${loginDigest}';
const PASS = '${passDigest}';
const WEBHOOKS = ${JSON.stringify(webhooksOf(requestClasses))};

function refused(request) {
  if (WEBHOOKS.some((webhook) => isOne(webhook, request))) {
    return undefined;
  }
  const shown = request.headers.authorization ? request.headers.authorization.value : '';
  const login = /^basic +[A-Za-z0-9+\\/=]+$/i.test(shown) ? shown.replace(/^basic +/i, '') : '';
  const isLogin = login !== '' && digestOf(login) === LOGIN;
  const pass = request.cookies['${PASS_COOKIE}'] ? request.cookies['${PASS_COOKIE}'].value : '';
  const isPass = pass !== '' && digestOf(pass) === PASS;
  if (!isLogin && !isPass) {
    return answer(401, { 'www-authenticate': { value: 'Basic realm="Staging", charset="UTF-8"' } });
  }
  delete request.cookies['${PASS_COOKIE}'];
  if (isLogin) {
    delete request.headers.authorization;
  }
  const mode = request.headers['sec-fetch-mode'];
  const navigates = mode && mode.value === 'navigate' && request.method === 'GET';
  return !isPass && navigates ? passFor(login, request) : undefined;
}

function passFor(login, request) {
  const query = queryOf(request.querystring);
  const value = crypto.createHmac('sha256', login).update('${PASS_OF}').digest('hex');
  const attributes = 'Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=${PASS_LIFE}';
  const location = { value: 'https://' + HOST + request.uri + (query && '?' + query) };
  const response = answer(302, { location });
  response.cookies = { '${PASS_COOKIE}': { value, attributes } };
  return response;
}

function answer(statusCode, headers) {
  headers['cache-control'] = { value: 'no-store' };
  headers['strict-transport-security'] = { value: STRICT_TRANSPORT };
  headers['x-robots-tag'] = { value: 'noindex, nofollow' };
  return { statusCode, headers };
}

function digestOf(text) {
  return crypto.createHash('sha256').update(SALT + ':' + text).digest('hex');
}

function isOne(webhook, request) {
  return (
    /^(?:\\/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*\\/?$/.test(request.uri) &&
    (webhook.methods.length === 0 || webhook.methods.includes(request.method)) &&
    new RegExp(webhook.path).test(request.uri) &&
    webhook.parameters.every((parameter) => new RegExp(parameter).test(queryOf(request.querystring)))
  );
}
`;
}

/** Paths and parameters as they are written: other spellings have to log in. */
function webhooksOf(classes: readonly RequestClass[]): object[] {
  const matchers = classes.filter(({ kind }) => kind === RequestKind.WEBHOOK).flatMap((each) => each.matchers);
  return matchers.map(({ _path, _anywhere, _methods, _parameters }: RequestMatcher) => ({
    methods: _methods,
    // A parameter alone would open every page that somebody adds it to.
    path: _anywhere ? '^/$' : `^${_path}`,
    parameters: _parameters,
  }));
}
