import { type ResourceRule } from '../rule';
import { isPresent, property } from './support/property';

export const endpointStorageEncrypted: ResourceRule = {
  name: 'endpoint-storage-encrypted',
  severity: 'high',
  statement: 'The storage of a model endpoint is encrypted at rest.',
  fix: 'Name a key in KmsKeyId.',
  appliesTo: ['AWS::SageMaker::EndpointConfig'],
  judge: property(['KmsKeyId'], isPresent, 'it is not encrypted'),
};
