import { createRequire } from 'node:module';
import { type App, type IPolicyValidationPlugin } from 'aws-cdk-lib';
import type * as CdkNag from 'cdk-nag';
import { Problems } from '../core/errors';
import { CommerceBaselineChecks, PciDss401Checks } from '..';
import { type RulePackName } from './rule-pack-names';

/** Packs of this library. */
const OWN = { CommerceBaseline: CommerceBaselineChecks, 'PCI.DSS.401': PciDss401Checks } as const;

/** What `cdk-nag` calls each of its packs. */
const CLASSES = {
  AwsSolutions: 'AwsSolutionsChecks',
  'NIST.800.53.R5': 'NIST80053R5Checks',
  'PCI.DSS.321': 'PCIDSS321Checks',
  'HIPAA.Security': 'HIPAASecurityChecks',
  Serverless: 'ServerlessChecks',
} as const satisfies Record<Exclude<RulePackName, keyof typeof OWN>, keyof typeof CdkNag>;

/** The first major version whose packs are validation plugins. */
const FIRST_MAJOR = 3;

/**
 * A rule pack, ready to be registered.
 *
 * @param installedFor - the file from whose place `cdk-nag` is looked for, as `require` does
 * @throws BaselineError `CdkNagMissing` or `CdkNagTooOld`: `cdk-nag` is the merchant's own dependency, so that its
 * version stands in their lock file
 */
export function createRulePack(
  name: RulePackName,
  app: App,
  installedFor: string = __filename,
): IPolicyValidationPlugin {
  if (isOwn(name)) {
    return new OWN[name]();
  }
  const packs = loadCdkNag(createRequire(installedFor));
  return new packs[CLASSES[name]](app);
}

function isOwn(name: RulePackName): name is keyof typeof OWN {
  return Object.hasOwn(OWN, name);
}

function loadCdkNag(load: NodeJS.Require): typeof CdkNag {
  const version = versionOf(load);
  const problems = new Problems('The app');
  problems.require(version !== undefined, {
    code: 'CdkNagMissing',
    property: 'cdk-nag',
    value: version,
    bound: 'be installed: the rule packs of the store come from it',
    remedy: 'Run "npm install --save-dev cdk-nag@^3.0.2".',
  });
  problems.require(version === undefined || Number.parseInt(version, 10) >= FIRST_MAJOR, {
    code: 'CdkNagTooOld',
    property: 'cdk-nag',
    value: version,
    bound: 'be version 3 or later, whose packs CDK can run as validation',
    remedy: 'Run "npm install --save-dev cdk-nag@^3.0.2".',
  });
  problems.throwIfAny();
  return load('cdk-nag') as typeof CdkNag;
}

/** The version that is installed, if one is. */
function versionOf(load: NodeJS.Require): string | undefined {
  try {
    return (load('cdk-nag/package.json') as { version: string }).version;
  } catch {
    return undefined;
  }
}
