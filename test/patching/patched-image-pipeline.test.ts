import { CfnParameter, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import {
  AlertTopics,
  BuildSource,
  DataClass,
  DataKey,
  ImageRepository,
  LogStore,
  ShopImage,
  StorefrontWorker,
  type PatchedImagePipelineProps,
} from '../../lib';
import { WORKFLOW_ACTIONS } from '../../lib/core/workflow';
import { pipelineIn } from '../cases/patching';
import { existingNetwork } from '../support/network';
import { refusal } from '../support/refusal';
import { rightsOf, rightsThatStepsTake } from '../support/rights';
import { foreignStack, templateOf } from '../support/stack';

const templateWith = (props: Partial<PatchedImagePipelineProps> = {}): Template =>
  templateOf((stack) => void pipelineIn(stack, { alerts: new AlertTopics(stack, 'Alerts'), ...props }));

const withBases = (): Template =>
  templateOf((stack) => {
    pipelineIn(stack, { bases: [new ImageRepository(stack, 'Bases').repository] });
  });

const buildspecOf = (template: Template): string => {
  const [project] = Object.values(template.findResources('AWS::CodeBuild::Project'));
  return JSON.stringify((project.Properties as { Source: { BuildSpec: unknown } }).Source.BuildSpec);
};

test('starts in the window for images, as one run however often it is started', () => {
  templateWith().hasResourceProperties('AWS::Scheduler::Schedule', {
    ScheduleExpression: Match.stringLikeRegexp('^cron\\(0 2 \\? \\* (THU|5) \\*\\)$'),
    Target: Match.objectLike({
      Input: '{"id":"<aws.scheduler.scheduled-time>","trigger":"schedule"}',
      DeadLetterConfig: { Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('NotStarted'), 'Arn'] } },
    }),
  });
});

test('starts when one of its bases has a new image, pushed or pulled through, and without bases by the clock alone', () => {
  const rules = Object.values(withBases().findResources('AWS::Events::Rule')).map(
    ({ Properties }) => Properties as { EventPattern: object; Targets: object[] },
  );
  const base = { 'repository-name': [{ Ref: 'BasesRepository' }] };
  expect(rules.map(({ EventPattern }) => EventPattern)).toEqual([
    {
      source: ['aws.ecr'],
      'detail-type': ['ECR Image Action'],
      detail: { 'action-type': ['PUSH'], result: ['SUCCESS'], ...base },
    },
    {
      source: ['aws.ecr'],
      'detail-type': ['ECR Pull Through Cache Action'],
      detail: { 'sync-status': ['SUCCESS'], ...base },
    },
  ]);
  for (const { Targets } of rules) {
    expect(Targets).toMatchObject([
      {
        InputTransformer: { InputPathsMap: { id: '$.id' }, InputTemplate: '{"id":<id>,"trigger":"base image"}' },
        DeadLetterConfig: {},
      },
    ]);
  }
  templateOf((stack) => void pipelineIn(stack)).resourceCountIs('AWS::Events::Rule', 0);
});

test('tests an image without network, credentials or a file system to write to, and pushes it afterwards', () => {
  const buildspec = buildspecOf(templateWith({ test: ['sh', '-c', "echo 'ok'; $(id)"] }));
  const [built, tested, pushed] = ['docker build', 'docker run', 'docker push'].map((each) => buildspec.indexOf(each));
  expect(built).toBeGreaterThan(0);
  expect(tested).toBeGreaterThan(built);
  expect(pushed).toBeGreaterThan(tested);
  expect(buildspec).toContain('--pull --no-cache --provenance=false --platform linux/arm64');
  expect(buildspec).toContain('--network none --read-only');
  // The shell of the build takes no word of it for its own.
  expect(buildspec).toMatch(/'echo '[\\]+''ok'[\\]+''; \$\(id\)'/);
});

test('takes a repository through a connection, without a token, or an archive', () => {
  templateWith().hasResourceProperties('AWS::CodeBuild::Project', {
    Source: Match.objectLike({
      Type: 'GITHUB',
      Auth: { Type: 'CODECONNECTIONS', Resource: Match.stringLikeRegexp('connection/0123abcd$') },
    }),
    SourceVersion: 'main',
    // Without that mode there is no Docker.
    Environment: Match.objectLike({ Type: 'ARM_CONTAINER', PrivilegedMode: true }),
  });
  const url = 'https://token@github.com/acme/shop';
  expect(() => BuildSource.connection({ connectionArn: 'arn:aws:s3:::x', url })).toThrow(
    refusal(['RepositoryUnreachable', 'ConnectionMalformed'], 'BuildSource.archive'),
  );
});

