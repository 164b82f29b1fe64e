import { Duration, Size, type Stack } from 'aws-cdk-lib';
import { Match, type Template } from 'aws-cdk-lib/assertions';
import { CpuArchitecture } from 'aws-cdk-lib/aws-ecs';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { StorefrontJob, StorefrontService, TaskSecret, Waiver, type StorefrontWorkloadProps } from '../../lib';
import { certificateOf, image, secretOf } from '../cases/compute';
import { existingNetwork } from '../support/network';
import { foreignStack, templateOf } from '../support/stack';
import { refusal } from '../support/refusal';

type Props = Partial<StorefrontWorkloadProps>;

const jobIn = (stack: Stack, props: Props = {}): StorefrontJob =>
  new StorefrontJob(stack, 'Job', { image, ...props, network: props.network ?? existingNetwork(stack) });

const templateWith = (props: Props = {}): Template => templateOf((stack) => void jobIn(stack, props));

interface Container {
  readonly Name: string;
  readonly [property: string]: unknown;
}

function containersOf(template: Template): Record<string, Container> {
  const [definition] = Object.values(template.findResources('AWS::ECS::TaskDefinition'));
  const { ContainerDefinitions } = definition.Properties as { ContainerDefinitions: Container[] };
  return Object.fromEntries(ContainerDefinitions.map((container) => [container.Name, container]));
}

describe('every container of a task', () => {
  const everything = templateOf((stack) => {
    const network = existingNetwork(stack);
    new StorefrontService(stack, 'Shop', { network, certificate: certificateOf(stack), image, port: 9000 });
  });
  const containers = Object.values(containersOf(everything));

  test('is the shop, the one that opens directories, or the one that ends TLS', () => {
    expect(containers.map(({ Name }) => Name)).toEqual(['shop', 'opener', 'tls']);
  });

  test.each(containers)(
    '$Name has a read-only file system, no capabilities, an init process and an encrypted log',
    (container) => {
      expect(container).toMatchObject({
        ReadonlyRootFilesystem: true,
        LinuxParameters: { Capabilities: { Drop: ['ALL'] }, InitProcessEnabled: true },
        LogConfiguration: { LogDriver: 'awslogs', Options: { mode: 'non-blocking', 'max-buffer-size': '26214400b' } },
      });
      expect(container).not.toHaveProperty('Privileged');
      expect(container.Image).toMatch(/@sha256:[0-9a-f]{64}$/);
    },
  );

  test('runs as somebody other than root, but for the first, which is gone before the shop starts', () => {
    expect(containers.map(({ User }) => User)).toEqual(['10001:10001', '0:0', '101:101']);
    expect(containersOf(everything).opener).toMatchObject({ Essential: false });
    expect(containersOf(everything).shop.DependsOn).toEqual([{ ContainerName: 'opener', Condition: 'SUCCESS' }]);
  });
});

test('runs on ARM64 in Fargate’s own network mode, with half a processor and 1 GiB', () => {
  templateWith().hasResourceProperties('AWS::ECS::TaskDefinition', {
    Cpu: '512',
    Memory: '1024',
    NetworkMode: 'awsvpc',
    RequiresCompatibilities: ['FARGATE'],
    RuntimePlatform: { CpuArchitecture: 'ARM64', OperatingSystemFamily: 'LINUX' },
  });
});

test('takes another size and another processor', () => {
  const props = { cpu: 1024, memory: Size.gibibytes(3), architecture: CpuArchitecture.X86_64 };
  templateWith(props).hasResourceProperties('AWS::ECS::TaskDefinition', {
    Cpu: '1024',
    Memory: '3072',
    RuntimePlatform: { CpuArchitecture: 'X86_64' },
  });
});

test('opens each writable path for the shop, and shows it to nobody else', () => {
  const template = templateWith({ writablePaths: ['/tmp', '/app/.cache'] });
  template.hasResourceProperties('AWS::ECS::TaskDefinition', {
    Volumes: [{ Name: 'writable-0' }, { Name: 'writable-1' }],
  });
  const { shop, opener } = containersOf(template);
  expect(shop.MountPoints).toEqual([
    { ContainerPath: '/tmp', SourceVolume: 'writable-0', ReadOnly: false },
    { ContainerPath: '/app/.cache', SourceVolume: 'writable-1', ReadOnly: false },
  ]);
  expect(opener.MountPoints).toEqual([
    { ContainerPath: '/writable/writable-0', SourceVolume: 'writable-0', ReadOnly: false },
    { ContainerPath: '/writable/writable-1', SourceVolume: 'writable-1', ReadOnly: false },
  ]);
});

test('adds no container where nothing is writable', () => {
  expect(Object.keys(containersOf(templateWith({ writablePaths: [] })))).toEqual(['shop']);
});

