import { Match, type Template } from 'aws-cdk-lib/assertions';
import { StorefrontJob, StorefrontWorker, type StorefrontWorkerProps } from '../../lib';
import { image } from '../cases/compute';
import { existingNetwork } from '../support/network';
import { templateOf } from '../support/stack';
import { refusal } from '../support/refusal';

const templateWith = (props: Partial<StorefrontWorkerProps> = {}): Template =>
  templateOf(
    (stack) => void new StorefrontWorker(stack, 'Worker', { network: existingNetwork(stack), image, ...props }),
  );

test('can be called by nobody', () => {
  const template = templateWith();
  template.resourceCountIs('AWS::EC2::SecurityGroupIngress', 0);
  template.resourceCountIs('AWS::ElasticLoadBalancingV2::LoadBalancer', 0);
  template.hasResourceProperties('AWS::EC2::SecurityGroup', { SecurityGroupIngress: Match.absent() });
  template.hasResourceProperties('AWS::ECS::TaskDefinition', {
    ContainerDefinitions: Match.arrayWith([Match.objectLike({ Name: 'shop', PortMappings: Match.absent() })]),
  });
});

test('goes back by itself when its tasks do not start', () => {
  templateWith().hasResourceProperties('AWS::ECS::Service', {
    DeploymentConfiguration: Match.objectLike({
      MinimumHealthyPercent: 100,
      DeploymentCircuitBreaker: { Enable: true, Rollback: true },
    }),
    AvailabilityZoneRebalancing: 'ENABLED',
  });
});

test('runs as one task, or as many as it is told', () => {
  const expectLimits = (template: Template, MinCapacity: number, MaxCapacity: number): void =>
    template.hasResourceProperties('AWS::ApplicationAutoScaling::ScalableTarget', { MinCapacity, MaxCapacity });
  expectLimits(templateWith(), 1, 10);
  expectLimits(templateWith({ scaling: { min: 2, max: 3 } }), 2, 3);
});

test('refuses to run as none', () => {
  expect(() => templateWith({ scaling: { min: 0 } })).toThrow(
    refusal(['TooFewTasks'], 'scaling.min is 0; it must be 1 or more.'),
  );
});

test('refuses to scale by requests that it does not get', () => {
  expect(() => templateWith({ scaling: { requestsPerTask: 100 } })).toThrow(
    refusal(
      ['ScalingByRequests'],
      'scaling.requestsPerTask is 100; it must be left out for a worker, which nobody calls.',
    ),
  );
});

test('has two minutes to finish what it has begun', () => {
  templateWith().hasResourceProperties('AWS::ECS::TaskDefinition', {
    ContainerDefinitions: Match.arrayWith([Match.objectLike({ Name: 'shop', StopTimeout: 120 })]),
  });
});

test('is deployed only when the jobs before it have succeeded', () => {
  const template = templateOf((stack) => {
    const network = existingNetwork(stack);
    const before = [new StorefrontJob(stack, 'Migrations', { network, image })];
    new StorefrontWorker(stack, 'Worker', { network, image, before });
  });
  template.hasResource('AWS::ECS::Service', {
    DependsOn: Match.arrayWith([Match.stringLikeRegexp('^MigrationsRolloutDone')]),
  });
});
