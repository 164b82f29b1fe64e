import { Template } from 'aws-cdk-lib/assertions';
import { type Stack } from 'aws-cdk-lib';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import { AccountPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { CONSTRUCTS } from '../cases';
import { ACCOUNT, concrete, isAllowed, REGION, type Statement } from '../support/policy-evaluator';
import { foreignStack } from '../support/stack';

interface Resources<Properties> {
  readonly [logicalId: string]: { readonly Properties: Properties };
}

/** A statement of a role, about keys. */
interface KeyStatement extends Statement {
  readonly role: string;
}

/** Grants `role` the use of everything in the stack that a grant can be given for. */
function grantEverything(stack: Stack, role: Role): void {
  for (const child of stack.node.findAll()) {
    if (child instanceof Bucket) child.grantReadWrite(role);
    if (child instanceof Secret) child.grantRead(role);
    if (child instanceof Queue) child.grantConsumeMessages(role);
    if (child instanceof Topic) child.grantPublish(role);
    if (child instanceof Repository) child.grantPullPush(role);
    if (child instanceof Key) child.grantEncryptDecrypt(role);
  }
}

/** The policy of each key, by the ARN that `concrete` gives it. */
function keyPoliciesOf(template: Template): Map<string, Statement[]> {
  const keys = template.findResources('AWS::KMS::Key') as Resources<{ KeyPolicy: { Statement: unknown } }>;
  return new Map(
    Object.entries(keys).map(([id, { Properties }]) => [`arn:${id}`, concrete(Properties.KeyPolicy.Statement)]),
  );
}

/** What roles may do with keys, as their own policies say. */
function keyStatementsOf(template: Template): KeyStatement[] {
  const policies = ['AWS::IAM::ManagedPolicy', 'AWS::IAM::Policy'].flatMap((type) =>
    Object.values(
      template.findResources(type) as Resources<{ PolicyDocument: { Statement: unknown }; Roles?: unknown }>,
    ),
  );
  return policies.flatMap(({ Properties }) => {
    const statements = concrete<Statement[]>(Properties.PolicyDocument.Statement);
    const roles = concrete<string[]>(Properties.Roles ?? []);
    return roles.flatMap((role) => statements.map((statement) => ({ ...statement, role })));
  });
}

/** The request that `statement` is for: through a service of the Region, unless its condition says through which. */
function contextOf({ Condition = {} }: Statement): Readonly<Record<string, string | string[]>> {
  const service = { 'kms:ViaService': `any.${REGION}.amazonaws.com`, 'kms:GrantIsForAWSResource': 'true' };
  return { 'kms:CallerAccount': ACCOUNT, ...service, ...(Object.assign({}, ...Object.values(Condition)) as object) };
}

test.each(Object.entries(CONSTRUCTS))(
  'whatever %s grants on a key, identity policy and key policy allow together',
  (_, { loaded }) => {
    const stack = foreignStack();
    loaded(stack);
    const keys = stack.node.findAll().filter((child) => child instanceof Key);
    grantEverything(stack, new Role(stack, 'Caller', { assumedBy: new AccountPrincipal(ACCOUNT) }));
    const template = Template.fromStack(stack);
    const policies = keyPoliciesOf(template);
    const calls = keyStatementsOf(template).flatMap((statement) =>
      [statement.Action].flat().flatMap((action) =>
        [statement.Resource ?? []]
          .flat()
          .filter((resource) => policies.has(resource))
          .map((resource) => ({ statement, action, resource })),
      ),
    );
    const refused = calls.filter(({ statement, action, resource }) => {
      const principal = `arn:aws:iam::${ACCOUNT}:role/${statement.role}`;
      const call = { principal, action, resource, context: contextOf(statement), identity: [statement] };
      return !isAllowed(call, policies.get(resource) ?? []);
    });
    expect(refused.map(({ statement, action, resource }) => `${statement.role}: ${action} on ${resource}`)).toEqual([]);
    // A key that nobody was granted would prove nothing.
    expect(new Set(calls.map(({ resource }) => resource)).size).toBe(keys.length);
  },
);
