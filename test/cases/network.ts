import { SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { AlertTopics, DataClass, DataKey, Egress, InterfaceEndpoints, LogStore, Network } from '../../lib';
import { type ConstructCases, type WaiverCases } from '../support/cases';

export const network: ConstructCases = {
  Network: {
    minimal: (stack) => new Network(stack, 'Network'),
    loaded: (stack) => {
      const key = new DataKey(stack, 'Key', { dataClass: DataClass.LOGS });
      const loaded = new Network(stack, 'Network', {
        cidr: '10.20.0.0/20',
        availabilityZoneIds: ['apse1-az1', 'apse1-az2', 'apse1-az3'],
        egress: Egress.networkFirewall(
          [
            { domain: 'api.stripe.com', purpose: 'payments' },
            { domain: '*.adyen.com', purpose: 'payments' },
          ],
          { addresses: ['eipalloc-1', 'eipalloc-2', 'eipalloc-3'] },
        ),
        interfaceEndpoints: InterfaceEndpoints.complete(),
        organizationId: 'o-a1b2c3d4e5',
        logs: new LogStore(stack, 'Logs', { key }),
        key,
        alerts: new AlertTopics(stack, 'Alerts'),
      });
      // Without a log store, a firewall has log groups of its own.
      new Network(stack, 'WithLogGroups', { key, egress: Egress.networkFirewall([]) });
      const { vpc } = loaded;
      loaded.allowEgress(new SecurityGroup(stack, 'Client', { vpc, allowAllOutbound: false, description: 'A client' }));
    },
  },
};

export const networkWaivers: WaiverCases = {
  'network.flow-logs': {
    build: (stack, withoutFlowLogs) => new Network(stack, 'Network', { withoutFlowLogs }),
    protects: (template) =>
      template.hasResourceProperties('AWS::EC2::FlowLog', { ResourceType: 'VPC', TrafficType: 'ALL' }),
  },
  'network.dns-query-logs': {
    build: (stack, withoutDnsQueryLogs) => new Network(stack, 'Network', { withoutDnsQueryLogs }),
    protects: (template) => template.resourceCountIs('AWS::Route53Resolver::ResolverQueryLoggingConfigAssociation', 1),
  },
  'network.egress-allow-list': {
    build: (stack, waiver) => {
      const egress = waiver === undefined ? undefined : Egress.unrestricted(waiver);
      return new Network(stack, 'Network', { egress });
    },
    protects: (template) =>
      template.hasResourceProperties('AWS::Route53Resolver::FirewallDomainList', { Domains: ['*'] }),
  },
  'network.change-protection': {
    build: (stack, withoutChangeProtection) => new Network(stack, 'Network', { withoutChangeProtection }),
    protects: (template) =>
      template.hasResourceProperties('AWS::Route53Resolver::FirewallRuleGroupAssociation', {
        MutationProtection: 'ENABLED',
      }),
  },
};
