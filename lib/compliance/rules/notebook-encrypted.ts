import { type ResourceRule } from '../rule';
import { isPresent, property } from './support/property';

export const notebookEncrypted: ResourceRule = {
  name: 'notebook-encrypted',
  severity: 'high',
  statement: 'The volume of a notebook is encrypted at rest.',
  fix: 'Name a key in KmsKeyId.',
  appliesTo: ['AWS::SageMaker::NotebookInstance'],
  judge: property(['KmsKeyId'], isPresent, 'it is not encrypted'),
};
