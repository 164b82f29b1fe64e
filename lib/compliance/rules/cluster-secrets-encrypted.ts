import { type ResourceRule } from '../rule';
import { unless } from '../verdict';

export const clusterSecretsEncrypted: ResourceRule = {
  name: 'cluster-secrets-encrypted',
  severity: 'medium',
  statement: 'Secrets of a Kubernetes cluster are encrypted under a key of the account.',
  fix: 'Name a key in EncryptionConfig for secrets.',
  appliesTo: ['AWS::EKS::Cluster'],
  judge: (resource) => {
    const value = resource.at('EncryptionConfig');
    return unless(value.items.length > 0, 'no key is named for its secrets', value);
  },
};
