import { App, type CfnResource } from 'aws-cdk-lib';
import {
  AwsSolutionsChecks,
  HIPAASecurityChecks,
  type NagPack,
  NIST80053R5Checks,
  PCIDSS321Checks,
  ServerlessChecks,
} from 'cdk-nag';
import { acknowledgementId, RulePack, rulesNamed, sharedRules } from '../../lib/core/rule-packs';

/** Names of the rules a pack would apply to a resource: all of them. */
function rulesOf(pack: NagPack): Set<string> {
  const names = new Set<string>();
  const recorder = Object.assign(Object.create(pack) as { checkResource(node: CfnResource): void }, {
    applyRule: ({ ruleSuffixOverride, rule }: { ruleSuffixOverride?: string; rule: { name: string } }) =>
      names.add(ruleSuffixOverride ?? rule.name),
  });
  recorder.checkResource(undefined as never);
  return names;
}

const app = new App();
const PACKS = new Map<RulePack, Set<string>>([
  [RulePack.AWS_SOLUTIONS, rulesOf(new AwsSolutionsChecks(app))],
  [RulePack.NIST_800_53_R5, rulesOf(new NIST80053R5Checks(app))],
  [RulePack.PCI_DSS_321, rulesOf(new PCIDSS321Checks(app))],
  [RulePack.HIPAA_SECURITY, rulesOf(new HIPAASecurityChecks(app))],
  [RulePack.SERVERLESS, rulesOf(new ServerlessChecks(app))],
]);

test.each(Object.entries(sharedRules()))('%s stands in exactly the packs that the table names', (rule, packs) => {
  const shared = [RulePack.NIST_800_53_R5, RulePack.PCI_DSS_321, RulePack.HIPAA_SECURITY];
  expect([...packs].sort()).toEqual(shared.filter((pack) => PACKS.get(pack)?.has(rule)).sort());
});

test('names a rule of one pack, and a rule of every pack that has it', () => {
  expect(rulesNamed('AwsSolutions-S1', 'S3BucketLoggingEnabled').map(acknowledgementId)).toEqual([
    'AwsSolutions::AwsSolutions-S1',
    'NIST.800.53.R5::NIST.800.53.R5-S3BucketLoggingEnabled',
    'PCI.DSS.321::PCI.DSS.321-S3BucketLoggingEnabled',
    'HIPAA.Security::HIPAA.Security-S3BucketLoggingEnabled',
  ]);
});

test('refuses a rule that no table knows', () => {
  expect(() => rulesNamed('S3BucketLogingEnabled')).toThrow('S3BucketLogingEnabled');
});
