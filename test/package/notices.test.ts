import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';

const root = path.join(__dirname, '../..');
const script = `import { noticeOf, renderNotices } from './scripts/notices.mjs';`;

/** What `expression` makes of the module that writes the notices. */
function evaluate(expression: string): { stdout: string; stderr: string } {
  const args = ['--input-type=module', '--eval', `${script} process.stdout.write(String(await ${expression}));`];
  return spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
}

/** What is said of a package with this manifest and nothing else. */
function noticeOf(manifest: object): string {
  const directory = mkdtempSync(path.join(tmpdir(), 'notices-'));
  try {
    writeFileSync(
      path.join(directory, 'package.json'),
      JSON.stringify({ name: 'left', version: '1.0.0', ...manifest }),
    );
    const { stdout, stderr } = evaluate(`JSON.stringify(noticeOf(${JSON.stringify(directory)}))`);
    return stdout + stderr;
  } finally {
    rmSync(directory, { recursive: true });
  }
}

test('the notices name what is bundled today (npm run build:notices)', () => {
  expect(evaluate('renderNotices()').stdout).toBe(readFileSync(path.join(root, 'THIRD-PARTY-NOTICES.txt'), 'utf8'));
});

test.each(['zod', 'mysql2', 'pg', '@aws-sdk/client-ec2', '@smithy/core'])(
  '%s is among them, with its licence',
  (name) => {
    const notices = readFileSync(path.join(root, 'THIRD-PARTY-NOTICES.txt'), 'utf8');
    expect(notices).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\((MIT|Apache-2\\.0)\\)$`, 'm'));
  },
);

test('a licence that nobody has read stops the build', () => {
  expect(noticeOf({ license: 'GPL-3.0-only' })).toContain('left 1.0.0 is licensed GPL-3.0-only, which is none of');
  expect(noticeOf({})).toContain('left 1.0.0 is licensed undefined, which is none of');
});

test('a licence without its text stops the build', () => {
  expect(noticeOf({ license: 'MIT' })).toContain('left 1.0.0 comes without the text of its licence.');
});
