import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { App, Stack, Validations } from 'aws-cdk-lib';
import { CfnBackupSelection } from 'aws-cdk-lib/aws-backup';
import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json';
import { AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks, PCIDSS321Checks, ServerlessChecks } from 'cdk-nag';
import { CommerceBaselineChecks, DataKey, EnvelopeKeyReplica, PciDss401Checks } from '../../lib';
import { reviewAssembly, type AssemblyReview } from '../../lib/cli/assembly-review';
import { PACKS_METADATA } from '../../lib/core/rule-packs';
import { BACKUP_TAG } from '../../lib/core/tag-names';
import { DataClass } from '../../lib/core/tags';
import { TODAY } from './stack';

/** Feature flags an app may have: none at all, or all that CDK recommends. */
export const FLAGS = { none: {}, recommended: recommendedFlags } as const;

/** Lets CDK write its report instead of throwing: the review reads it. */
const REPORT_ONLY = { '@aws-cdk/core:failSynthOnValidationErrors': false };

export interface ReviewOptions {
  readonly context?: Readonly<Record<string, unknown>>;
  /** CDK's own validation costs seconds per process; test/nag and test/app turn it on. */
  readonly builtinValidation?: boolean;
}

/** Synthesises what `build` puts into a foreign app under every rule pack, and returns what they say. */
export function review(build: (stack: Stack) => unknown, options: ReviewOptions = {}): AssemblyReview {
  return reviewApp((app) => {
    // Who places data in a stack protects the stack, has a plan for backups and a second Region; a construct cannot.
    const stack = new Stack(app, 'Foreign', { terminationProtection: true });
    build(stack);
    planOfSomebody(new Stack(app, 'Backups'));
    replicasOfSomebody(stack);
    addPacks(app);
  }, options);
}

/** Synthesises the app that `build` fills, and returns what the rule packs say that `build` adds. */
export function reviewApp(build: (app: App) => void, options: ReviewOptions = {}): AssemblyReview {
  const outdir = mkdtempSync(path.join(tmpdir(), 'review-'));
  const validation = process.env.CDK_VALIDATION;
  process.env.CDK_VALIDATION = String(options.builtinValidation ?? false);
  try {
    const app = new App({
      outdir,
      context: { ...TODAY, ...REPORT_ONLY, ...options.context },
      analyticsReporting: false,
    });
    build(app);
    app.synth();
    return reviewAssembly(outdir);
  } finally {
    process.env.CDK_VALIDATION = validation;
    rmSync(outdir, { recursive: true, force: true });
  }
}

/** A backup plan that somebody has already, of whatever carries the tag that ours carries. */
function planOfSomebody(stack: Stack): void {
  new CfnBackupSelection(stack, 'Selection', {
    backupPlanId: 'a-plan-made-before',
    backupSelection: {
      iamRoleArn: 'arn:aws:iam::111122223333:role/backups',
      selectionName: 'by-tag',
      resources: ['*'],
      conditions: {
        StringEquals: [{ ConditionKey: `aws:ResourceTag/${BACKUP_TAG}`, ConditionValue: DataClass.CUSTOMER_DATA }],
      },
    },
  });
}

/** The second Region of somebody who encrypts field by field. */
function replicasOfSomebody(stack: Stack): void {
  const keys = stack.node.findAll().filter((child): child is DataKey => child instanceof DataKey);
  keys
    .filter(({ dataClass }) => dataClass === DataClass.APPLICATION)
    .forEach((primaryKey, place) => new EnvelopeKeyReplica(stack, `ReplicaOfSomebody${place}`, { primaryKey }));
}

function addPacks(app: App): void {
  const packs = [
    new CommerceBaselineChecks(),
    new PciDss401Checks(),
    new AwsSolutionsChecks(app),
    new NIST80053R5Checks(app),
    new PCIDSS321Checks(app),
    new HIPAASecurityChecks(app),
    new ServerlessChecks(app),
  ];
  Validations.of(app).addPlugins(...packs);
  // A pack that finds nothing is not in the report; an acknowledgement of its rules is stale all the same.
  app.node.children
    .filter((child) => Stack.isStack(child))
    .forEach((stack) =>
      stack.node.addMetadata(
        PACKS_METADATA,
        packs.map(({ name }) => name),
      ),
    );
}

/** A review as a test wants to read it when it fails: one line per finding. */
export function lines({ findings, stale }: AssemblyReview): string[] {
  return [
    ...findings.map(({ rule, constructPath }) => `${rule} at ${constructPath}`),
    ...stale.map(({ id, constructPath }) => `stale acknowledgement of ${id} at ${constructPath}`),
  ].sort();
}
