import { isAboutAnybody, noneAllows } from '../policy/none-allows';
import { statementsOf } from '../policy/statement';
import { type ResourceRule } from '../rule';

/** Keys of conditions that keep out whoever is not of the account, organisation or network. */
const LIMIT = /^aws:(principal(account|arn|orgid|orgpaths)|source(account|arn|owner|orgid|vpc|vpce|ip))$/;

export const resourcePolicyNamed: ResourceRule = {
  name: 'resource-policy-named',
  severity: 'critical',
  statement: 'Only named principals use a queue, a topic, a secret or a bucket.',
  fix: 'Name the principals, or hold everybody to a condition on the account or source.',
  appliesTo: [
    'AWS::S3::BucketPolicy',
    'AWS::SQS::QueuePolicy',
    'AWS::SNS::TopicPolicy',
    'AWS::SecretsManager::ResourcePolicy',
    'AWS::ECR::Repository',
  ],
  judge: (policy) => {
    const document =
      { 'AWS::SecretsManager::ResourcePolicy': 'ResourcePolicy', 'AWS::ECR::Repository': 'RepositoryPolicyText' }[
        policy.type
      ] ?? 'PolicyDocument';
    return noneAllows(statementsOf(policy, document), 'a statement lets everybody in', (statement) =>
      isAboutAnybody(statement, LIMIT),
    );
  },
};
