import { readdirSync, statSync } from 'node:fs';
import * as path from 'node:path';
import { ForeignProject } from '../support/foreign-project';

const root = path.join(__dirname, '../..');
const project = new ForeignProject();
const files = project.packed.files.map((file) => file.path);

/** Sources in `lib`, without their ending, as far as they are compiled file by file. */
const compiled = readdirSync(path.join(root, 'lib'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !/^(app|cli)\/|\/handlers\//.test(file))
  .map((file) => file.slice(0, -'.ts'.length));
const handlers = readdirSync(path.join(root, 'lib'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.handler.ts'))
  .map((file) => path.basename(file, '.handler.ts'));

afterAll(() => project.remove());

test('holds each construct with its types, each handler, and both entry points: nothing old, nothing else', () => {
  const others = files.filter((file) => !/^dist\/app\/.*\.d\.ts$|^dist\/cli\//.test(file));
  expect(others.sort()).toEqual(
    [
      ...compiled.flatMap((file) => [`dist/${file}.js`, `dist/${file}.d.ts`]),
      'dist/app/index.js',
      ...handlers.map((name) => `assets/handlers/${name}/index.zip`),
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

// Handlers for two engines, a command line that is its own bundle: what is above 6 MB has to shrink before it grows.
test('takes 7.9 MB at most once it is installed', () => {
  expect(project.packed.unpackedSize).toBeLessThanOrEqual(7_900_000);
});

test('each handler is 1 MB at most, unpacked', () => {
  const size = (name: string): number => statSync(path.join(root, 'assets/handlers', name, 'index.mjs')).size;
  expect(handlers.filter((name) => size(name) > 1_000_000)).toEqual([]);
});
