import { type ResourceRule } from '../rule';
import { isPresent, property } from './support/property';

export const analyticsClusterAuthenticates: ResourceRule = {
  name: 'analytics-cluster-authenticates',
  severity: 'medium',
  statement: 'An analytics cluster authenticates its users by Kerberos.',
  fix: 'Give it KerberosAttributes.',
  appliesTo: ['AWS::EMR::Cluster'],
  judge: property(['KerberosAttributes'], isPresent, 'it has no Kerberos'),
};
