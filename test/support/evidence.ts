import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { commandLine, directoryOf, type Ended, type Files } from './check';

/** A control that a person attests, at least once a year. */
export const ATTESTED = 'AUDIT-8';

/** A record that a person made. */
export function attestation(more: object = {}): object {
  return {
    format: 'cdk-commerce-baseline:record',
    version: 1,
    kind: 'attested',
    control: ATTESTED,
    statement: 'A test of the shop found nothing of weight',
    holds: true,
    on: '2026-06-01',
    by: 'Jo Doe',
    role: 'owner of the shop',
    ...more,
  };
}

/** A record of what was read from an account. */
export function observation(more: object = {}): object {
  return {
    format: 'cdk-commerce-baseline:record',
    version: 1,
    kind: 'observed',
    control: 'EDGE-1',
    statement: 'The distribution speaks TLSv1.2_2025',
    holds: true,
    at: '2026-11-01T10:00:00Z',
    principal: 'arn:aws:sts::111122223333:assumed-role/auditor/jo',
    call: 'cloudfront:GetDistributionConfig',
    account: '111122223333',
    region: 'us-east-1',
    ...more,
  };
}

/** Folders of a test, removed together. */
export class Folders {
  private readonly made: string[] = [];

  /** A folder that holds `files`. */
  public with(files: Files): string {
    return this.noted(directoryOf(files));
  }

  /** A path at which nothing is yet. */
  public place(): string {
    return path.join(this.noted(mkdtempSync(path.join(tmpdir(), 'evidence-'))), 'bundle');
  }

  public remove(): void {
    this.made.forEach((directory) => rmSync(directory, { recursive: true, force: true }));
  }

  private noted(directory: string): string {
    this.made.push(directory);
    return directory;
  }
}

/** Every file of a bundle, by its path. */
export function filesOf(bundle: string): Record<string, string> {
  if (!existsSync(bundle)) {
    return {};
  }
  const files = readdirSync(bundle, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map(({ parentPath, name }) => {
      const file = path.join(parentPath, name);
      return [path.relative(bundle, file).replaceAll(path.sep, '/'), readFileSync(file, 'utf8')];
    }),
  );
}

/** A bundle that was written, and how that ended. */
export interface Written extends Ended {
  readonly bundle: string;
  readonly files: Record<string, string>;
  readonly page: string;
}

/** Writes evidence about `assembly`. */
export async function evidence(folders: Folders, assembly: Files, ...words: string[]): Promise<Written> {
  const bundle = folders.place();
  const ended = await commandLine('evidence', folders.with(assembly), '--out', bundle, ...words);
  const files = filesOf(bundle);
  return { ...ended, bundle, files, page: files['index.html'] ?? '' };
}
