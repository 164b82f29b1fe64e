import type { StrictTransportSecurity } from './strict-transport-security';

/** Where everybody ends up. */
interface CanonicalHost {
  readonly host: string;
  readonly strictTransportSecurity: StrictTransportSecurity;
}

/**
 * Headers that make some frameworks believe another host or path than the visitor asked CloudFront and its web ACL for:
 * the link in a mail for a new password then leads elsewhere, and a rule about a path is passed by. `X-Middleware-Subrequest`
 * skipped the login checks of Next.js (CVE-2025-29927).
 */
const IMPERSONATING = [
  'forwarded',
  'x-forwarded-host',
  'x-forwarded-prefix',
  'x-forwarded-server',
  'x-host',
  'x-middleware-subrequest',
  'x-original-host',
  'x-original-url',
  'x-rewrite-url',
];

/**
 * Sends whoever comes by another host to the canonical one: by a second host of the shop, or by the name CloudFront
 * gives every distribution. The shop sees one host, and hears of it from nobody else: headers that claim another are
 * removed.
 *
 * A form or a webhook that was posted is posted again (308); browsers forget the redirection after an hour, so that
 * another host can become the canonical one.
 */
export function canonicalHostCode({ host, strictTransportSecurity }: CanonicalHost): string {
  return `const HOST = ${JSON.stringify(host)};
const IMPERSONATING = ${JSON.stringify(IMPERSONATING)};
const STRICT_TRANSPORT = ${JSON.stringify(strictTransportSecurity._header)};

function elsewhere(request) {
  if (request.headers.host && request.headers.host.value.toLowerCase() === HOST) {
    IMPERSONATING.forEach((name) => delete request.headers[name]);
    return undefined;
  }
  const query = queryOf(request.querystring);
  return {
    statusCode: request.method === 'GET' || request.method === 'HEAD' ? 301 : 308,
    headers: {
      location: { value: 'https://' + HOST + request.uri + (query && '?' + query) },
      'cache-control': { value: 'max-age=3600' },
      'strict-transport-security': { value: STRICT_TRANSPORT },
    },
  };
}
`;
}
