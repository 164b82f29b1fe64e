import { type ResourceRule } from '../rule';
import { isOneOf, property } from './support/property';

export const notebookWithoutDirectInternet: ResourceRule = {
  name: 'notebook-without-direct-internet',
  severity: 'high',
  statement: 'A notebook reaches the internet through the VPC alone.',
  fix: 'Set DirectInternetAccess to Disabled.',
  appliesTo: ['AWS::SageMaker::NotebookInstance'],
  judge: property(['DirectInternetAccess'], isOneOf('Disabled'), 'it reaches the internet past the VPC'),
};
