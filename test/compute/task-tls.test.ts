import { Match, type Template } from 'aws-cdk-lib/assertions';
import { StorefrontService, TaskTls } from '../../lib';
import { certificateOf, image } from '../cases/compute';
import { existingNetwork } from '../support/network';
import { templateOf } from '../support/stack';

const serving = (port: number, tls?: TaskTls): Template =>
  templateOf((stack) => {
    const network = existingNetwork(stack);
    new StorefrontService(stack, 'Shop', { network, certificate: certificateOf(stack), image, port, tls });
  });

const expectTarget = (template: Template, ContainerName: string, ContainerPort: number): void => {
  template.hasResourceProperties('AWS::ECS::Service', {
    LoadBalancers: [Match.objectLike({ ContainerName, ContainerPort })],
  });
  template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', {
    GroupId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^ShopTaskSecurityGroup'), 'GroupId'] },
    SourceSecurityGroupId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^ShopFrontSecurityGroup'), 'GroupId'] },
    FromPort: ContainerPort,
    ToPort: ContainerPort,
  });
};

test('ends TLS in a sidecar by default, which alone the load balancer reaches', () => {
  const template = serving(9000);
  expectTarget(template, 'tls', 8443);
  template.resourceCountIs('AWS::EC2::SecurityGroupIngress', 2);
});

test('lets the sidecar wait for its directory and for the shop, so that it stops first', () => {
  serving(9000).hasResourceProperties('AWS::ECS::TaskDefinition', {
    ContainerDefinitions: Match.arrayWith([
      Match.objectLike({
        Name: 'tls',
        Essential: true,
        MountPoints: [Match.objectLike({ ContainerPath: '/run/tls' })],
        DependsOn: [
          { ContainerName: 'opener', Condition: 'SUCCESS' },
          { ContainerName: 'shop', Condition: 'START' },
        ],
      }),
    ]),
  });
});

test('passes requests on to the port of the shop, and outlives the load balancer’s idle connections', () => {
  serving(9000).hasResourceProperties('AWS::ECS::TaskDefinition', {
    ContainerDefinitions: Match.arrayWith([
      Match.objectLike({
        Name: 'tls',
        Command: [Match.stringLikeRegexp('keepalive_timeout 130s[^]*proxy_pass http://127\\.0\\.0\\.1:9000;')],
      }),
    ]),
  });
});

test('moves aside when the shop listens where the sidecar would', () => {
  expectTarget(serving(8443), 'tls', 9443);
});

test('adds no sidecar to an image that speaks TLS', () => {
  const template = serving(9000, TaskTls.inImage());
  expectTarget(template, 'shop', 9000);
  template.hasResourceProperties('AWS::ECS::TaskDefinition', {
    ContainerDefinitions: [Match.objectLike({ Name: 'shop' }), Match.objectLike({ Name: 'opener' })],
  });
});
