import { CannotTell } from '../../../lib/compliance/template-graph/cannot-tell';
import { TemplateGraph } from '../../../lib/compliance/template-graph/template-graph';
import { type Value } from '../../../lib/compliance/template-graph/value';
import { graphOf, sourceOf, type TestTemplate } from '../../support/graph';

const TEMPLATE: TestTemplate = {
  Parameters: {
    Size: { Type: 'Number', Default: 3 },
    Given: { Type: 'String' },
    Stored: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/a/name' },
    Zones: { Type: 'CommaDelimitedList', Default: 'a,b' },
  },
  Conditions: {
    Small: { 'Fn::Equals': [{ Ref: 'Size' }, '3'] },
    Large: { 'Fn::Not': [{ Condition: 'Small' }] },
    Both: { 'Fn::And': [{ Condition: 'Large' }, { 'Fn::Equals': [{ Ref: 'Given' }, 'x'] }] },
    Either: { 'Fn::Or': [{ Condition: 'Small' }, { 'Fn::Equals': [{ Ref: 'Given' }, 'x'] }] },
    Open: { 'Fn::Equals': [{ Ref: 'Given' }, 'x'] },
  },
  Mappings: { Regions: { 'eu-central-1': { zone: 'Z1' } } },
  Resources: { Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'files' } } },
};

function valueOf(raw: unknown): Value {
  const thing = { Type: 'Some::Thing', Properties: { Value: raw } };
  const graph = graphOf({ ...TEMPLATE, Resources: { ...TEMPLATE.Resources, Thing: thing } });
  return graph.resources('Some::Thing')[0]?.at('Value');
}

const BUCKET_ARN = { 'Fn::GetAtt': ['Bucket', 'Arn'] };

test.each<[string, unknown, string | undefined]>([
  ['a text', 'x', 'x'],
  ['nothing', undefined, undefined],
  ['AWS::NoValue', { Ref: 'AWS::NoValue' }, undefined],
  ['the default of a parameter', { Ref: 'Size' }, '3'],
  ['the account', { Ref: 'AWS::AccountId' }, '111122223333'],
  ['the partition', { Ref: 'AWS::Partition' }, 'aws'],
  ['a resource', { Ref: 'Bucket' }, '${Bucket}'],
  ['an attribute', BUCKET_ARN, '${Bucket.Arn}'],
  ['an attribute in one text', { 'Fn::GetAtt': 'Bucket.Arn' }, '${Bucket.Arn}'],
  ['Fn::Join', { 'Fn::Join': ['', [BUCKET_ARN, '/*']] }, '${Bucket.Arn}/*'],
  [
    'Fn::Join of what Fn::Split splits',
    { 'Fn::Join': ['', { 'Fn::Split': ['-', { Ref: 'AWS::Region' }] }] },
    'eucentral1',
  ],
  ['Fn::Sub', { 'Fn::Sub': 'arn:${AWS::Partition}:s3:::${Bucket}/${!x}' }, 'arn:aws:s3:::${Bucket}/${x}'],
  ['Fn::Sub with variables', { 'Fn::Sub': ['${Name}-${Size}', { Name: 'a' }] }, 'a-3'],
  ['Fn::Select', { 'Fn::Select': ['1', { Ref: 'Zones' }] }, 'b'],
  ['Fn::Select of Fn::Split', { 'Fn::Select': [1, { 'Fn::Split': ['|', 'a|b'] }] }, 'b'],
  [
    'the account in an ARN',
    { 'Fn::Select': [4, { 'Fn::Split': [':', { 'Fn::GetAtt': ['Thing', 'Arn'] }] }] },
    '111122223333',
  ],
  ['Fn::FindInMap', { 'Fn::FindInMap': ['Regions', { Ref: 'AWS::Region' }, 'zone'] }, 'Z1'],
  ['Fn::If that holds', { 'Fn::If': ['Small', 'yes', 'no'] }, 'yes'],
  ['Fn::If that does not', { 'Fn::If': ['Large', 'yes', 'no'] }, 'no'],
  ['Fn::And of which one part is false', { 'Fn::If': ['Both', 'yes', 'no'] }, 'no'],
  ['Fn::Or of which one part is true', { 'Fn::If': ['Either', 'yes', 'no'] }, 'yes'],
  ['Fn::ToJsonString', { 'Fn::ToJsonString': { a: [1, BUCKET_ARN] } }, '{"a":[1,"${Bucket.Arn}"]}'],
  [
    'a dynamic reference',
    '{{resolve:secretsmanager:x:SecretString:password}}',
    '{{resolve:secretsmanager:x:SecretString:password}}',
  ],
])('reads %s', (_, raw, text) => {
  expect(valueOf(raw).text).toBe(text);
});

