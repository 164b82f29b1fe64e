import { type ResourceRule } from '../rule';
import { unless } from '../verdict';

export const endpointStorageEncrypted: ResourceRule = {
  name: 'endpoint-storage-encrypted',
  severity: 'high',
  statement: 'The storage of a model endpoint is encrypted at rest.',
  fix: 'Name a key in KmsKeyId.',
  appliesTo: ['AWS::SageMaker::EndpointConfig'],
  judge: (resource) => {
    const value = resource.at('KmsKeyId');
    return unless(value.isPresent, 'it is not encrypted', value);
  },
};
