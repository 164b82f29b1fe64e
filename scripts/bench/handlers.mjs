import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { build } from 'esbuild';
import { handlers, onLambda, root } from '../bundles.mjs';
import { median } from './figures.mjs';

/** Where the bundles of functions lie that do nothing. */
const empty = path.join(root, 'cdk.out/bench/handlers');

/** What functions read from their environment when they start. */
const ENVIRONMENT = {
  AWS_REGION: 'eu-central-1',
  DATABASE_HOST: 'localhost',
  DATABASE_READER_HOST: 'localhost',
  DATABASE_PORT: '5432',
  DATABASE_NAME: 'shop',
  MASTER_SECRET_ARN: 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:master',
  READ_ONLY_LOGINS: '',
};

const IMPORT = `
  const started = performance.now();
  await import(process.argv[1]);
  process.stdout.write(String(performance.now() - started));
`;

/**
 * Every function: the size of its code, how long `node` takes to import it, and how long to import one that has the same
 * clients of the AWS SDK and does nothing with them. The clients are all there is to compare with: without any, nothing is.
 */
export async function measureHandlers(runs, node) {
  const measured = [];
  for (const bundles of handlers()) {
    const { metafile } = await build({ ...bundles, metafile: true, write: false });
    for (const { in: source, out: name } of bundles.entryPoints) {
      const bundle = path.join(bundles.outdir, `${name}.mjs`);
      const clients = await clientsOf(source);
      const files = clients.length === 0 ? [bundle] : [bundle, await bundleOf(name, clients)];
      const turns = Array.from({ length: runs }, () => files.map((file) => importTime(node, file)));
      const [ours, theirs] = files.map((_, index) => median(turns.map((turn) => turn[index])));
      measured.push({ name, bytes: bytesOf(metafile, path.relative(root, bundle)), ours, theirs });
    }
  }
  return measured;
}

/** The size of a file and of all that it imports. */
function bytesOf({ outputs }, entry) {
  const loaded = new Set([entry]);
  for (const file of loaded) {
    outputs[file].imports.filter(({ path: each }) => each in outputs).forEach(({ path: each }) => loaded.add(each));
  }
  return [...loaded].reduce((sum, file) => sum + outputs[file].bytes, 0);
}

/** Packages of SDK clients that a handler, or a file of ours behind it, imports. */
async function clientsOf(source) {
  const { metafile } = await build({
    ...onLambda(),
    entryPoints: [source],
    packages: 'external',
    metafile: true,
    write: false,
  });
  const imports = Object.values(metafile.outputs).flatMap((output) => output.imports.map(({ path: name }) => name));
  return [...new Set(imports)].filter((name) => name.startsWith('@aws-sdk/client-'));
}

/** The bundle of a function that has the client of each package, and does nothing. */
async function bundleOf(name, packages) {
  const classes = await Promise.all(
    packages.map(async (each) => Object.keys(await import(each)).find((exported) => /^[A-Z]\w*Client$/.test(exported))),
  );
  const imports = packages.map((each, index) => `import { ${classes[index]} } from '${each}';`);
  const contents = [...imports, `export const handler = () => [${classes.join(', ')}];`].join('\n');
  const outfile = path.join(empty, `${name}.mjs`);
  await build({ ...onLambda(), stdin: { contents, resolveDir: root }, outfile });
  return outfile;
}

/** Milliseconds until a new process has imported `file`. */
function importTime(node, file) {
  const { status, stdout, stderr } = spawnSync(node, ['--input-type=module', '--eval', IMPORT, file], {
    env: { ...process.env, ...ENVIRONMENT },
  });
  if (status !== 0) {
    throw new Error(`${file} cannot be imported:\n${stderr.toString().slice(0, 2000)}`);
  }
  return Number(stdout);
}
