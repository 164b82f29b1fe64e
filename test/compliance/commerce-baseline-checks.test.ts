import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { App, CfnResource, NestedStack, Stack, Stage, Validations } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { CommerceBaselineChecks } from '../../lib';
import { reviewApp, lines } from '../support/review';

const pack = new CommerceBaselineChecks();

/** What the pack says of the app that `build` fills. */
function said(build: (app: App) => void): string[] {
  return lines(
    reviewApp((app) => {
      build(app);
      Validations.of(app).addPlugins(new CommerceBaselineChecks());
    }),
  );
}

const rawBucket = (stack: Stack): CfnResource => new CfnResource(stack, 'Raw', { type: 'AWS::S3::Bucket' });

test('objects to a raw resource, and names its construct', () => {
  expect(said((app) => rawBucket(new Stack(app, 'Somebody')))).toEqual(
    expect.arrayContaining(['bucket-tls-only at Somebody/Raw', 'bucket-versioned at Somebody/Raw']),
  );
});

test('says of a stack that it is not protected', () => {
  const of = (terminationProtection: boolean): string[] =>
    said((app) => rawBucket(new Stack(app, 'Somebody', { terminationProtection })));
  expect(of(false)).toContain('stack-termination-protection at Somebody');
  expect(of(true)).not.toContain('stack-termination-protection at Somebody');
});

test('is silent on the construct on which somebody explained it, and not beside it', () => {
  const findings = said((app) => {
    const stack = new Stack(app, 'Somebody');
    const explained = new Bucket(stack, 'Explained');
    new Bucket(stack, 'Other');
    Validations.of(explained).acknowledge({
      id: 'CommerceBaseline::bucket-versioned',
      reason: 'Made again each night',
    });
  });
  expect(findings).not.toContain('bucket-versioned at Somebody/Explained/Resource');
  expect(findings).toContain('bucket-versioned at Somebody/Other/Resource');
});

test('what it cannot tell is a finding of its own', () => {
  const findings = said((app) => {
    const stack = new Stack(app, 'Somebody');
    const raw = rawBucket(stack);
    raw.addPropertyOverride('VersioningConfiguration.Status', { Ref: 'Given' });
    stack.templateOptions.metadata = {};
  });
  expect(findings).toContain('bucket-versioned[unresolved] at Somebody/Raw');
});

test('sees stacks of Stages and nested stacks, each once', () => {
  const findings = said((app) => {
    const outer = new Stack(new Stage(app, 'Pipeline'), 'Outer');
    new Bucket(outer, 'Files');
    new Bucket(new NestedStack(outer, 'Inner'), 'Files');
  });
  expect(findings.filter((line) => line.startsWith('bucket-versioned'))).toEqual([
    'bucket-versioned at Pipeline/Outer/Files/Resource',
    'bucket-versioned at Pipeline/Outer/Inner/Files/Resource',
  ]);
});

test('reads what another stack exports', () => {
  const findings = said((app) => {
    const bucket = new Bucket(new Stack(app, 'Files'), 'Files');
    const policy = new CfnResource(new Stack(app, 'Policies'), 'Policy', {
      type: 'AWS::S3::BucketPolicy',
      properties: {
        Bucket: bucket.bucketName,
        PolicyDocument: {
          Statement: {
            Effect: 'Deny',
            Principal: '*',
            Action: 's3:*',
            Resource: [bucket.bucketArn, bucket.arnForObjects('*')],
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          },
        },
      },
    });
    expect(policy.cfnResourceType).toBe('AWS::S3::BucketPolicy');
  });
  expect(findings).not.toContain('bucket-tls-only at Files/Files/Resource');
  expect(findings).toContain('bucket-versioned at Files/Files/Resource');
});

test('names its rules, fix and controls in the report of CDK', () => {
  const outdir = mkdtempSync(path.join(tmpdir(), 'report-'));
  const app = new App({
    outdir,
    context: { '@aws-cdk/core:failSynthOnValidationErrors': false },
    analyticsReporting: false,
  });
  rawBucket(new Stack(app, 'Somebody'));
  Validations.of(app).addPlugins(pack);
  app.synth();
  const report = JSON.parse(readFileSync(path.join(outdir, 'validation-report.json'), 'utf8')) as {
    pluginReports: { violations: object[] }[];
  };
  rmSync(outdir, { recursive: true });
  expect(report.pluginReports[0]?.violations).toContainEqual(
    expect.objectContaining({
      ruleName: 'bucket-versioned',
      severity: 'error',
      description: expect.stringContaining('Here: it keeps no old versions.') as string,
      suggestedFix: 'Turn versioning on.',
      ruleMetadata: { severity: 'medium', answers: 'STORAGE-5 RECOVERY-2' },
    }),
  );
  expect(pack.ruleIds).toContain('bucket-versioned');
});
