import { Match, type Template } from 'aws-cdk-lib/assertions';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Network, type NetworkProps } from '../../lib';
import { endpointPolicies, WITHIN_THE_ACCOUNT, withinTheOrganisation } from '../support/endpoints';
import { foreignStack, templateOf } from '../support/stack';

const env = { account: '111122223333', region: 'ap-southeast-1' };

const template = (props?: NetworkProps): Template =>
  templateOf((stack) => new Network(stack, 'Network', props), { env });

test('S3 and DynamoDB are reached through endpoints from the application zone, and not from the data zone', () => {
  const tables = [1, 2].map((zone) => ({
    'Fn::GetAtt': [Match.stringLikeRegexp(`^NetworkZonesApplicationRoutes${zone}`), 'RouteTableId'],
  }));
  for (const service of ['s3', 'dynamodb']) {
    template().hasResourceProperties('AWS::EC2::VPCEndpoint', {
      ServiceName: `com.amazonaws.ap-southeast-1.${service}`,
      VpcEndpointType: 'Gateway',
      RouteTableIds: tables,
    });
  }
});

test('endpoints let through what is of this account, image layers, and answers to CloudFormation', () => {
  const bucket = (name: string): object => ({
    'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:s3:::${name}/*`]],
  });
  const anybody = { Effect: 'Allow', Principal: { AWS: '*' } };
  expect(endpointPolicies(template())).toEqual({
    s3: [
      WITHIN_THE_ACCOUNT,
      {
        ...anybody,
        Sid: 'ImageLayers',
        Action: 's3:GetObject',
        Resource: bucket('prod-ap-southeast-1-starport-layer-bucket'),
      },
      {
        ...anybody,
        Sid: 'AnswersToCloudFormation',
        Action: 's3:PutObject',
        Resource: bucket('cloudformation-custom-resource-response-apsoutheast1'),
      },
    ],
    dynamodb: [WITHIN_THE_ACCOUNT],
  });
});

test('endpoints let through what is of the organisation when it is named', () => {
  const organizationId = 'o-a1b2c3d4e5';
  const { s3, dynamodb } = endpointPolicies(template({ organizationId }));
  expect(s3[0]).toEqual(withinTheOrganisation(organizationId));
  expect(dynamodb).toEqual([withinTheOrganisation(organizationId)]);
});

test('endpoints let through the bucket of somebody else once a statement names it', () => {
  const stack = foreignStack({ env });
  const network = new Network(stack, 'Network');
  const statement = new PolicyStatement({
    sid: 'Reports',
    actions: ['s3:GetObject'],
    resources: ['arn:aws:s3:::reports/*'],
  });
  network.s3EndpointPolicy.addStatements(statement);
  expect(stack.resolve(network.s3EndpointPolicy)).toMatchObject({
    Statement: [{}, {}, {}, { Sid: 'Reports' }],
  });
});