test.each([
  {
    what: 'made today',
    arn: 'arn:aws:codeconnections:eu-central-1:111122223333:connection/1',
    of: ['codeconnections'],
  },
  {
    what: 'made before the service had its name',
    arn: 'arn:aws:codestar-connections:eu-central-1:111122223333:connection/1',
    of: ['codestar-connections'],
  },
  { what: 'that a deployment names', arn: undefined, of: ['codeconnections', 'codestar-connections'] },
])('may use a connection $what by the actions of its own service', ({ arn, of }) => {
  const template = templateOf((stack) => {
    const connectionArn = arn ?? new CfnParameter(stack, 'Connection').valueAsString;
    pipelineIn(stack, { source: BuildSource.connection({ connectionArn, url: 'https://github.com/acme/shop' }) });
  });
  const allowed = rightsOf(template, /BuildRole/).filter((action) => action.includes('connections:'));
  const actions = ['GetConnection', 'GetConnectionToken', 'UseConnection'];
  expect(allowed).toEqual(of.flatMap((service) => actions.map((action) => `${service}:${action}`)));
});

test('its steps may do what they are made of, and what AWS does for them as them', () => {
  const template = templateWith();
  const besides = [
    // ECR asks Inspector as whoever asks ECR, and CloudFormation reads parameters as whoever updates the stack.
    ...['inspector2:ListCoverage', 'inspector2:ListFindings', 'ssm:GetParameters'],
    // Records are encrypted.
    ...['kms:Decrypt', 'kms:GenerateDataKey'],
    ...WORKFLOW_ACTIONS,
  ];
  expect(rightsOf(template, /StepsRole/)).toEqual([...rightsThatStepsTake(template), ...besides].sort());
});

test.each([
  {
    what: 'a build may read its source, pull, push and write its log',
    role: /BuildRole/,
    rights: [
      ...['codeconnections:GetConnection', 'codeconnections:GetConnectionToken', 'codeconnections:UseConnection'],
      ...['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:CompleteLayerUpload'],
      ...['ecr:GetAuthorizationToken', 'ecr:GetDownloadUrlForLayer', 'ecr:InitiateLayerUpload', 'ecr:PutImage'],
      ...['ecr:UploadLayerPart', 'kms:Decrypt', 'kms:GenerateDataKey', 'logs:CreateLogStream', 'logs:PutLogEvents'],
    ],
  },
  {
    what: 'the clock may start it, and keep what it could not start',
    role: /TriggersRole/,
    rights: ['kms:Decrypt', 'kms:GenerateDataKey', 'sqs:SendMessage', 'states:StartExecution'],
  },
  { what: 'a base may start it', role: /TriggersBaseRole/, rights: ['states:StartExecution'] },
])('$what, and no more', ({ role, rights }) => {
  expect(rightsOf(withBases(), role)).toEqual(rights);
});

test('a build may read the archive that its source is in, and no other', () => {
  const template = templateOf((stack) => {
    const bucket = Bucket.fromBucketName(stack, 'Sources', 'acme-sources');
    pipelineIn(stack, { source: BuildSource.archive(bucket, 'shop/source.zip') });
  });
  expect(rightsOf(template, /BuildRole/).filter((action) => action.startsWith('s3:'))).toEqual([
    ...['s3:GetBucketLocation', 's3:GetObject', 's3:GetObjectVersion'],
  ]);
  expect(JSON.stringify(template.findResources('AWS::IAM::ManagedPolicy'))).toContain(
    ':s3:::acme-sources/shop/source.zip"',
  );
});

