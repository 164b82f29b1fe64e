import { type ResourceRule } from '../rule';
import { unless } from '../verdict';

export const analyticsClusterAuthenticates: ResourceRule = {
  name: 'analytics-cluster-authenticates',
  severity: 'medium',
  statement: 'An analytics cluster authenticates its users by Kerberos.',
  fix: 'Give it KerberosAttributes.',
  appliesTo: ['AWS::EMR::Cluster'],
  judge: (resource) => {
    const value = resource.at('KerberosAttributes');
    return unless(value.isPresent, 'it has no Kerberos', value);
  },
};
