import { Match } from 'aws-cdk-lib/assertions';
import { DatabaseHold, PatchCalendar, StoreEnvironment } from '../../lib';
import { belongsTo } from '../../lib/core/identity';
import { templateOf } from '../support/stack';

const template = templateOf((stack) => {
  belongsTo(stack, { id: 'acme', environment: StoreEnvironment.PRODUCTION });
  new DatabaseHold(stack, 'Hold', { calendar: new PatchCalendar(stack, 'Calendar'), clusterIdentifier: 'orders' });
});

test('compares the cluster with the calendar every hour', () => {
  template.hasResourceProperties('AWS::Events::Rule', { ScheduleExpression: 'rate(1 hour)' });
  template.hasResourceProperties('AWS::Lambda::Function', {
    Environment: {
      Variables: Match.objectLike({ CALENDAR: { Ref: Match.stringLikeRegexp('^Calendar') }, CLUSTER: 'orders' }),
    },
  });
});

test('may change instances of its store alone', () => {
  template.hasResourceProperties('AWS::IAM::ManagedPolicy', {
    PolicyDocument: {
      Statement: Match.arrayWith([
        Match.objectLike({
          Action: 'rds:ModifyDBInstance',
          Condition: {
            StringEquals: {
              'aws:ResourceTag/commerce-baseline:store': 'acme',
              'aws:ResourceTag/commerce-baseline:environment': 'production',
            },
          },
        }),
      ]),
    },
  });
});
