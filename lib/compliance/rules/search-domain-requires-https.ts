import { type ResourceRule } from '../rule';
import { together, unless } from '../verdict';

export const searchDomainRequiresHttps: ResourceRule = {
  name: 'search-domain-requires-https',
  severity: 'high',
  statement: 'A search domain answers over TLS 1.2 or newer alone.',
  fix: 'Set EnforceHTTPS, and a TLSSecurityPolicy of TLS 1.2.',
  appliesTo: ['AWS::OpenSearchService::Domain', 'AWS::Elasticsearch::Domain'],
  judge: (domain) => {
    const options = domain.at('DomainEndpointOptions');
    const policy = options.at('TLSSecurityPolicy');
    return together(
      () => unless(options.at('EnforceHTTPS').isTrue, 'it answers over plain HTTP', options.at('EnforceHTTPS')),
      () => unless((policy.plain ?? '').startsWith('Policy-Min-TLS-1-2'), 'it answers over TLS 1.0', policy),
    );
  },
};
