import { type IPolicyValidationContext, type PolicyValidationPluginReport, type PolicyViolation } from 'aws-cdk-lib';
import { findingsIn, type PackFinding } from './pack-finding';
import { runRulePack, type RulePack } from './rule-pack';
import { graphOfContext } from './template-graph/graph-of-context';

/** Runs `pack` as a validation plugin: over the templates that CDK shows it, which it has just written. */
export function validateTemplates(pack: RulePack, context: IPolicyValidationContext): PolicyValidationPluginReport {
  const violations = findingsIn(runRulePack(pack, graphOfContext(context))).map(violationOf);
  // CDK judges so itself once something is acknowledged: what is not an error fails nothing.
  return { success: violations.every(({ severity }) => severity !== ERROR), violations };
}

const ERROR = 'error';

function violationOf(finding: PackFinding): PolicyViolation {
  const { rule, kind, severity, description, fix, answers, constructPath, logicalId, templatePath } = finding;
  const locations = [...finding.locations];
  return {
    ruleName: rule,
    description,
    fix,
    severity: kind === 'failed' ? ERROR : SEVERITIES[severity],
    ruleMetadata: { severity, answers: answers.join(' ') },
    violatingResources: [
      // CDK finds construct and stack trace of a resource itself; a stack is in no template.
      logicalId === undefined
        ? { constructPath, locations }
        : { resourceLogicalId: logicalId, templatePath, locations },
    ],
  };
}

/** As CDK knows them. What cannot be told has a severity of its own, which fails no synthesis and shows in each. */
const SEVERITIES: Readonly<Record<string, string>> = {
  critical: ERROR,
  high: ERROR,
  medium: ERROR,
  low: 'warning',
  unresolved: 'unresolved',
};
