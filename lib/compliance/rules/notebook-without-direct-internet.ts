import { type ResourceRule } from '../rule';
import { unless } from '../verdict';

export const notebookWithoutDirectInternet: ResourceRule = {
  name: 'notebook-without-direct-internet',
  severity: 'high',
  statement: 'A notebook reaches the internet through the VPC alone.',
  fix: 'Set DirectInternetAccess to Disabled.',
  appliesTo: ['AWS::SageMaker::NotebookInstance'],
  judge: (resource) => {
    const value = resource.at('DirectInternetAccess');
    return unless(value.is('Disabled'), 'it reaches the internet past the VPC', value);
  },
};
