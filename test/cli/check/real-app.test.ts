import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { App, NestedStack, Stack, Stage, Validations } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { AwsSolutionsChecks } from 'cdk-nag';
import { keeps } from '../../../lib/core/keeps';
import { Waiver } from '../../../lib/core/waiver';
import { type CheckReport } from '../../../lib/cli/check/check-report';
import { commandLine } from '../../support/check';
import { TODAY } from '../../support/stack';

const outdir = mkdtempSync(path.join(tmpdir(), 'real-app-'));
const ROOT = path.join(__dirname, '../../..');
let report: CheckReport;

/** Somebody's app with a pipeline: a Stage, a stack nested in its stack, a bucket in each, and a waiver. */
beforeAll(async () => {
  const context = {
    ...TODAY,
    // As the CDK CLI has it.
    'aws:cdk:enable-asset-metadata': true,
    '@aws-cdk/core:failSynthOnValidationErrors': false,
  };
  // Off in our other tests.
  const postCliContext = { 'aws:cdk:disable-creation-stack-traces': false };
  const app = new App({ outdir, context, postCliContext, analyticsReporting: false });
  const stack = new Stack(new Stage(app, 'Prod'), 'Shop', { env: { account: '111122223333', region: 'eu-central-1' } });
  new Bucket(stack, 'Pictures');
  new Bucket(new NestedStack(stack, 'Inside'), 'Papers');
  const waiver = Waiver.because('Staging holds no evidence', { owner: 'ops@acme.example', until: '2026-12-01' });
  keeps(stack, 'log-store.lock', waiver);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  app.synth();
  const { out } = await commandLine('check', outdir, '--packs', '--json', '--root', ROOT);
  report = JSON.parse(out) as CheckReport;
});

afterAll(() => rmSync(outdir, { recursive: true }));

test('stacks of Stages are read, with the resources of those nested in them', () => {
  expect(report.stacks).toEqual([
    { name: 'Prod/Shop', account: '111122223333', region: 'eu-central-1', resources: expect.any(Number) as number },
  ]);
  expect(report.stacks[0].resources).toBeGreaterThanOrEqual(3);
});

test('a rule pack of others and ours speak of the same constructs', () => {
  const rulesAt = (constructPath: string): string[] =>
    report.findings.filter((finding) => finding.constructPath === constructPath).map(({ rule }) => rule);
  for (const bucket of ['Prod/Shop/Pictures/Resource', 'Prod/Shop/Inside/Papers/Resource']) {
    expect(rulesAt(bucket)).toEqual(expect.arrayContaining(['AwsSolutions-S1', 'bucket-tls-only']));
  }
});

test('a finding names the line that created its construct, from what CDK wrote down', () => {
  const lines = report.findings.map(({ source }) => source?.file);
  expect(new Set(lines)).toEqual(new Set(['test/cli/check/real-app.test.ts']));
});

test('each finding has a fingerprint of its own', () => {
  const fingerprints = report.findings.map(({ fingerprint }) => fingerprint);
  expect(fingerprints.length).toBeGreaterThan(4);
  expect(new Set(fingerprints).size).toBe(fingerprints.length);
});

test('a waiver is found where it was given, with the days that are left', () => {
  expect(report.waivers).toMatchObject([
    {
      constructPath: 'Prod/Shop',
      protection: 'log-store.lock',
      owner: 'ops@acme.example',
      daysLeft: 8,
      state: 'ends soon',
    },
  ]);
});