test('lets an unprivileged shop listen on a port below 1024, by a system control', () => {
  const template = templateOf((stack) => {
    const network = existingNetwork(stack);
    new StorefrontService(stack, 'Shop', { network, certificate: certificateOf(stack), image, port: 80 });
  });
  expect(containersOf(template).shop).toMatchObject({
    SystemControls: [{ Namespace: 'net.ipv4.ip_unprivileged_port_start', Value: '80' }],
  });
});

test('hands secrets over by reference, to be read by the execution role alone', () => {
  const secretArn = 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:Database-AbCdEf';
  const template = templateOf((stack) => {
    jobIn(stack, {
      secrets: { URL: TaskSecret.field(secretOf(stack), 'url'), ALL: TaskSecret.whole(secretOf(stack, 'Other')) },
    });
  });
  expect(containersOf(template).shop.Secrets).toEqual([
    { Name: 'URL', ValueFrom: `${secretArn}:url::` },
    { Name: 'ALL', ValueFrom: secretArn.replace('Database', 'Other') },
  ]);
  template.hasResourceProperties('AWS::IAM::ManagedPolicy', {
    PolicyDocument: {
      Statement: Match.arrayWith([
        {
          Effect: 'Allow',
          Action: ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'],
          Resource: secretArn,
        },
      ]),
    },
    Roles: [{ Ref: Match.stringLikeRegexp('ExecutionRole') }],
  });
});

test('gives the shop’s own code no right at all, until somebody grants one', () => {
  const template = templateWith();
  const policies = Object.values(template.findResources('AWS::IAM::ManagedPolicy')).map(
    ({ Properties }) => (Properties as { Roles: { Ref: string }[] }).Roles[0].Ref,
  );
  expect(policies).toEqual([expect.stringContaining('ExecutionRole')]);
  template.resourceCountIs('AWS::IAM::Policy', 0);
});

test('lets the execution role write to its own log group, and nothing else', () => {
  templateWith({ writablePaths: [] }).hasResourceProperties('AWS::IAM::ManagedPolicy', {
    PolicyDocument: {
      Statement: [
        {
          Effect: 'Allow',
          Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
          Resource: { 'Fn::GetAtt': [Match.stringLikeRegexp('^JobTaskLogs'), 'Arn'] },
        },
      ],
    },
  });
});

test('lets ECS assume its roles for tasks of this account only', () => {
  const roles = Object.values(templateWith().findResources('AWS::IAM::Role'));
  expect(roles).toHaveLength(2);
  for (const { Properties } of roles) {
    expect(Properties).toMatchObject({
      AssumeRolePolicyDocument: {
        Statement: [
          {
            Principal: { Service: 'ecs-tasks.amazonaws.com' },
            Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
          },
        ],
      },
    });
  }
});

test('keeps logs encrypted for a year, also when the stack is gone', () => {
  templateWith().hasResource('AWS::Logs::LogGroup', {
    Properties: { RetentionInDays: 365, KmsKeyId: { 'Fn::GetAtt': ['JobTaskLogsKeyKey', 'Arn'] } },
    DeletionPolicy: 'RetainExceptOnCreate',
  });
});

test('goes out through the egress alone, and lets nobody in', () => {
  const template = templateWith();
  template.hasResourceProperties('AWS::EC2::SecurityGroup', {
    SecurityGroupEgress: [Match.objectLike({ CidrIp: '0.0.0.0/0', IpProtocol: 'tcp', FromPort: 443, ToPort: 443 })],
    SecurityGroupIngress: Match.absent(),
  });
  template.resourceCountIs('AWS::EC2::SecurityGroupIngress', 0);
});

test('mounts a directory of a file system over TLS and by IAM', () => {
  const template = templateOf((stack) => {
    jobIn(stack, { writablePaths: [] }).mount('/app/uploads', { fileSystemId: 'fs-1', accessPointId: 'fsap-1' });
  });
  template.hasResourceProperties('AWS::ECS::TaskDefinition', {
    Volumes: [
      {
        Name: 'files-0',
        EFSVolumeConfiguration: {
          FilesystemId: 'fs-1',
          TransitEncryption: 'ENABLED',
          AuthorizationConfig: { AccessPointId: 'fsap-1', IAM: 'ENABLED' },
        },
      },
    ],
  });
  expect(containersOf(template).shop.MountPoints).toEqual([
    { ContainerPath: '/app/uploads', SourceVolume: 'files-0', ReadOnly: false },
  ]);
});

