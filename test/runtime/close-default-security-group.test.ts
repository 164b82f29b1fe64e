import {
  AuthorizeSecurityGroupIngressCommand,
  CreateVpcCommand,
  DescribeSecurityGroupsCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { handler } from '../../lib/network/handlers/close-default-security-group.handler';
import { CloudFormationEndpoint, invocation } from '../support/cloudformation';
import { MotoServer } from '../support/moto';

const cloudFormation = new CloudFormationEndpoint();
const moto = new MotoServer();
const ec2 = new EC2Client();

beforeAll(async () => {
  await moto.start();
  await cloudFormation.start();
}, 60_000);
afterAll(async () => {
  await moto.stop();
  await cloudFormation.stop();
});

async function defaultGroupOfNewVpc(): Promise<string> {
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.20.0.0/16' }));
  const { SecurityGroups } = await ec2.send(
    new DescribeSecurityGroupsCommand({
      Filters: [
        { Name: 'vpc-id', Values: [Vpc?.VpcId ?? ''] },
        { Name: 'group-name', Values: ['default'] },
      ],
    }),
  );
  return SecurityGroups?.[0]?.GroupId ?? '';
}

async function rulesOf(id: string): Promise<number> {
  const { SecurityGroups } = await ec2.send(new DescribeSecurityGroupsCommand({ GroupIds: [id] }));
  const [group] = SecurityGroups ?? [];
  return (group.IpPermissions?.length ?? 0) + (group.IpPermissionsEgress?.length ?? 0);
}

test('closes the group of a new VPC, leaves it alone the second time, and closes it again once it was opened', async () => {
  const DefaultSecurityGroupId = await defaultGroupOfNewVpc();
  expect(await rulesOf(DefaultSecurityGroupId)).toBeGreaterThan(0);

  await handler(cloudFormation.event({ RequestType: 'Create' }, { DefaultSecurityGroupId }), invocation());
  expect(await rulesOf(DefaultSecurityGroupId)).toBe(0);

  const update = cloudFormation.event(
    { RequestType: 'Update', PhysicalResourceId: DefaultSecurityGroupId },
    { DefaultSecurityGroupId },
  );
  await handler(update, invocation());

  const office = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '203.0.113.0/24' }] };
  await ec2.send(
    new AuthorizeSecurityGroupIngressCommand({ GroupId: DefaultSecurityGroupId, IpPermissions: [office] }),
  );
  await handler(update, invocation());
  expect(await rulesOf(DefaultSecurityGroupId)).toBe(0);
  expect(cloudFormation.answers.map(({ Status }) => Status)).toEqual(['SUCCESS', 'SUCCESS', 'SUCCESS']);
}, 60_000);

test('tells CloudFormation of a group that does not exist', async () => {
  cloudFormation.answers.length = 0;
  const event = cloudFormation.event({ RequestType: 'Create' }, { DefaultSecurityGroupId: 'sg-0123456789abcdef0' });
  await handler(event, invocation());
  expect(cloudFormation.answers[0]).toMatchObject({
    Status: 'FAILED',
    Reason: expect.stringContaining('InvalidGroup') as string,
  });
});
