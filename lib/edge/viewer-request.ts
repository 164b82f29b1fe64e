import {
  Function,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  type FunctionAssociation,
} from 'aws-cdk-lib/aws-cloudfront';
import { Construct } from 'constructs';
import { physicalName } from '../core/physical-names';
import { canonicalHostCode } from './canonical-host';
import type { StrictTransportSecurity } from './strict-transport-security';
import type { VisitorLogin } from './visitor-login';

export interface ViewerRequestProps {
  /** The host that everybody ends up at. */
  readonly host: string;
  /** What browsers of the other hosts are told too. */
  readonly strictTransportSecurity: StrictTransportSecurity;
  /** @default - everybody sees the shop */
  readonly login?: VisitorLogin;
}

/**
 * What happens to a request before CloudFront looks into its cache: it is led to the canonical host, then asked for a
 * login where there is one. A behaviour may have one function for the event; so this is one, of parts.
 *
 * A CloudFront function: about 0.10 USD for a million requests.
 */
export class ViewerRequest extends Construct {
  /** The function. */
  public readonly function: Function;

  public constructor(scope: Construct, id: string, props: ViewerRequestProps) {
    super(scope, id);
    const { host, login } = props;
    this.function = new Function(this, 'Function', {
      functionName: physicalName(this, 'edgeFunction'),
      comment: login === undefined ? `Leads to ${host}` : `Leads to ${host}, whoever has logged in`,
      code: FunctionCode.fromInline(codeOf(props)),
      runtime: FunctionRuntime.JS_2_0,
      autoPublish: true,
    });
  }

  /** How a behaviour uses it: before anything else. */
  public get association(): FunctionAssociation {
    return { function: this.function, eventType: FunctionEventType.VIEWER_REQUEST };
  }
}

/** Each part answers, or leaves the request to the next. */
function codeOf({ login, ...host }: ViewerRequestProps): string {
  const parts = login === undefined ? ['elsewhere'] : ['elsewhere', 'refused'];
  return `function handler(event) {
  const request = event.request;
  return ${parts.map((part) => `${part}(request) || `).join('')}request;
}

function queryOf(parameters) {
  const pairs = [];
  for (const name in parameters) {
    const values = parameters[name].multiValue || [parameters[name]];
    values.forEach((each) => pairs.push(name + '=' + each.value));
  }
  return pairs.join('&');
}

${canonicalHostCode(host)}${login === undefined ? '' : `\n${login._code()}`}`;
}
