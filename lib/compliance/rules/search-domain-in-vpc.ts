import { type ResourceRule } from '../rule';
import { unless } from '../verdict';

export const searchDomainInVpc: ResourceRule = {
  name: 'search-domain-in-vpc',
  severity: 'high',
  statement: 'A search domain stands in a VPC.',
  fix: 'Give it VPCOptions with subnets.',
  appliesTo: ['AWS::OpenSearchService::Domain', 'AWS::Elasticsearch::Domain'],
  judge: (domain) => {
    const value = domain.at('VPCOptions', 'SubnetIds');
    return unless(value.items.length > 0, 'it has a public endpoint', value);
  },
};
