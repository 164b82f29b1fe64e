import { generateKeyPairSync } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { ExitCode } from '../../../lib/cli/exit-code';
import { commandLine, reportOf, smallAssembly } from '../../support/check';
import { evidence, Folders, type Written } from '../../support/evidence';

const folders = new Folders();

afterAll(() => folders.remove());

const ASSEMBLY = smallAssembly({ 'validation-report.json': reportOf([]) });

/** A pair of keys, each in its file. */
function keys(type: 'ec' | 'rsa' | 'ed25519'): { readonly own: string; readonly trusted: string } {
  const pem = {
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  } as const;
  const pair =
    type === 'ec'
      ? generateKeyPairSync('ec', { namedCurve: 'P-256', ...pem })
      : type === 'rsa'
        ? generateKeyPairSync('rsa', { modulusLength: 2048, ...pem })
        : generateKeyPairSync('ed25519', pem);
  const folder = folders.with({ 'key.pem': pair.privateKey, 'key.pub.pem': pair.publicKey });
  return { own: path.join(folder, 'key.pem'), trusted: path.join(folder, 'key.pub.pem') };
}

function written(...words: string[]): Promise<Written> {
  return evidence(folders, ASSEMBLY, ...words);
}

test('a bundle as it was written is sound; without a signature that is all', async () => {
  const { bundle } = await written();
  const { code, out } = await commandLine('evidence', '--verify', bundle);
  expect(code).toBe(ExitCode.CLEAN);
  expect(out).toContain('Integrity only: nobody signed the manifest');
});

test('names every file that differs, is missing or is extra', async () => {
  const { bundle } = await written();
  writeFileSync(path.join(bundle, 'index.html'), 'All is well.');
  rmSync(path.join(bundle, 'oscal/assessment-results.json'));
  writeFileSync(path.join(bundle, 'oscal/more.json'), '{}');
  const { code, out } = await commandLine('evidence', '--verify', bundle);
  expect(code).toBe(ExitCode.FINDINGS);
  expect(out).toContain('differs: index.html\nmissing: oscal/assessment-results.json\nextra:   oscal/more.json\n');
});

test.each(['ec', 'rsa', 'ed25519'] as const)('a signature by a key (%s) that is trusted holds', async (type) => {
  const { own, trusted } = keys(type);
  const { bundle } = await written('--sign', own);
  const { code, out } = await commandLine('evidence', '--verify', bundle, '--key', trusted);
  expect(code).toBe(ExitCode.CLEAN);
  expect(out).toContain('Signed by this key');
});

test('without a key to trust, a signature vouches for nothing more', async () => {
  const { bundle } = await written('--sign', keys('ec').own);
  const { code, out } = await commandLine('evidence', '--verify', bundle);
  expect(code).toBe(ExitCode.CLEAN);
  expect(out).toContain('Integrity only: it says that the key');
});

test('a signature by another key does not hold', async () => {
  const { bundle } = await written('--sign', keys('ec').own);
  const { code, out } = await commandLine('evidence', '--verify', bundle, '--key', keys('ec').trusted);
  expect(code).toBe(ExitCode.FINDINGS);
  expect(out).toContain('by another key');
});

test('a manifest that was changed after it was signed does not hold', async () => {
  const { own, trusted } = keys('ec');
  const { bundle, files } = await written('--sign', own);
  writeFileSync(
    path.join(bundle, 'manifest.json'),
    files['manifest.json'].replace(/"day": "[^"]*"/, '"day": "2020-01-01"'),
  );
  const { code, out } = await commandLine('evidence', '--verify', bundle, '--key', trusted);
  expect(code).toBe(ExitCode.FINDINGS);
  expect(out).toContain('by nobody: it does not match');
});

test('who names a key expects a signature', async () => {
  const { bundle } = await written();
  const { code } = await commandLine('evidence', '--verify', bundle, '--key', keys('ec').trusted);
  expect(code).toBe(ExitCode.FINDINGS);
});

test.each([
  ['no bundle', {}],
  ['a manifest that is no JSON', { 'manifest.json': '{' }],
  ['the manifest of an assembly', ASSEMBLY],
])('%s ends with 3', async (_, files) => {
  const { code, err } = await commandLine('evidence', '--verify', folders.with(files));
  expect(code).toBe(ExitCode.COULD_NOT_RUN);
  expect(err).not.toContain('mistake of commerce-baseline');
});

test('a file that is no key ends with 3, before anything is written', async () => {
  const { code, files } = await written('--sign', path.join(folders.with({ key: 'no key' }), 'key'));
  expect(code).toBe(ExitCode.COULD_NOT_RUN);
  expect(files).toEqual({});
});
