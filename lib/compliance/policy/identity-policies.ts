import { type GraphResource } from '../template-graph/graph-resource';
import { type Statement, statementsOf } from './statement';

/** Types that hold policies which say what an identity may do. */
export const POLICY_TYPES: readonly string[] = [
  'AWS::IAM::Group',
  'AWS::IAM::ManagedPolicy',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::IAM::RolePolicy',
  'AWS::IAM::User',
  'AWS::IAM::UserPolicy',
];

/** The statements of an identity's policies in `resource`: its own document, and those written into it. */
export function policyStatements(resource: GraphResource): readonly Statement[] {
  const inline = resource.at('Policies').items;
  return [
    ...statementsOf(resource, 'PolicyDocument'),
    ...inline.flatMap((_, place) => statementsOf(resource, 'Policies', place, 'PolicyDocument')),
  ];
}
