import type { IPolicyValidationContext, IPolicyValidationPlugin, PolicyValidationPluginReport } from 'aws-cdk-lib';
import { COMMERCE_BASELINE } from './commerce-baseline';
import { validateTemplates } from './validate-templates';

/**
 * Reviews an app at each synthesis under the control catalogue of this library: of any app, its raw `CfnResource`s and
 * references across stacks included. `docs/CONTROLS.md` lists the controls and their rules.
 *
 *     Validations.of(app).addPlugins(new CommerceBaselineChecks());
 *
 * A finding is acknowledged as `CommerceBaseline::<rule>`, with `Validations.of(construct).acknowledge(…)`. Where a
 * template does not show what a rule asks for, the finding is `<rule>[unresolved]` and fails no synthesis.
 */
export class CommerceBaselineChecks implements IPolicyValidationPlugin {
  public readonly name: string = COMMERCE_BASELINE.name;
  public readonly ruleIds?: string[] = COMMERCE_BASELINE.rules.map(({ name }) => name);

  /** Reviews the templates that CDK has just written. */
  public validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    return validateTemplates(COMMERCE_BASELINE, context);
  }
}
