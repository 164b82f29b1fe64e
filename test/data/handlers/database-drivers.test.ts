import { execFile } from 'node:child_process';
import * as path from 'node:path';
import { promisify } from 'node:util';
import { builtHandler } from '../../support/built-handlers';

/** What the drivers are in our bundles, where parts of them are left out or written otherwise. */
const root = path.join(__dirname, '../../..');

async function printed(script: string, ...args: string[]): Promise<unknown> {
  const options = { cwd: root, env: { ...process.env, AWS_REGION: 'eu-central-1' }, maxBuffer: 2 ** 22 };
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '-e', script, ...args],
    options,
  );
  return JSON.parse(stdout);
}

test('errors of MySQL have the names that the driver gives them', async () => {
  const file = require.resolve('mysql2').replace(/index\.js$/, 'lib/constants/errors.js');
  const names = jest.requireActual<Record<string, string>>(file);
  const codes = Object.keys(names).filter((key) => /^\d+$/.test(key));
  const bundled = await printed(
    `
    import { build } from 'esbuild';
    import { onLambda } from './scripts/bundles.mjs';
    const [file, codes] = process.argv.slice(1);
    const stdin = { contents: \`export { default as names } from '\${file}'\`, resolveDir: '.' };
    const { outputFiles } = await build({ ...onLambda(), stdin, write: false });
    const { names } = await import('data:text/javascript,' + encodeURIComponent(
      outputFiles[0].text.replace('createRequire(import.meta.url)', 'undefined')));
    console.log(JSON.stringify(Object.fromEntries(JSON.parse(codes).map((code) => [code, names[code]]))));
    `,
    file,
    JSON.stringify(codes),
  );
  expect(codes.length).toBeGreaterThan(1500);
  expect(bundled).toEqual(Object.fromEntries(codes.map((code) => [code, names[code]])));
});

test('the driver of PostgreSQL loads no HTTP client to see where it runs', async () => {
  const loaded = await printed(
    `
    await import(process.argv[1]);
    console.log(JSON.stringify(process.moduleLoadList.filter((name) => name.includes('undici'))));
    `,
    builtHandler('declare-postgresql-logins'),
  );
  expect(loaded).toEqual([]);
});
