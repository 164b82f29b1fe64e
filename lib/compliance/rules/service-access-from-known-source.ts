import { type Statement, statementsOf } from '../policy/statement';
import { type ResourceRule } from '../rule';
import { every, some } from '../template-graph/cannot-tell';
import { type GraphResource } from '../template-graph/graph-resource';
import { type Value } from '../template-graph/value';
import { notApplicable, together, unless, type Verdict } from '../verdict';

/** What a service does to a resource on behalf of whoever set it up, and which services say on whose. */
interface Lent {
  readonly actions: readonly string[];
  readonly services: readonly string[];
}

/**
 * Services that anybody may point at a resource of somebody else, and that name the source, each by its own page.
 * What is left out has a reason: EventBridge sends a topic no source, and a condition would drop its messages
 * (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html); a bucket's access logs and the
 * functions behind a load balancer stay within one account anyway; a service passes no role of another account; and a
 * key serves what another policy lets in, mostly for services that name no source to it.
 */
const LENT: Readonly<Record<string, Lent>> = {
  'AWS::S3::BucketPolicy': {
    actions: ['s3:GetObject', 's3:PutObject'],
    services: [
      'bcm-data-exports',
      'billingreports',
      'cloudfront',
      'cloudtrail',
      'config',
      'delivery.logs',
      'guardduty',
      'inspector2',
      'logdelivery.elasticloadbalancing',
      'logs',
      'macie',
      's3',
      'ses',
    ],
  },
  'AWS::SNS::TopicPolicy': {
    actions: ['sns:Publish'],
    services: ['budgets', 'cloudwatch', 'codestar-notifications', 'costalerts', 's3', 'ses'],
  },
  'AWS::SQS::QueuePolicy': { actions: ['sqs:SendMessage'], services: ['events', 's3', 'sns'] },
  'AWS::Lambda::Permission': {
    actions: ['lambda:InvokeFunction'],
    services: ['apigateway', 'cognito-idp', 'config', 'events', 'iot', 'logs', 's3', 'secretsmanager', 'ses', 'sns'],
  },
};

/** Keys of conditions by which a service says on whose behalf it comes. */
const SOURCE = /^aws:source(account|arn|orgid|orgpaths|owner)$/;

/** A path that holds the account's number: the service itself puts that of whoever set it up there. */
const OF_AN_ACCOUNT = /\/AWSLogs\/(\d{12}|\$\{AWS::AccountId\})\//;

/** A service's name in any partition and Region: `logs.eu-central-1.amazonaws.com`. */
const SERVICE =
  /^(?<service>.+?)(\.([a-z]{2}(-[a-z]+)+-\d|\$\{AWS::Region\}))?\.(amazonaws\.com(\.cn)?|\$\{AWS::URLSuffix\})$/;

/**
 * The mistake is a statement that was finished when it worked: `cloudfront.amazonaws.com` may read the bucket,
 * `sns.amazonaws.com` may invoke the function. So may then a distribution or a topic of any customer of AWS.
 */
export const serviceAccessFromKnownSource: ResourceRule = {
  name: 'service-access-from-known-source',
  severity: 'high',
  statement: 'A service of AWS that is let in comes on behalf of accounts that you named.',
  fix: 'Add a condition on aws:SourceAccount, aws:SourceArn or aws:SourceOrgID; to a permission of a function, SourceArn or SourceAccount.',
  appliesTo: Object.keys(LENT),
  judge: (holder) =>
    holder.type === 'AWS::Lambda::Permission'
      ? ofPermission(holder)
      : together(...statementsOf(holder, 'PolicyDocument').map((statement) => () => ofStatement(statement, holder))),
};

function ofPermission(permission: GraphResource): Verdict {
  const principal = permission.at('Principal');
  return isLent(principal, permission)
    ? unless(
        some(['SourceArn', 'SourceAccount'], (property) => permission.at(property).isPresent),
        `${principal.describe()} invokes it for anybody`,
        principal,
      )
    : notApplicable();
}

function ofStatement(statement: Statement, holder: GraphResource): Verdict {
  const lent = LENT[holder.type]?.actions ?? [];
  const services = statement.value.at('Principal', 'Service').items.filter((service) => isLent(service, holder));
  return services.length > 0 && statement.isAllow && some(lent, (action) => statement.covers(action))
    ? unless(
        some(statement.conditions, ([operator, key]) => SOURCE.test(key) && !/Not|Null/.test(operator)) ||
          every(statement.resources, (resource) => OF_AN_ACCOUNT.test(resource)),
        `${services.map((service) => service.describe()).join(' and ')} comes here for anybody`,
        statement.value,
      )
    : notApplicable();
}

function isLent(service: Value, { type }: GraphResource): boolean {
  const name = SERVICE.exec(service.text ?? '')?.groups?.service ?? '';
  return LENT[type]?.services.includes(name) ?? false;
}
