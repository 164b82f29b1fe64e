import { readdirSync } from 'node:fs';
import * as path from 'node:path';
import { codeOf } from '../support/built-handlers';
import { ForeignProject } from '../support/foreign-project';

const root = path.join(__dirname, '../..');
const project = new ForeignProject();
const files = project.packed.files.map((file) => file.path);

/** Sources in `lib`, without their ending, as far as they are compiled file by file. */
const compiled = readdirSync(path.join(root, 'lib'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !/^(app|cli)\/|\/handlers\//.test(file))
  .map((file) => file.slice(0, -'.ts'.length));
const sources = readdirSync(path.join(root, 'lib'), { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.handler.ts'),
);
const domains = [...new Set(sources.map((file) => file.split(path.sep)[0]))];
const handlers = sources.map((file) => path.basename(file, '.handler.ts'));

afterAll(() => project.remove());

test('holds each construct with its types, each handler, and both entry points: nothing old, nothing else', () => {
  const others = files.filter((file) => !/^dist\/app\/.*\.d\.ts$|^dist\/cli\//.test(file));
  expect(others.sort()).toEqual(
    [
      ...compiled.flatMap((file) => [`dist/${file}.js`, `dist/${file}.d.ts`]),
      'dist/app/index.js',
      ...domains.map((domain) => `assets/handlers/${domain}.zip`),
      'assets/handlers/index.json',
      ...['.jsii', '.jsii.gz', 'package.json'],
      ...['CHANGELOG.md', 'LICENSE', 'NOTICE', 'README.md', 'THIRD-PARTY-NOTICES.txt'],
    ].sort(),
  );
});

test('shows of the entry point ./app what a merchant sees, and no schema library', () => {
  expect(files.filter((file) => /^dist\/app\/.*\.d\.ts$/.test(file)).map((file) => path.basename(file))).toEqual([
    'build-stores.d.ts',
    'define-store.d.ts',
    'index.d.ts',
    'rule-pack-names.d.ts',
    'staging-of.d.ts',
    'store-config.d.ts',
    'tier-names.d.ts',
  ]);
});

test('takes 6 MB at most once it is installed', () => {
  expect(project.packed.unpackedSize).toBeLessThanOrEqual(6_000_000);
});

test('each handler is 1 MB at most, unpacked', () => {
  expect(handlers.length).toBeGreaterThan(20);
  expect(handlers.filter((name) => Buffer.byteLength(codeOf(name)) > 1_000_000)).toEqual([]);
});
