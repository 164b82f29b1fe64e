import { RULES_OF_BOTH_PACKS } from './rules-of-both-packs';

/**
 * The rule packs this library is clean under, and how an acknowledgement names their rules.
 *
 * An acknowledgement that names its pack (`AwsSolutions::AwsSolutions-S1`) is the only form that leaves a trace in
 * `validation-report.json`. Before aws-cdk-lib 2.271.0 that form silenced the rule in the whole app, which is why
 * 2.271.0 is the oldest release this package accepts: docs/decisions/0003-acknowledgements.md.
 */
export enum RulePack {
  AWS_SOLUTIONS = 'AwsSolutions',
  NIST_800_53_R5 = 'NIST.800.53.R5',
  PCI_DSS_321 = 'PCI.DSS.321',
  HIPAA_SECURITY = 'HIPAA.Security',
  SERVERLESS = 'Serverless',
  CLOUDFORMATION_VALIDATE = 'CloudFormation-Validate',
  COMMERCE_BASELINE = 'CommerceBaseline',
  PCI_DSS_401 = 'PCI.DSS.401',
}

/** Packs of which an acknowledgement names a rule without saying the name of the pack twice. */
const NAMES_RULES_PLAINLY: readonly RulePack[] = [
  RulePack.CLOUDFORMATION_VALIDATE,
  RulePack.COMMERCE_BASELINE,
  RulePack.PCI_DSS_401,
];

/** A rule as its pack reports it: `S1` of AwsSolutions, `S3BucketLoggingEnabled` of PCI DSS. */
export interface Rule {
  readonly pack: RulePack;
  readonly name: string;
}

const { NIST_800_53_R5, PCI_DSS_321, HIPAA_SECURITY, SERVERLESS } = RulePack;

/**
 * cdk-nag's rules that stand under one name in several packs, as far as this library acknowledges them. A test holds
 * the table against cdk-nag itself.
 */
const SHARED_RULES: Readonly<Record<string, readonly RulePack[]>> = {
  ALBWAFEnabled: [NIST_800_53_R5, PCI_DSS_321],
  CloudWatchAlarmAction: [NIST_800_53_R5, HIPAA_SECURITY],
  CodeBuildProjectSourceRepoUrl: [PCI_DSS_321, HIPAA_SECURITY],
  DynamoDBInBackupPlan: [NIST_800_53_R5, HIPAA_SECURITY],
  EFSInBackupPlan: [NIST_800_53_R5, HIPAA_SECURITY],
  ELBDeletionProtectionEnabled: [NIST_800_53_R5, HIPAA_SECURITY],
  LambdaConcurrency: [NIST_800_53_R5, HIPAA_SECURITY],
  LambdaInsideVPC: [NIST_800_53_R5, PCI_DSS_321, HIPAA_SECURITY],
  RDSInBackupPlan: [NIST_800_53_R5, HIPAA_SECURITY],
  RDSInstanceDeletionProtectionEnabled: [NIST_800_53_R5, HIPAA_SECURITY],
  S3BucketLoggingEnabled: [NIST_800_53_R5, PCI_DSS_321, HIPAA_SECURITY],
  S3BucketReplicationEnabled: [NIST_800_53_R5, PCI_DSS_321, HIPAA_SECURITY],
  S3DefaultEncryptionKMS: [NIST_800_53_R5, PCI_DSS_321, HIPAA_SECURITY],
  SecretsManagerRotationEnabled: [NIST_800_53_R5, HIPAA_SECURITY],
  VPCFlowLogsEnabled: [NIST_800_53_R5, PCI_DSS_321, HIPAA_SECURITY],
};

/**
 * The rules that `names` mean: `AwsSolutions-S1` and `Serverless-LambdaTracing` are rules of that pack,
 * `CloudFormation-Validate-W9008` one of CDK's own, `CommerceBaseline-bucket-tls-only` one of ours in each of our packs
 * that has it, and a name without a pack means the rule in each pack that has it.
 */
export function rulesNamed(...names: readonly string[]): Rule[] {
  return names.flatMap((name) => {
    const pack = [RulePack.AWS_SOLUTIONS, SERVERLESS, ...NAMES_RULES_PLAINLY].find((candidate) =>
      name.startsWith(`${candidate}-`),
    );
    if (pack !== undefined) {
      const rule = name.slice(pack.length + 1);
      // `[unresolved]` says that the rule cannot tell; it is the same rule.
      const isOfBoth =
        pack === RulePack.COMMERCE_BASELINE && RULES_OF_BOTH_PACKS.includes(rule.replace(/\[\w+\]$/, ''));
      return [{ pack, name: rule }, ...(isOfBoth ? [{ pack: RulePack.PCI_DSS_401, name: rule }] : [])];
    }
    const packs = SHARED_RULES[name];
    if (packs === undefined) {
      throw new Error(`Rule ${JSON.stringify(name)} stands in no table of rule-packs.ts: add it to SHARED_RULES.`);
    }
    return packs.map((shared) => ({ pack: shared, name }));
  });
}

/** The id that `Validations.acknowledge` takes for `rule`. */
export function acknowledgementId({ pack, name }: Rule): string {
  return NAMES_RULES_PLAINLY.includes(pack) ? `${pack}::${name}` : `${pack}::${pack}-${name}`;
}

/** Every rule name of the table above, for the test that compares it with cdk-nag. */
export function sharedRules(): Readonly<Record<string, readonly RulePack[]>> {
  return SHARED_RULES;
}

/** Metadata of a stack that names the rule packs its app ran: a report leaves out a pack that found nothing. */
export const PACKS_METADATA = 'cdk-commerce-baseline:packs';
