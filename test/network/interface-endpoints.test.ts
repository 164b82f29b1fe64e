import { Match, type Template } from 'aws-cdk-lib/assertions';
import { InterfaceEndpoints, Network, type NetworkProps } from '../../lib';
import { COMPLETE_ENDPOINTS } from '../../lib/network/aws-names';
import { endpointPolicies, WITHIN_THE_ACCOUNT } from '../support/endpoints';
import { lookUp } from '../support/name-resolution';
import { templateOf } from '../support/stack';

const env = { account: '111122223333', region: 'ap-southeast-1' };

const template = (props?: NetworkProps): Template =>
  templateOf((stack) => new Network(stack, 'Network', props), { env });

const complete = template({ interfaceEndpoints: InterfaceEndpoints.complete() });

test('are there only when they are chosen', () => {
  expect(Object.keys(endpointPolicies(template())).sort()).toEqual(['dynamodb', 's3']);
  const standard = endpointPolicies(template({ interfaceEndpoints: InterfaceEndpoints.standard() }));
  expect(Object.keys(standard).sort()).toEqual(
    ['dynamodb', 'ecr.api', 'ecr.dkr', 'kms', 'logs', 's3', 'secretsmanager'].sort(),
  );
  const only = endpointPolicies(template({ interfaceEndpoints: InterfaceEndpoints.only(['guardduty-data']) }));
  expect(Object.keys(only).sort()).toEqual(['dynamodb', 'guardduty-data', 's3']);
});

test('each let through what is of this account alone', () => {
  const { s3, ...others } = endpointPolicies(complete);
  expect(s3).toHaveLength(3);
  Object.values(others).forEach((statements) => expect(statements).toEqual([WITHIN_THE_ACCOUNT]));
  expect(Object.keys(others)).toHaveLength(COMPLETE_ENDPOINTS.length + 1);
});

test('answer under the usual names, from the application subnets, over HTTPS and from the application zone alone', () => {
  complete.hasResourceProperties('AWS::EC2::VPCEndpoint', {
    ServiceName: 'com.amazonaws.ap-southeast-1.secretsmanager',
    VpcEndpointType: 'Interface',
    PrivateDnsEnabled: true,
    SubnetIds: [1, 2].map((zone) => ({ 'Fn::GetAtt': [`NetworkApplicationSubnet${zone}`, 'SubnetId'] })),
    SecurityGroupIds: [{ 'Fn::GetAtt': [Match.stringLikeRegexp('^NetworkInterfaceEndpoints'), 'GroupId'] }],
  });
  complete.hasResourceProperties('AWS::EC2::SecurityGroup', {
    SecurityGroupIngress: [{ CidrIp: '10.0.0.0/17', FromPort: 443, ToPort: 443, IpProtocol: 'tcp' }],
  });
  complete.resourceCountIs('AWS::EC2::SecurityGroupIngress', 0);
});

test.each(COMPLETE_ENDPOINTS)('%s stands for a name that the DNS allow-list answers', (service) => {
  const host = { 'ecr.api': 'api.ecr', 'ecr.dkr': '111122223333.dkr.ecr' }[service] ?? service;
  expect(lookUp(complete, `${host}.ap-southeast-1.amazonaws.com`)).toBe('ALLOW');
});

test('refuse what is no name of a service, and a name twice', () => {
  expect(() => InterfaceEndpoints.only(['com.amazonaws.eu-west-1.KMS', 'sqs', 'sqs'])).toThrow(
    [
      'InterfaceEndpoints.only cannot be built:',
      '  - services is ["com.amazonaws.eu-west-1.KMS"]; it must be names of services in lower case, like secretsmanager or ecr.api. Write what follows the Region in com.amazonaws.<region>.<service>. [EndpointServiceMalformed]',
      '  - services is ["com.amazonaws.eu-west-1.KMS","sqs","sqs"]; it must name each service once. Remove the second mention: a VPC has one private name for each service. [EndpointServiceTwice]',
    ].join('\n'),
  );
});
