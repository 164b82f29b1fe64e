import { Match, type Template } from 'aws-cdk-lib/assertions';
import { CONSTRUCTS } from '../cases';
import { templateOf } from '../support/stack';

const template: Template = templateOf((stack) => CONSTRUCTS.RestoreTest?.loaded(stack));

interface Statement {
  readonly Action: string | string[];
  readonly Resource: unknown;
}

/** What a function of the three may do with data: actions on S3 and logins. */
function rightsOf(id: string): string[] {
  const [policy] = Object.entries(template.findResources('AWS::IAM::ManagedPolicy'))
    .filter(([name]) => name.startsWith(`ExpectedRestoreTestRows${id}Handler`))
    .map(([, { Properties }]) => Properties as { PolicyDocument: { Statement: Statement[] } });
  return (policy?.PolicyDocument.Statement ?? [])
    .flatMap(({ Action, Resource }) =>
      [Action].flat().map((action) => {
        const login = /dbuser:([^"]*)/.exec(JSON.stringify(Resource))?.[1];
        return login === undefined ? action : `${action} ${login}`;
      }),
    )
    .filter((action) => /^(s3|rds-db):/.test(action))
    .sort();
}

test('whoever checks reads evidence and logs in to copies, and writes nothing', () => {
  expect(rightsOf('Check')).toEqual(['rds-db:connect cluster-*/restore_validator', 's3:GetObject', 's3:ListBucket']);
});

test('whoever takes baselines writes them, and reads none', () => {
  expect(rightsOf('Baseline').filter((right) => right.startsWith('s3:'))).toEqual(['s3:PutObject']);
});

test('whoever writes heartbeats sees no evidence', () => {
  expect(rightsOf('Beat').filter((right) => right.startsWith('s3:'))).toEqual([]);
});

test('a heartbeat every five minutes, a baseline every day, of what is expected', () => {
  template.hasResourceProperties('AWS::Events::Rule', { ScheduleExpression: 'rate(5 minutes)' });
  template.hasResourceProperties('AWS::Events::Rule', { ScheduleExpression: 'rate(1 day)' });
  template.hasResourceProperties('AWS::Lambda::Function', {
    Environment: {
      Variables: Match.objectLike({ VERB: 'check', EXPECTATION: Match.stringLikeRegexp('"completed_at","days":30') }),
    },
  });
});

test('what signs is rotated, and outlives the stack: copies hold what it signed', () => {
  template.hasResource('AWS::SecretsManager::Secret', {
    DeletionPolicy: 'RetainExceptOnCreate',
    UpdateReplacePolicy: 'Retain',
  });
  template.hasResourceProperties('AWS::SecretsManager::RotationSchedule', {
    RotationRules: { AutomaticallyAfterDays: 90 },
  });
});
