import { type Template } from 'aws-cdk-lib/assertions';
import { flattenReference } from '../../lib/core/flatten-reference';

interface FirewallRule {
  readonly Priority: number;
  readonly Action: 'ALLOW' | 'BLOCK';
  readonly FirewallDomainListId?: { readonly 'Fn::GetAtt': readonly [string, string] };
  readonly DnsThreatProtection?: string;
}

/** The rules of a template's only DNS Firewall rule group, in the order in which a look-up meets them. */
export function dnsRules(template: Template): readonly FirewallRule[] {
  const [group] = Object.values(template.findResources('AWS::Route53Resolver::FirewallRuleGroup'));
  const { FirewallRules } = group.Properties as { FirewallRules: FirewallRule[] };
  return [...FirewallRules].sort((one, other) => one.Priority - other.Priority);
}

/**
 * What a template's DNS Firewall does with a look-up of `name`, as the service judges it: the first rule decides whose
 * list holds the name; `*` matches everything and `*.example.com` what is below `example.com`. What is suspicious is the
 * service's own judgement: threat rules match nothing here.
 */
export function lookUp(template: Template, name: string): 'ALLOW' | 'BLOCK' | 'ANSWERED' {
  const lists = template.findResources('AWS::Route53Resolver::FirewallDomainList');
  const decisive = dnsRules(template).find(({ FirewallDomainListId }) => {
    const list = FirewallDomainListId && lists[FirewallDomainListId['Fn::GetAtt'][0]];
    const { Domains = [] } = (list?.Properties ?? {}) as { Domains?: unknown[] };
    return Domains.map(hostName).some((domain) => matches(domain, name));
  });
  return decisive?.Action ?? 'ANSWERED';
}

/** A domain of a template as it is once deployed in ap-southeast-1. */
export function hostName(domain: unknown): string {
  return flattenReference(domain)
    .replace('<AWS::URLSuffix>', 'amazonaws.com')
    .replace('<AWS::Region>', 'ap-southeast-1');
}

function matches(domain: string, name: string): boolean {
  return domain === '*' || domain === name || (domain.startsWith('*.') && name.endsWith(domain.slice(1)));
}
