import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';

const root = path.join(__dirname, '../..');

/** The environment of a machine that has no account: nothing of AWS in it, and no home with credentials. */
function withoutCredentials(home: string): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(AWS_|CDK_)/.test(name));
  const guard = `--require ${path.join(root, 'test/support/no-network.cjs')}`;
  return { ...Object.fromEntries(inherited), HOME: home, NODE_OPTIONS: guard };
}

test('a store synthesises without credentials and without network', () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'offline-'));
  try {
    const { status, stderr } = spawnSync(
      process.execPath,
      ['node_modules/aws-cdk/bin/cdk', 'synth', '--quiet', '--no-notices', '-c', 'store=medusa', '--output', directory],
      { cwd: root, env: withoutCredentials(directory), encoding: 'utf8' },
    );
    expect(stderr.slice(0, 2000)).not.toMatch(/no-network/);
    expect(status).toBe(0);
    const manifest = JSON.parse(readFileSync(path.join(directory, 'manifest.json'), 'utf8')) as { missing?: unknown[] };
    expect(manifest.missing ?? []).toEqual([]);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
});
