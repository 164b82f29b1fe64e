import { type ResourceRule } from '../rule';
import { unless } from '../verdict';

export const notebookEncrypted: ResourceRule = {
  name: 'notebook-encrypted',
  severity: 'high',
  statement: 'The volume of a notebook is encrypted at rest.',
  fix: 'Name a key in KmsKeyId.',
  appliesTo: ['AWS::SageMaker::NotebookInstance'],
  judge: (resource) => {
    const value = resource.at('KmsKeyId');
    return unless(value.isPresent, 'it is not encrypted', value);
  },
};
