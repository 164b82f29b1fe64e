import { Match, Template } from 'aws-cdk-lib/assertions';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { StorefrontJob, StorefrontService, Waiver, type StorefrontServiceProps } from '../../lib';
import { certificateOf, image, secretOf } from '../cases/compute';
import { existingNetwork } from '../support/network';
import { foreignStack, templateOf } from '../support/stack';
import { refusal } from '../support/refusal';

type Props = Partial<StorefrontServiceProps>;

const serviceIn = (stack: Stack, props: Props = {}): StorefrontService =>
  new StorefrontService(stack, 'Shop', {
    network: existingNetwork(stack),
    certificate: certificateOf(stack),
    image,
    port: 9000,
    ...props,
  });

const templateWith = (props: Props = {}): Template => templateOf((stack) => void serviceIn(stack, props));

const expectService = (properties: object, template = templateWith()): void =>
  template.hasResourceProperties('AWS::ECS::Service', properties);

test('runs in private subnets of two zones, spread again when they are uneven, without a way in for people', () => {
  expectService({
    LaunchType: 'FARGATE',
    PlatformVersion: 'LATEST',
    AvailabilityZoneRebalancing: 'ENABLED',
    EnableExecuteCommand: false,
    NetworkConfiguration: {
      AwsvpcConfiguration: {
        AssignPublicIp: 'DISABLED',
        Subnets: [Match.stringLikeRegexp('^subnet-'), Match.stringLikeRegexp('^subnet-')],
      },
    },
  });
});

test('is never without tasks during a deployment, and goes back by itself when a new version fails', () => {
  expectService({
    DeploymentConfiguration: {
      MinimumHealthyPercent: 100,
      MaximumPercent: 200,
      DeploymentCircuitBreaker: { Enable: true, Rollback: true },
      Alarms: {
        Enable: true,
        Rollback: true,
        AlarmNames: [
          { Ref: Match.stringLikeRegexp('^ShopRequestAlarmsErrors') },
          { Ref: Match.stringLikeRegexp('^ShopRequestAlarmsUnhealthyTasks') },
        ],
      },
      Strategy: Match.absent(),
    },
  });
});

test('leaves the number of tasks to scaling, which a deployment does not take back', () => {
  const template = templateWith();
  expectService({ DesiredCount: Match.absent() }, template);
  template.hasResourceProperties('AWS::ApplicationAutoScaling::ScalableTarget', { MinCapacity: 2, MaxCapacity: 10 });
});

test('scales by processor and by requests', () => {
  const template = templateWith({ scaling: { min: 3, max: 6, cpuPercent: 45, requestsPerTask: 300 } });
  template.hasResourceProperties('AWS::ApplicationAutoScaling::ScalableTarget', { MinCapacity: 3, MaxCapacity: 6 });
  const tracks = (PredefinedMetricType: string, TargetValue: number): void =>
    template.hasResourceProperties('AWS::ApplicationAutoScaling::ScalingPolicy', {
      TargetTrackingScalingPolicyConfiguration: {
        TargetValue,
        PredefinedMetricSpecification: Match.objectLike({ PredefinedMetricType }),
        ScaleOutCooldown: 60,
        ScaleInCooldown: 300,
      },
    });
  tracks('ECSServiceAverageCPUUtilization', 45);
  tracks('ALBRequestCountPerTarget', 300);
});

test('is asked for its health over TLS', () => {
  const health = {
    path: '/health',
    healthyHttpCodes: '200',
    interval: Duration.seconds(20),
    timeout: Duration.seconds(9),
  };
  templateWith({ health }).hasResourceProperties('AWS::ElasticLoadBalancingV2::TargetGroup', {
    Protocol: 'HTTPS',
    TargetType: 'ip',
    HealthCheckProtocol: 'HTTPS',
    HealthCheckPath: '/health',
    Matcher: { HttpCode: '200' },
    HealthCheckIntervalSeconds: 20,
    HealthCheckTimeoutSeconds: 9,
    TargetGroupAttributes: Match.arrayWith([{ Key: 'deregistration_delay.timeout_seconds', Value: '120' }]),
  });
});

test('gives a new task two minutes to start, or as long as it is told', () => {
  expectService({ HealthCheckGracePeriodSeconds: 120 });
  expectService({ HealthCheckGracePeriodSeconds: 300 }, templateWith({ health: { gracePeriod: Duration.minutes(5) } }));
});

test('may run as one task with a waiver only', () => {
  expect(() => templateWith({ scaling: { min: 1 } })).toThrow(
    'scaling.min is 1; it must be 2 or more. Run more tasks. One task is one zone; a service takes withoutSecondZone to accept that. [TooFewTasks]',
  );
  const withoutSecondZone = Waiver.because('A rehearsal that nobody shops in', { owner: 'platform@acme.example' });
  const template = templateWith({ withoutSecondZone });
  template.hasResourceProperties('AWS::ApplicationAutoScaling::ScalableTarget', { MinCapacity: 1 });
});

test.each([0, 65536, 90.5])('refuses port %d', (port) => {
  expect(() => templateWith({ port })).toThrow(
    `port is ${port}; it must be a whole number from 1 to 65535. Give the port on which the shop listens inside its container. [PortOutOfRange]`,
  );
});

test('refuses limits that contradict each other, together with everything else', () => {
  const props = { scaling: { min: 5, max: 4, cpuPercent: 95 }, port: 0, user: 'root' };
  expect(() => templateWith(props)).toThrow(
    refusal(
      ['UserNotUnprivileged', 'ScalingLimitsReversed', 'ScalingTargetUseless', 'PortOutOfRange'],
      'scaling.max is 4; it must be at least scaling.min, which is 5.',
    ),
  );
});

describe('after jobs', () => {
  const stack = foreignStack();
  const network = existingNetwork(stack);
  const job = (id: string): StorefrontJob => new StorefrontJob(stack, id, { network, image });
  const before = [job('Schema'), job('Seeds')];
  new StorefrontService(stack, 'Shop', { network, certificate: certificateOf(stack), image, port: 9000, before });
  const template = Template.fromStack(stack);

  test('is deployed only when each has succeeded', () => {
    template.hasResource('AWS::ECS::Service', {
      DependsOn: Match.arrayWith([
        Match.stringLikeRegexp('^SchemaRolloutDone'),
        Match.stringLikeRegexp('^SeedsRolloutDone'),
      ]),
    });
  });

  test('which run one after the other', () => {
    template.hasResource('Custom::JobBeforeRollout', {
      Properties: { TaskDefinition: { Ref: Match.stringLikeRegexp('^SeedsTaskDefinition') } },
      DependsOn: Match.arrayWith([Match.stringLikeRegexp('^SchemaRolloutDone')]),
    });
  });
});

test('stands in another stack than its network and its secrets, without a cycle', () => {
  const app = new App();
  const foundation = new Stack(app, 'Foundation');
  const application = new Stack(app, 'Application');
  const network = existingNetwork(foundation);
  const shop = serviceIn(application, { network });
  shop.redeployWhenRotated(secretOf(foundation));
  expect(() => app.synth()).not.toThrow();
});