test.each<[string, unknown, string]>([
  ['a parameter without a default', { Ref: 'Given' }, 'parameter Given is given at deployment'],
  ['a parameter of SSM', { Ref: 'Stored' }, 'parameter Stored is read from SSM at deployment'],
  [
    'a condition that a deployment decides',
    { 'Fn::If': ['Open', 'a', 'b'] },
    'condition Open is decided at deployment',
  ],
  ['a macro', { 'Fn::Transform': { Name: 'x' } }, 'Fn::Transform is worked out at deployment'],
  ['a resource that is not there', { Ref: 'Gone' }, 'Gone is not in the template'],
  [
    'a key that no mapping has',
    { 'Fn::FindInMap': ['Regions', 'x', 'zone'] },
    'the key of its mapping is known at deployment',
  ],
  ['an import of what nobody exports', { 'Fn::ImportValue': 'x' }, 'x is exported by no stack of this app'],
  ['a text with such a hole', { 'Fn::Sub': 'x-${Given}' }, 'parameter Given is given at deployment'],
])('says why %s is unknown', (_, raw, why) => {
  expect(() => valueOf(raw).text).toThrow(new CannotTell('Properties.Value', why));
});

test('a text made from resources is no plain one', () => {
  expect(() => valueOf(BUCKET_ARN).is('x')).toThrow(CannotTell);
  expect(valueOf(BUCKET_ARN).isPresent).toBe(true);
});

test('true is true in each way to write it', () => {
  expect([valueOf(true).isTrue, valueOf('true').isTrue, valueOf('True').isTrue, valueOf('yes').isTrue]).toEqual([
    true,
    true,
    true,
    false,
  ]);
});

test('one item is a list, and what AWS::NoValue stands for is no item', () => {
  expect(valueOf('a').items).toHaveLength(1);
  expect(valueOf(['a', { Ref: 'AWS::NoValue' }]).items.map(({ text }) => text)).toEqual(['a']);
});

test('does not take for a property what every object has', () => {
  expect(valueOf({}).at('constructor').isPresent).toBe(false);
  expect(() => valueOf({ Ref: 'constructor' }).text).toThrow('constructor is not in the template');
});

describe('across stacks', () => {
  const files = sourceOf(
    { ...TEMPLATE, Outputs: { Name: { Value: { Ref: 'Bucket' }, Export: { Name: 'files:name' } } } },
    { name: 'Files' },
  );
  const policy = (bucket: unknown, properties = {}): TemplateGraph =>
    new TemplateGraph([
      files,
      sourceOf(
        {
          Parameters: { Given: {} },
          Resources: { Policy: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: bucket } } },
        },
        { name: 'Policies', ...properties },
      ),
    ]);
  const policies = (graph: TemplateGraph): number => {
    const [bucket] = graph.resources('AWS::S3::Bucket');
    return bucket === undefined ? -1 : graph.referrers(bucket, 'AWS::S3::BucketPolicy', 'Bucket').length;
  };

  test.each([
    ['an export', { 'Fn::ImportValue': 'files:name' }],
    ['a weak reference', { 'Fn::GetStackOutput': { StackName: 'Files', OutputName: 'Name', Region: 'eu-central-1' } }],
    ['the name that was given', 'files'],
  ])('finds who refers to a resource by %s', (_, bucket) => {
    expect(policies(policy(bucket))).toBe(1);
  });

  test('an export of another account is another one', () => {
    expect(() => policies(policy({ 'Fn::ImportValue': 'files:name' }, { account: '444455556666' }))).not.toThrow();
    expect(policies(policy({ 'Fn::ImportValue': 'files:name' }, { account: '444455556666' }))).toBe(0);
  });

  test('cannot tell who refers to it when somebody may', () => {
    expect(() => policies(policy({ Ref: 'Given' }))).toThrow(CannotTell);
  });

  test('gives a nested stack the values of the stack around it, and takes its outputs', () => {
    const inner = sourceOf(
      {
        Parameters: { Key: { Type: 'String' } },
        Resources: { Thing: { Type: 'Some::Thing', Properties: { Key: { Ref: 'Key' } } } },
        Outputs: { Name: { Value: { Ref: 'Thing' } } },
      },
      { name: 'Inner' },
    );
    const outer = sourceOf(
      {
        Resources: {
          Inner: { Type: 'AWS::CloudFormation::Stack', Properties: { Parameters: { Key: 'k' } } },
          Other: { Type: 'Other::Thing', Properties: { Thing: { 'Fn::GetAtt': ['Inner', 'Outputs.Name'] } } },
        },
      },
      { nested: new Map([['Inner', inner]]) },
    );
    const graph = new TemplateGraph([outer]);
    expect(graph.resources('Some::Thing')[0]?.at('Key').text).toBe('k');
    expect(graph.resources('Other::Thing')[0]?.at('Thing').reference?.resource.type).toBe('Some::Thing');
  });
});

test('what leads in a circle is unknown', () => {
  const graph = graphOf({
    Outputs: { A: { Value: { 'Fn::ImportValue': 'a' }, Export: { Name: 'a' } } },
    Resources: { Thing: { Type: 'Some::Thing', Properties: { Value: { 'Fn::ImportValue': 'a' } } } },
  });
  expect(() => graph.resources('Some::Thing')[0]?.at('Value').text).toThrow(CannotTell);
});
