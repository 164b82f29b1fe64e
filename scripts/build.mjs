#!/usr/bin/env node
// Builds what stands beside the TypeScript sources. Without arguments: everything, in the order below.
//
//   handlers   lib/<domain>/**/*.handler.ts -> assets/handlers/<domain>.zip, the code of our Lambda functions
//   library    lib/                -> dist/ and .jsii, the constructs, compiled by jsii
//   door       lib/app/            -> dist/app/, the package's entry point "./app"
//   cli        bin/commerce-baseline.ts -> dist/cli/, the command line
//   app        bin/app.ts          -> dist/bin/app.js, the app of this checkout, which cdk.json runs
//   notices    what is bundled     -> THIRD-PARTY-NOTICES.txt, the licences of others' code in the package
import { Buffer } from 'node:buffer';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { zipSync } from 'fflate';
import { app, cli, door, handlers, root } from './bundles.mjs';
import { writeDeclarations } from './declarations.mjs';
import { writeNotices } from './notices.mjs';

const steps = {
  async handlers() {
    const index = {};
    const written = new Set(['index.json']);
    for (const bundles of handlers()) {
      const domain = path.basename(bundles.outdir);
      const { outputFiles } = await bundle(bundles);
      write(`${bundles.outdir}.zip`, archive(outputFiles));
      for (const { out } of bundles.entryPoints) {
        const entry = outputFiles.find(({ path: file }) => path.basename(file) === `${out}.mjs`);
        // The names of what it imports tell their content: this file is another one when any of its code is.
        index[out] = { domain, digest: createHash('sha256').update(entry.contents).digest('hex').slice(0, 16) };
      }
      outputFiles.forEach(({ path: file }) => written.add(path.join(domain, path.basename(file))));
      written.add(`${domain}.zip`);
    }
    write(path.join(root, 'assets/handlers/index.json'), Buffer.from(`${JSON.stringify(index, null, 1)}\n`));
    sweep('assets/handlers', filesIn('assets/handlers'), (file) => written.has(file));
  },
  library() {
    // Without what it remembers of an earlier build, the compiler writes every file again.
    rmSync(path.join(root, 'dist/tsconfig.tsbuildinfo'), { force: true });
    run('node_modules/.bin/jsii', [
      ...['--generate-tsconfig', 'tsconfig.jsii.json'],
      ...['--silence-warnings', 'reserved-word'],
      '--compress-assembly',
    ]);
    const compiled = filesIn('dist').filter((file) => !/^(app|bin|cli)[\\/]/.test(file) && /\.(js|d\.ts)$/.test(file));
    sweep('dist', compiled, (file) => existsSync(path.join(root, 'lib', file.replace(/\.(js|d\.ts)$/, '.ts'))));
  },
  async door() {
    const declared = writeDeclarations();
    await bundle(door());
    sweep('dist/app', filesIn('dist/app'), (file) => file === 'index.js' || declared.has(file));
  },
  async cli() {
    const { metafile } = await bundle({ ...cli(), metafile: true });
    const written = new Set(Object.keys(metafile.outputs).map((file) => path.relative('dist/cli', file)));
    sweep('dist/cli', filesIn('dist/cli'), (file) => written.has(file));
  },
  app: () => bundle(app()),
  notices: writeNotices,
};

async function bundle(options) {
  const result = await build({ ...options, write: false });
  result.outputFiles.forEach(({ path: file, contents }) => write(file, contents));
  return result;
}

/** Writes what is not there yet: whoever reads the file meanwhile sees it whole, the old one or the new one. */
function write(file, contents) {
  if (!existsSync(file) || !readFileSync(file).equals(contents)) {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(`${file}.${process.pid}`, contents);
    renameSync(`${file}.${process.pid}`, file);
  }
}

/** What Lambda takes, a quarter of the size. The same code is the same archive, whenever and wherever it is made. */
function archive(files) {
  // The format knows local time alone, from 1980 on.
  const options = { mtime: new Date(1980, 0, 1), level: 9, os: 3, attrs: 0o644 << 16 };
  const sorted = files
    .map(({ path: file, contents }) => [path.basename(file), contents])
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return zipSync(Object.fromEntries(sorted.map(([name, contents]) => [name, [contents, options]])));
}

function filesIn(directory) {
  const entries = readdirSync(path.join(root, directory), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(path.join(root, directory), path.join(entry.parentPath, entry.name)));
}

/** Removes what an earlier build left, and this one would not have made. */
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
