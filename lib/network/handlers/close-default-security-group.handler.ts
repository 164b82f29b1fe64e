import { setTimeout } from 'node:timers/promises';
import {
  DescribeSecurityGroupsCommand,
  EC2Client,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
  type IpPermission,
} from '@aws-sdk/client-ec2';
import { customResource } from '../../core/handlers/custom-resource';
import { closedGroup } from './default-security-group';

const client = new EC2Client();

/** What EC2 answers when a rule to revoke is gone already. */
const GONE = 'InvalidPermission.NotFound';

async function unlessGone(revocation: Promise<unknown>): Promise<void> {
  try {
    await revocation;
  } catch (error) {
    if (!(error instanceof Error && error.name === GONE)) {
      throw error;
    }
  }
}

export const handler = customResource(
  closedGroup<IpPermission>({
    wait: setTimeout,
    async rulesOf(groupId) {
      const { SecurityGroups } = await client.send(new DescribeSecurityGroupsCommand({ GroupIds: [groupId] }));
      const [{ IpPermissions = [], IpPermissionsEgress = [] } = {}] = SecurityGroups ?? [];
      return { ingress: IpPermissions, egress: IpPermissionsEgress };
    },
    revokeIngress: (GroupId, rules) =>
      unlessGone(client.send(new RevokeSecurityGroupIngressCommand({ GroupId, IpPermissions: [...rules] }))),
    revokeEgress: (GroupId, rules) =>
      unlessGone(client.send(new RevokeSecurityGroupEgressCommand({ GroupId, IpPermissions: [...rules] }))),
  }),
);
