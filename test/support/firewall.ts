import { type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Application, StorefrontFirewall, type StorefrontFirewallProps } from '../../lib';
import { foreignStack } from './stack';
import { rulesOf, type Rule } from './web-acl';

/** A Medusa shop behind the firewalls of the tests. */
export const shop = Application.medusa({ image: 'shop' });

/** A firewall in `stack`. */
export function firewallIn(stack: Stack, props: StorefrontFirewallProps): StorefrontFirewall {
  return new StorefrontFirewall(stack, 'Firewall', props);
}

/** The template of a foreign stack with a firewall. */
export function firewallTemplate(props: StorefrontFirewallProps = {}): Template {
  const stack = foreignStack();
  firewallIn(stack, props);
  return Template.fromStack(stack);
}

/** The rules of a firewall. */
export function rulesWith(props: StorefrontFirewallProps = {}): Rule[] {
  return rulesOf(firewallTemplate(props));
}

/** The rule of a firewall that has this name. */
export function ruleWith(name: string, props: StorefrontFirewallProps = {}): Rule {
  const rule = rulesWith(props).find(({ Name }) => Name === name);
  if (rule === undefined) {
    throw new Error(`The firewall has no rule ${name}.`);
  }
  return rule;
}

/** Builds the firewall, for what is refused. */
export function building(props: StorefrontFirewallProps): () => StorefrontFirewall {
  return () => firewallIn(foreignStack(), props);
}
