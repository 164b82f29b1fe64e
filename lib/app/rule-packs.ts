import { createRequire } from 'node:module';
import { type App, type IPolicyValidationPlugin } from 'aws-cdk-lib';
import type * as CdkNag from 'cdk-nag';
import { BaselineError } from '../core/errors';
import { type RulePackName } from './rule-pack-names';

/** What `cdk-nag` calls each pack. */
const CLASSES = {
  AwsSolutions: 'AwsSolutionsChecks',
  'NIST.800.53.R5': 'NIST80053R5Checks',
  'PCI.DSS.321': 'PCIDSS321Checks',
  'HIPAA.Security': 'HIPAASecurityChecks',
  Serverless: 'ServerlessChecks',
} as const satisfies Record<RulePackName, keyof typeof CdkNag>;

/**
 * A rule pack, ready to be registered.
 *
 * @throws BaselineError `CdkNagMissing`: `cdk-nag` is the merchant's own dependency, so that its version stands in their
 * lock file
 */
export function createRulePack(name: RulePackName, app: App): IPolicyValidationPlugin {
  const packs = loadCdkNag();
  return new packs[CLASSES[name]](app);
}

function loadCdkNag(): typeof CdkNag {
  try {
    return createRequire(__filename)('cdk-nag') as typeof CdkNag;
  } catch {
    throw new BaselineError('The app', [
      {
        code: 'CdkNagMissing',
        property: 'cdk-nag',
        value: undefined,
        bound: 'be installed: the rule packs of the store come from it',
        remedy: 'Run "npm install --save-dev cdk-nag@^3.0.2".',
      },
    ]);
  }
}
