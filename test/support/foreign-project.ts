import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';

const root = path.join(__dirname, '../..');

/** What somebody has who writes CDK. */
export const CDK = ['aws-cdk-lib', 'constructs'];

/** What npm makes of this repository. */
export interface PackedPackage {
  readonly files: readonly { readonly path: string; readonly size: number }[];
  /** Bytes, once it is installed. */
  readonly unpackedSize: number;
}

/** How a command ended, and what it printed. */
export interface Outcome {
  readonly status: number | null;
  readonly output: string;
}

/** A project of somebody else, outside this repository. */
export class ForeignProject {
  public readonly directory = mkdtempSync(path.join(tmpdir(), 'foreign-'));
  /** The package as it was packed for this project. */
  public readonly packed: PackedPackage;
  private readonly tarball: string;

  public constructor() {
    const [packed] = JSON.parse(
      execFileSync('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', this.directory], {
        cwd: root,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      }),
    ) as [PackedPackage & { filename: string }];
    this.packed = packed;
    this.tarball = path.join(this.directory, packed.filename);
  }

  /** Installs the package, and nothing that npm would have to fetch. */
  public install(): this {
    this.write('package.json', '{ "private": true }');
    return this.succeed('npm', 'install', '--offline', '--legacy-peer-deps', '--no-audit', this.tarball);
  }

  /** Puts packages of this repository beside it: what is installed there once serves here as well. */
  public link(...packages: string[]): this {
    for (const name of packages) {
      const link = this.file('node_modules', name);
      mkdirSync(path.dirname(link), { recursive: true });
      symlinkSync(path.join(root, 'node_modules', name), link);
    }
    return this;
  }

  /** Copies a folder of `test/package` into the project. */
  public copy(folder: string): this {
    cpSync(path.join(root, 'test/package', folder), this.directory, { recursive: true });
    return this;
  }

  /** Installs everything from the registry, as the project's owner does, in these versions. */
  public installFromRegistry(versions: Readonly<Record<string, string>>): this {
    const manifest = JSON.parse(readFileSync(this.file('package.json'), 'utf8')) as { dependencies: object };
    const ours = { 'cdk-commerce-baseline': `file:${this.tarball}` };
    const dependencies = { ...manifest.dependencies, ...ours, ...versions };
    this.write('package.json', JSON.stringify({ ...manifest, dependencies }));
    return this.succeed('npm', 'install', '--prefer-offline', '--no-audit');
  }

  /** Packs the installed package once more under `version`, and installs that instead. */
  public upgrade(version: string): this {
    const name = 'cdk-commerce-baseline';
    const copy = this.file('upgrade');
    cpSync(this.file('node_modules', name), copy, { recursive: true });
    const manifest = JSON.parse(readFileSync(path.join(copy, 'package.json'), 'utf8')) as object;
    writeFileSync(path.join(copy, 'package.json'), JSON.stringify({ ...manifest, version }));
    this.succeed('npm', 'pack', '--ignore-scripts', copy);
    return this.succeed('npm', 'install', '--prefer-offline', '--no-audit', `file:${name}-${version}.tgz`);
  }

  public file(...segments: string[]): string {
    return path.join(this.directory, ...segments);
  }

  public write(name: string, text: string): void {
    writeFileSync(this.file(name), text);
  }

  /** Runs a command of an installed package: `bin('typescript/bin/tsc', …)`. */
  public bin(script: string, ...args: string[]): Outcome {
    return this.run(process.execPath, this.file('node_modules', script), ...args);
  }

  public run(command: string, ...args: string[]): Outcome {
    const inherited = Object.entries(process.env).filter(([name]) => !/^(AWS_|CDK_)/.test(name));
    const env = {
      ...Object.fromEntries(inherited),
      CDK_DISABLE_CLI_TELEMETRY: 'true',
      CDK_OUTDIR: this.file('cdk.out'),
    };
    const { status, stdout, stderr } = spawnSync(command, args, { cwd: this.directory, env, encoding: 'utf8' });
    return { status, output: `${stdout}\n${stderr}`.trim() };
  }

  public remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }

  private succeed(command: string, ...args: string[]): this {
    const { status, output } = this.run(command, ...args);
    if (status !== 0) {
      throw new Error(`${command} ${args.join(' ')} ended with ${status}: ${output.slice(0, 2000)}`);
    }
    return this;
  }
}
