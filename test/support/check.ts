import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { type ExitCode } from '../../lib/cli/exit-code';
import { runCommand } from '../../lib/cli/program';
import { WrittenTerminal } from './terminal';

/** How a command ended, and what it wrote. */
export interface Ended {
  readonly code: ExitCode;
  readonly out: string;
  readonly err: string;
}

/** Runs a command line, on the day of every test. */
export async function commandLine(...words: string[]): Promise<Ended> {
  const terminal = new WrittenTerminal();
  const code = await runCommand(words, terminal);
  return { code, out: terminal.out, err: terminal.err };
}

/** Files of an assembly, each a text, or what is written as JSON. */
export type Files = Readonly<Record<string, unknown>>;

/** Writes `files` into a new directory, which is the caller's to remove. */
export function directoryOf(files: Files): string {
  const directory = mkdtempSync(path.join(tmpdir(), 'files-'));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(directory, name)), { recursive: true });
    writeFileSync(path.join(directory, name), typeof content === 'string' ? content : JSON.stringify(content, null, 1));
  }
  return directory;
}

/** The construct that a small assembly's one finding is about. */
export const FOUND = 'Shop/Pictures/Resource';

/** An assembly of one stack with one bucket, about which AwsSolutions has one thing to say. */
export function smallAssembly(more: Files = {}): Files {
  return {
    'manifest.json': {
      version: '54.0.0',
      artifacts: {
        Shop: {
          type: 'aws:cloudformation:stack',
          environment: 'aws://111122223333/eu-central-1',
          displayName: 'Shop',
          additionalMetadataFile: 'Shop.metadata.json',
          properties: { templateFile: 'Shop.template.json' },
        },
      },
    },
    'Shop.template.json': { Resources: { Pictures8C: { Type: 'AWS::S3::Bucket', Properties: {} } } },
    'Shop.metadata.json': { [`/${FOUND}`]: [{ type: 'aws:cdk:logicalId', data: 'Pictures8C' }] },
    'validation-report.json': reportOf([violation()]),
    ...more,
  };
}

/** CDK's report, in which AwsSolutions says `violations`. */
export function reportOf(violations: readonly object[], suppressedViolations: readonly object[] = []): object {
  const conclusion = violations.length > 0 ? 'failure' : 'success';
  return {
    version: '54.0.0',
    title: 'Validation Report',
    pluginReports: [{ pluginName: 'AwsSolutions', conclusion, violations, suppressedViolations }],
  };
}

/** What AwsSolutions says about the bucket, except for `changes`. */
export function violation(changes: object = {}): object {
  return {
    ruleName: 'AwsSolutions-S1',
    description: 'The S3 Bucket has server access logs disabled.',
    severity: 'error',
    violatingConstructs: [{ constructPath: FOUND }],
    ...changes,
  };
}
