import type { IPolicyValidationContext, IPolicyValidationPlugin, PolicyValidationPluginReport } from 'aws-cdk-lib';
import { PCI_DSS_401 } from './pci-dss-401/rule-pack';
import { validateTemplates } from './validate-templates';

/**
 * Reviews an app at each synthesis for aspects of PCI DSS 4.0.1 that templates show. That nothing is found says nothing
 * about a requirement as a whole: `docs/PCI-DSS-4.0.1.md` has every requirement, what is looked at, and what remains.
 *
 *     Validations.of(app).addPlugins(new PciDss401Checks());
 *
 * A finding is acknowledged as `PCI.DSS.401::<rule>`, with `Validations.of(construct).acknowledge(…)`. Where a template
 * does not show what a rule asks for, the finding is `<rule>[unresolved]` and fails no synthesis.
 */
export class PciDss401Checks implements IPolicyValidationPlugin {
  public readonly name: string = PCI_DSS_401.name;
  public readonly ruleIds?: string[] = PCI_DSS_401.rules.map(({ name }) => name);

  /** Reviews the templates that CDK has just written. */
  public validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    return validateTemplates(PCI_DSS_401, context);
  }
}
