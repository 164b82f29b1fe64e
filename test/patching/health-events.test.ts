import { Match, type Template } from 'aws-cdk-lib/assertions';
import { AlertTopics, HealthEvents } from '../../lib';
import { templateOf } from '../support/stack';

interface Pattern {
  readonly source: string[];
  readonly 'detail-type': string[];
  readonly detail: Record<string, (string | { suffix: string })[]>;
}

const env = { account: '111122223333', region: 'eu-central-1' };
const templateFor = (withGlobal?: boolean): Template =>
  templateOf((stack) => new HealthEvents(stack, 'Health', { alerts: new AlertTopics(stack, 'Alerts'), withGlobal }), {
    env,
  });
const patternOf = (template: Template): Pattern => {
  const [rule] = Object.values(template.findResources('AWS::Events::Rule'));
  return (rule as { Properties: { EventPattern: Pattern } }).Properties.EventPattern;
};

/** An event as AWS Health sends it, as far as a rule looks at it. */
const eventOf = (detail: Record<string, string>): Record<string, unknown> => ({
  source: 'aws.health',
  'detail-type': 'AWS Health Event',
  detail: { eventRegion: 'eu-central-1', statusCode: 'upcoming', ...detail },
});

/** What EventBridge does with the operators that the pattern has. */
function matches(pattern: Pattern, event: Record<string, unknown>): boolean {
  const accepts = (allowed: readonly (string | { suffix: string })[], value: unknown): boolean =>
    allowed.some((each) => (typeof each === 'string' ? each === value : String(value).endsWith(each.suffix)));
  const detail = event.detail as Record<string, unknown>;
  return (
    accepts(pattern.source, event.source) &&
    accepts(pattern['detail-type'], event['detail-type']) &&
    Object.entries(pattern.detail).every(([key, allowed]) => accepts(allowed, detail[key]))
  );
}

test.each([
  'AWS_RDS_PLANNED_LIFECYCLE_EVENT',
  'AWS_LAMBDA_PLANNED_LIFECYCLE_EVENT',
  'AWS_ELASTICACHE_MAINTENANCE_SCHEDULED',
  'AWS_ECS_TASK_PATCHING_RETIREMENT',
])('tells of %s', (eventTypeCode) => {
  expect(matches(patternOf(templateFor()), eventOf({ eventTypeCode }))).toBe(true);
});

const lifecycle = { eventTypeCode: 'AWS_RDS_PLANNED_LIFECYCLE_EVENT' };

test.each([
  ['an outage', { eventTypeCode: 'AWS_RDS_OPERATIONAL_ISSUE' }],
  ['a copy of an event of another Region', { ...lifecycle, eventRegion: 'ap-southeast-1' }],
  ['what is global, at home', { ...lifecycle, eventRegion: 'global' }],
  ['what is over', { ...lifecycle, statusCode: 'closed' }],
])('does not tell of %s', (_, detail) => {
  expect(matches(patternOf(templateFor()), eventOf(detail))).toBe(false);
});

test('in us-east-1 it tells of what is global', () => {
  expect(matches(patternOf(templateFor(true)), eventOf({ ...lifecycle, eventRegion: 'global' }))).toBe(true);
});

test('says of what, until when, and what AWS says about it', () => {
  templateFor().hasResourceProperties('AWS::Events::Rule', {
    Targets: [
      Match.objectLike({
        Arn: { Ref: Match.stringLikeRegexp('^AlertsNotice') },
        InputTransformer: {
          InputPathsMap: Match.objectLike({ 'detail-startTime': '$.detail.startTime' }),
          InputTemplate: Match.stringLikeRegexp('AWS announced <detail-eventTypeCode> for <detail-service>'),
        },
      }),
    ],
  });
});
