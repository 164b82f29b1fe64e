#!/usr/bin/env node
// Builds what stands beside the TypeScript sources. Without arguments: everything, in the order below.
//
//   handlers   lib/**/*.handler.ts -> assets/handlers/<name>/index.mjs, the code of our Lambda functions
//   library    lib/                -> dist/ and .jsii, the constructs, compiled by jsii
//   door       lib/app/            -> dist/app/, the package's entry point "./app"
//   app        bin/app.ts          -> dist/bin/app.js, the app of this checkout, which cdk.json runs
//   notices    what is bundled     -> THIRD-PARTY-NOTICES.txt, the licences of others' code in the package
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { app, door, handlers, root } from './bundles.mjs';
import { writeDeclarations } from './declarations.mjs';
import { writeNotices } from './notices.mjs';

const steps = {
  async handlers() {
    const bundles = handlers();
    await build(bundles);
    const names = new Set(bundles.entryPoints.map(({ out }) => path.dirname(out)));
    sweep('assets/handlers', readdirSync(path.join(root, 'assets/handlers')), (name) => names.has(name));
  },
  library() {
    // Without what it remembers of an earlier build, the compiler writes every file again.
    rmSync(path.join(root, 'dist/tsconfig.tsbuildinfo'), { force: true });
    run('node_modules/.bin/jsii', [
      ...['--generate-tsconfig', 'tsconfig.jsii.json'],
      ...['--silence-warnings', 'reserved-word'],
      '--compress-assembly',
    ]);
    const compiled = filesIn('dist').filter((file) => !/^(app|bin)[\\/]/.test(file) && /\.(js|d\.ts)$/.test(file));
    sweep('dist', compiled, (file) => existsSync(path.join(root, 'lib', file.replace(/\.(js|d\.ts)$/, '.ts'))));
  },
  async door() {
    const declared = writeDeclarations();
    await build(door());
    sweep('dist/app', filesIn('dist/app'), (file) => file === 'index.js' || declared.has(file));
  },
  app: () => build(app()),
  notices: writeNotices,
};

function filesIn(directory) {
  const entries = readdirSync(path.join(root, directory), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(path.join(root, directory), path.join(entry.parentPath, entry.name)));
}

/** Removes what an earlier build left. The rest was overwritten in place: somebody may be reading it. */
function sweep(directory, entries, isWanted) {
  for (const entry of entries.filter((each) => !isWanted(each))) {
    rmSync(path.join(root, directory, entry), { recursive: true });
  }
}

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