test('takes settings and secrets of what knows it: a database hands out a login only then', () => {
  const template = templateOf((stack) => {
    const job = jobIn(stack);
    job.addEnvironment('DATABASE_HOST', 'db.acme.example');
    job.addSecret('DATABASE_URL', TaskSecret.field(secretOf(stack), 'url'));
  });
  expect(containersOf(template).shop).toMatchObject({
    Environment: [{ Name: 'DATABASE_HOST', Value: 'db.acme.example' }],
    Secrets: [{ Name: 'DATABASE_URL', ValueFrom: expect.stringMatching(/:url::$/) as string }],
  });
});

test('refuses later what it refuses in its props', () => {
  const stack = foreignStack();
  const job = jobIn(stack, { environment: { HOST: 'a' } });
  expect(() => job.addEnvironment('JWT_SECRET', 'x')).toThrow(refusal(['SecretInEnvironment'], 'JWT_SECRET is'));
  expect(() => job.addSecret('HOST', TaskSecret.whole(secretOf(stack)))).toThrow(
    refusal(['VariableTwice'], 'HOST is "HOST"; it must be given once, as a setting or as a secret.'),
  );
});

test('refuses to mount where something is mounted already', () => {
  const job = jobIn(foreignStack());
  const volume = { fileSystemId: 'fs-1', accessPointId: 'fsap-1' };
  expect(() => job.mount('/tmp', volume)).toThrow(
    'path is "/tmp"; it must differ from every other writable path and mount of the container. Remove one of the two. [PathTwice]',
  );
});

describe('refuses', () => {
  const building = (props: Props | ((stack: Stack) => Props)): (() => unknown) => {
    const stack = foreignStack();
    return () => jobIn(stack, typeof props === 'function' ? props(stack) : props);
  };

  test('everything that is wrong at once', () => {
    const props = {
      user: 'root',
      cpu: 300,
      writablePaths: ['tmp', '/a', '/a'],
      environment: { JWT_SECRET: 'x' },
      stopTimeout: Duration.minutes(3),
    };
    expect(building(props)).toThrow(
      refusal(
        [
          'FargateCpuUnavailable',
          'UserNotUnprivileged',
          'PathMalformed',
          'PathTwice',
          'SecretInEnvironment',
          'StopTimeoutTooLong',
        ],
        'StorefrontJob Foreign/Job cannot be built',
      ),
    );
  });

  test.each(['root', '0', '0:0', '00', 'shop', '1000:', ''])('the user %j, who is or may be root', (user) => {
    expect(building({ user })).toThrow(
      `user is ${JSON.stringify(user)}; it must be the number of a user other than root, with or without a group: 10001:10001.`,
    );
  });

  test('no user with a waiver', () => {
    const withoutUnprivilegedUser = Waiver.because('The image starts as root and drops it', {
      owner: 'a@acme.example',
    });
    const template = templateWith({ user: 'root', withoutUnprivilegedUser });
    expect(containersOf(template).shop).toMatchObject({ User: 'root' });
    expect(containersOf(template).opener).toMatchObject({ LinuxParameters: { Capabilities: { Drop: ['ALL'] } } });
  });

  test.each(['/', 'tmp', '/tmp/', '/a/../b', ''])('the path %j', (path) => {
    expect(building({ writablePaths: [path] })).toThrow(
      `writablePaths[0] is ${JSON.stringify(path)}; it must be an absolute path below /, without a slash at the end.`,
    );
  });

  test('a variable that is both a setting and a secret', () => {
    const props = (stack: Stack): Props => ({
      environment: { HOST: 'a' },
      secrets: { HOST: TaskSecret.whole(secretOf(stack)) },
    });
    expect(building(props)).toThrow(
      'secrets.HOST is "HOST"; it must be given once, as a setting or as a secret. Remove one of the two. [VariableTwice]',
    );
  });

  test('a secret of which only a part of the ARN is known', () => {
    const props = (stack: Stack): Props => ({
      secrets: { URL: TaskSecret.whole(Secret.fromSecretNameV2(stack, 'Named', 'database')) },
    });
    expect(building(props)).toThrow(
      'secrets.URL is "Foreign/Named"; it must be known by its whole ARN, with the six characters that Secrets Manager adds. Import it with Secret.fromSecretCompleteArn. [SecretArnIncomplete]',
    );
  });

  test('a network with one Availability Zone', () => {
    const props = (stack: Stack): Props => ({
      network: existingNetwork(stack, 1),
    });
    expect(building(props)).toThrow(
      'network.applicationSubnets is 1; it must be subnets in at least 2 Availability Zones. Give the network a second Availability Zone. [TooFewZones]',
    );
  });

  test('a container that is slow to stop', () => {
    expect(building({ stopTimeout: Duration.seconds(121) })).toThrow(
      'stopTimeout is "121 seconds"; it must be 120 seconds at most. Fargate kills a container after that; make the work resumable instead. [StopTimeoutTooLong]',
    );
  });
});
