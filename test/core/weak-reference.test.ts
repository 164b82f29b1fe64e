import { App, CfnOutput, CfnParameter, CfnResource, Fn, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { weakly } from '../../lib/core/weak-reference';

const account = '111122223333';

/** The value of an output in Singapore that refers to what `produce` makes in `region`. */
function readFrom(region: string, produce: (producer: Stack, consumer: Stack) => string): unknown {
  const app = new App();
  const producer = new Stack(app, 'Producer', { env: { account, region } });
  const consumer = new Stack(app, 'Consumer', { env: { account, region: 'ap-southeast-1' } });
  new CfnOutput(consumer, 'Read', { value: weakly(produce(producer, consumer)) });
  return Object.values(Template.fromStack(consumer).findOutputs('Read'))[0]?.Value;
}

const attribute = (producer: Stack): string =>
  new CfnResource(producer, 'Topic', { type: 'AWS::SNS::Topic' }).getAtt('TopicArn').toString();

test('reads the output of a stack in another Region, in an app without feature flags', () => {
  expect(readFrom('us-east-1', attribute)).toEqual({
    'Fn::GetStackOutput': {
      StackName: 'Producer',
      Region: 'us-east-1',
      OutputName: expect.stringMatching(/^PublishOutputFnGetAttTopicTopicArn/) as string,
    },
  });
});

test('is weak inside a Region too, so that what is read can be replaced', () => {
  expect(readFrom('ap-southeast-1', attribute)).toEqual({ 'Fn::GetStackOutput': expect.anything() as object });
});

test.each<[string, (producer: Stack, consumer: Stack) => string, unknown]>([
  ['a plain text', () => 'arn:aws:sns:us-east-1:111122223333:topic', 'arn:aws:sns:us-east-1:111122223333:topic'],
  ['an import', () => Fn.importValue('Topic'), { 'Fn::ImportValue': 'Topic' }],
  ['a parameter', (_, consumer) => new CfnParameter(consumer, 'Topic').valueAsString, { Ref: 'Topic' }],
  [
    'a composed text',
    () => `${Fn.importValue('Topic')}/x`,
    { 'Fn::Join': ['', [{ 'Fn::ImportValue': 'Topic' }, '/x']] },
  ],
])('leaves %s as it is', (_, produce, expected) => {
  expect(readFrom('us-east-1', produce)).toEqual(expected);
});
