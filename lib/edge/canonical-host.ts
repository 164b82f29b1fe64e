import {
  Function,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  type FunctionAssociation,
} from 'aws-cdk-lib/aws-cloudfront';
import { Construct } from 'constructs';
import { physicalName } from '../core/physical-names';
import type { StrictTransportSecurity } from './strict-transport-security';

export interface CanonicalHostProps {
  /** The host that everybody ends up at. */
  readonly host: string;
  /** What browsers of the other hosts are told too. */
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
 * A CloudFront function: about 0.10 USD for a million requests.
 */
export class CanonicalHost extends Construct {
  /** The function. */
  public readonly function: Function;

  public constructor(scope: Construct, id: string, props: CanonicalHostProps) {
    super(scope, id);
    this.function = new Function(this, 'Function', {
      functionName: physicalName(this, 'edgeFunction'),
      comment: `Leads to ${props.host}`,
      code: FunctionCode.fromInline(redirectCode(props)),
      runtime: FunctionRuntime.JS_2_0,
      autoPublish: true,
    });
  }

  /** How a behaviour uses it: before anything else. */
  public get association(): FunctionAssociation {
    return { function: this.function, eventType: FunctionEventType.VIEWER_REQUEST };
  }
}

/**
 * A form or a webhook that was posted is posted again (308); browsers forget the redirection after an hour, so that
 * another host can become the canonical one.
 */
function redirectCode({ host, strictTransportSecurity }: CanonicalHostProps): string {
  return `const HOST = ${JSON.stringify(host)};
const IMPERSONATING = ${JSON.stringify(IMPERSONATING)};

function handler(event) {
  const request = event.request;
  if (request.headers.host && request.headers.host.value.toLowerCase() === HOST) {
    IMPERSONATING.forEach((name) => delete request.headers[name]);
    return request;
  }
  return {
    statusCode: request.method === 'GET' || request.method === 'HEAD' ? 301 : 308,
    headers: {
      location: { value: 'https://' + HOST + request.uri + queryOf(request.querystring) },
      'cache-control': { value: 'max-age=3600' },
      'strict-transport-security': { value: ${JSON.stringify(strictTransportSecurity._header)} },
    },
  };
}

function queryOf(parameters) {
  const pairs = [];
  for (const name in parameters) {
    const values = parameters[name].multiValue || [parameters[name]];
    values.forEach((each) => pairs.push(name + '=' + each.value));
  }
  return pairs.length > 0 ? '?' + pairs.join('&') : '';
}
`;
}
