import { type ResourceRule } from '../rule';
import { every } from '../template-graph/cannot-tell';
import { notApplicable, unless } from '../verdict';

/** Policies that begin at TLS 1.2; without any, a listener speaks TLS 1.0. */
const MODERN = /^ELBSecurityPolicy-(TLS13-1-[23]-|TLS13-1-3|TLS-1-2-2017-01|TLS-1-2-Ext-2018-06|FS-1-2)/;

export const listenerTls: ResourceRule = {
  name: 'listener-tls',
  severity: 'high',
  statement: 'A load balancer speaks TLS 1.2 or newer, and nothing else.',
  fix: 'Make it an HTTPS listener with a policy of the family ELBSecurityPolicy-TLS13-1-2, or a redirect to one.',
  appliesTo: ['AWS::ElasticLoadBalancingV2::Listener'],
  judge: (listener) => {
    const protocol = listener.at('Protocol');
    if (protocol.is('HTTP')) {
      const actions = listener.at('DefaultActions').items;
      return unless(
        actions.length > 0 && every(actions, (action) => action.at('RedirectConfig', 'Protocol').is('HTTPS')),
        'it answers over plain HTTP',
        protocol,
      );
    }
    if (!protocol.isOneOf('HTTPS', 'TLS')) {
      return notApplicable();
    }
    const policy = listener.at('SslPolicy');
    return unless(
      MODERN.test(policy.plain ?? ''),
      `its policy is ${policy.describe()}, which lets older versions in`,
      policy,
    );
  },
};