test('may update that stack alone, and read and write the digest', () => {
  const statements = Object.values(templateWith().findResources('AWS::IAM::ManagedPolicy')).flatMap(
    ({ Properties }) =>
      (Properties as { PolicyDocument: { Statement: { Action: string | string[]; Resource: unknown }[] } })
        .PolicyDocument.Statement,
  );
  const withAction = (action: string): string[] =>
    statements.filter(({ Action }) => [Action].flat().includes(action)).map(({ Resource }) => JSON.stringify(Resource));
  expect(withAction('cloudformation:UpdateStack')).toEqual([expect.stringMatching(/:stack\/Shop\/\*"\]\]\}$/)]);
  const digest: unknown = expect.stringMatching(/:parameter\/commerce-baseline\/images\/foreign-[0-9a-f]{8}"/);
  const lastGoodRun: unknown = expect.stringContaining('LastGoodRun');
  expect(withAction('ssm:GetParameter')).toEqual([digest]);
  expect(withAction('ssm:PutParameter')).toEqual([digest, lastGoodRun]);
  expect(withAction('ssm:GetParameters')).toEqual([expect.stringMatching(/commerce-baseline.*cdk-bootstrap\/\*/)]);
});

test('lets Inspector write bills of materials, and use the key for them', () => {
  const ofReports = { ArnLike: { 'aws:SourceArn': { 'Fn::Join': ['', Match.arrayWith([':report/*'])] } } };
  const statement = (Action: unknown): object =>
    Match.arrayWith([
      Match.objectLike({
        Principal: { Service: 'inspector2.amazonaws.com' },
        Action,
        Condition: Match.objectLike(ofReports),
      }),
    ]);
  const template = templateWith();
  template.hasResourceProperties('AWS::S3::BucketPolicy', {
    PolicyDocument: { Statement: statement(Match.arrayWith(['s3:PutObject'])) },
  });
  template.hasResourceProperties('AWS::KMS::Key', {
    KeyPolicy: { Statement: statement(['kms:Decrypt', 'kms:GenerateDataKey*']) },
  });
});

test('tells of a run that failed, was stopped or took too long, by what Step Functions publishes', () => {
  templateWith().hasResourceProperties('AWS::CloudWatch::Alarm', {
    Metrics: Match.arrayWith(
      ['ExecutionsFailed', 'ExecutionsTimedOut', 'ExecutionsAborted'].map((MetricName) =>
        Match.objectLike({
          MetricStat: Match.objectLike({
            Metric: {
              Namespace: 'AWS/States',
              MetricName,
              Dimensions: [{ Name: 'StateMachineArn', Value: { Ref: Match.stringLikeRegexp('StateMachine') } }],
            },
          }),
        }),
      ),
    ),
  });
});

test('tells of eight days without a good run, by a parameter that each good run writes', () => {
  const template = templateWith();
  template.hasResourceProperties('AWS::SSM::Parameter', {
    Tier: 'Advanced',
    Policies: '[{"Type":"NoChangeNotification","Version":"1.0","Attributes":{"After":"8","Unit":"Days"}}]',
  });
  template.hasResourceProperties('AWS::Events::Rule', {
    EventPattern: {
      source: ['aws.ssm'],
      'detail-type': ['Parameter Store Policy Action'],
      detail: {
        'parameter-name': [{ Ref: 'ImagesLastGoodRun' + lastGoodRunDigest(template) }],
        'policy-type': ['NoChangeNotification'],
      },
    },
  });
});

const lastGoodRunDigest = (template: Template): string =>
  Object.keys(template.findResources('AWS::SSM::Parameter'))
    .find((id) => id.startsWith('ImagesLastGoodRun'))!
    .replace('ImagesLastGoodRun', '');

test('the shop runs what was promoted at each deployment, by its digest, and waits for the parameter', () => {
  const stack = foreignStack();
  const shop = new Stack(stack.node.root, 'Shop');
  const pipeline = pipelineIn(stack, { shop });
  const { repository } = new ImageRepository(shop, 'Own');
  const image = ShopImage.fromPromotion(repository, pipeline.promotedParameterName);
  new StorefrontWorker(shop, 'Worker', { network: existingNetwork(shop), image });
  const template = Template.fromStack(shop);
  const [[id]] = Object.entries(template.findParameters('*', { Default: pipeline.promotedParameterName }));
  template.hasParameter(id, { Type: 'AWS::SSM::Parameter::Value<String>' });
  template.hasResourceProperties('AWS::ECS::TaskDefinition', {
    ContainerDefinitions: Match.arrayWith([
      Match.objectLike({ Image: { 'Fn::Join': ['', Match.arrayWith(['@sha256:', { Ref: id }])] } }),
    ]),
  });
  expect(shop.dependencies).toContain(stack);
});

test('keeps what was promoted when the pipeline is removed', () => {
  templateWith().hasResource('AWS::SSM::Parameter', {
    Properties: { Value: '1'.repeat(64), AllowedPattern: '^[0-9a-f]{64}$' },
    DeletionPolicy: 'RetainExceptOnCreate',
  });
});

test('refuses what could not work, all at once', () => {
  const stack = foreignStack();
  const { repository } = new ImageRepository(stack, 'Own');
  const bad = { initialDigest: 'latest', test: [], shop: stack, repository, bases: [repository] };
  const evidence = new LogStore(stack, 'Open');
  expect(() => pipelineIn(stack, { ...bad, evidence, limits: { criticalDays: 31 } })).toThrow(
    refusal(
      [
        ...['DigestMalformed', 'TestMissing', 'ShopStackElsewhere', 'EvidenceWithoutKey', 'PipelineFeedsItself'],
        'FindingLimitOutOfRange',
      ],
      'Give the LogStore a key.',
    ),
  );
});

test('hands the limits to the function that judges', () => {
  const key = (stack: Stack): DataKey => new DataKey(stack, 'LogsKey', { dataClass: DataClass.LOGS });
  templateOf((stack) => void pipelineIn(stack, { key: key(stack), limits: { criticalDays: 2 } })).hasResourceProperties(
    'AWS::Lambda::Function',
    { Environment: { Variables: Match.objectLike({ CRITICAL_DAYS: '2', HIGH_DAYS: '30' }) } },
  );
});
