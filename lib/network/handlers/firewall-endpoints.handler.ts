import { setTimeout } from 'node:timers/promises';
import { DescribeFirewallCommand, NetworkFirewallClient } from '@aws-sdk/client-network-firewall';
import { customResource } from '../../core/handlers/custom-resource';
import { firewallEndpoints } from './firewall-endpoints';

const client = new NetworkFirewallClient();

export const handler = customResource(
  firewallEndpoints({
    wait: setTimeout,
    async attachmentsOf(FirewallArn) {
      const { FirewallStatus } = await client.send(new DescribeFirewallCommand({ FirewallArn }));
      return Object.values(FirewallStatus?.SyncStates ?? {}).map(({ Attachment }) => Attachment ?? {});
    },
  }),
);
