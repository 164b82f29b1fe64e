import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import demo from '../../config/demo';
import medusa from '../../config/medusa';
import woocommerce from '../../config/woocommerce';
import { DatabaseSource } from '../../lib';
import { defineStore, type StoreConfig } from '../../lib/app';
import { readAssembly, type CloudAssembly } from '../../lib/cli/cloud-assembly';
import { ExitCode } from '../../lib/cli/exit-code';
import { assemblyOf } from '../support/assembly';
import { commandLine, type Ended } from '../support/check';

const scratch = mkdtempSync(path.join(tmpdir(), 'restored-'));
const made: string[] = [scratch];

afterAll(() => made.forEach((directory) => rmSync(directory, { recursive: true })));

/** `store` with `database`, synthesised. */
function synthesised(store: StoreConfig, database?: StoreConfig['database']): string {
  const directory = assemblyOf({ it: defineStore({ ...store, database, packs: [] }) });
  made.push(directory);
  return directory;
}

const SNAPSHOT = 'arn:aws:rds:ap-southeast-1:111122223333:cluster-snapshot:awsbackup:job-1a2b';

const source = DatabaseSource.snapshot(SNAPSHOT);

/** Names of exports in `assembly`, and of what is imported there. */
function exchanged({ stacks }: CloudAssembly): { readonly exported: Set<string>; readonly imported: Set<string> } {
  const text = JSON.stringify(stacks.flatMap(({ templates }) => templates));
  const names = (pattern: RegExp): Set<string> => new Set([...text.matchAll(pattern)].map(([, name = '']) => name));
  return {
    exported: names(/"Export":\{"Name":"([^"]+)"/g),
    imported: names(/"Fn::ImportValue":"([^"]+)"/g),
  };
}

// With a proxy and logins by IAM; with passwords; with passwords in MySQL, and files.
describe.each(Object.entries({ demo, medusa, woocommerce }))('the store %s, restored', (name, store) => {
  const lock = path.join(scratch, `${name}.lock.json`);
  const before = synthesised(store);
  const after = synthesised(store, { generation: 2, source });
  const guard = (assembly: string, ...words: string[]): Promise<Ended> =>
    commandLine('guard', assembly, '--lock', lock, ...words);
  const decided = ['--update', '--owner', 'ops@acme.example', '--reason', 'A table was dropped'];

  beforeEach(async () => {
    rmSync(lock, { force: true });
    await guard(before, '--update');
  });

  test('loses nothing that another stack imports, or the first stack of the deployment would be refused', () => {
    const { imported } = exchanged(readAssembly(before));
    const { exported } = exchanged(readAssembly(after));
    expect(imported.size).toBeGreaterThan(10);
    expect([...imported].filter((each) => !exported.has(each))).toEqual([]);
  });

  test('has nothing left that means the cluster before: logins, proxy, roles, alarms, restore tests follow', () => {
    const templates = readAssembly(after).stacks.flatMap((stack) =>
      stack.templates.map((each) => JSON.stringify(each)),
    );
    const [identifier = ''] = /[a-z]+-production-[0-9a-f]{8}(?=-g2")/.exec(templates.join()) ?? [];
    const means = new RegExp(`Database(Cluster|Writer|Reader\\d)(?!G2)(?=["A-Z][^:]*")|${identifier}(?!-g2)`, 'g');
    const found = templates.flatMap((template) => [...template.matchAll(means)].map(([each]) => each));
    expect(identifier).not.toBe('');
    expect(found).toEqual([]);
  });

  test('is refused until somebody says why, and then it is what must not be lost', async () => {
    const { code, out } = await guard(after);
    expect(code).toBe(ExitCode.FINDINGS);
    expect(out).toContain('under the logical id DatabaseClusterG2');
    expect(out).not.toContain('It is restored from no snapshot');
    expect((await guard(after, '--update')).code).toBe(ExitCode.COULD_NOT_RUN);
    expect((await guard(after, ...decided)).code).toBe(ExitCode.CLEAN);
    expect(await guard(after)).toMatchObject({ code: ExitCode.CLEAN, out: 'Nothing would be lost.\n' });
  });

  test.each([
    ['without its data', { generation: 2 }, 'It is restored from no snapshot and no moment'],
    ['in the place of the cluster that is kept', { source }, 'DatabaseCluster of'],
  ])('%s is seen for what it is', async (_, database, said) => {
    const { code, out } = await guard(synthesised(store, database));
    expect(code).toBe(ExitCode.FINDINGS);
    expect(out).toContain(said);
  });

  test.each([
    ['forgets its source', { generation: 2 }],
    ['is given another source', { generation: 2, source: DatabaseSource.snapshot(`${SNAPSHOT}-other`) }],
    ['goes back to the generation before', {}],
  ])('is refused once more when it %s', async (_, database) => {
    await guard(after, ...decided);
    const { code, out } = await guard(synthesised(store, database));
    expect(code).toBe(ExitCode.FINDINGS);
    expect(out).toContain('DatabaseClusterG2 of');
  });
});
