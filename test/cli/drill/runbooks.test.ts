import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import demo from '../../../config/demo';
import medusa from '../../../config/medusa';
import staging from '../../../config/staging';
import woocommerce from '../../../config/woocommerce';
import { Application, Vault, Waiver } from '../../../lib';
import { defineStore, type DefinedStore, type StoreConfig } from '../../../lib/app';
import { factsOf } from '../../../lib/cli/drill/facts';
import { LOSSES, type Loss, type Runbook } from '../../../lib/cli/drill/runbook';
import { runbookFor } from '../../../lib/cli/drill/runbooks';
import { ExitCode } from '../../../lib/cli/exit-code';
import { NAMED_AT_THE_EDGE } from '../../../lib/cli/preflight/named-at-the-edge';
import { NAMED_IN_A_REGION } from '../../../lib/cli/preflight/named-in-a-region';
import { readStore, resourcesOf } from '../../../lib/cli/store-assembly';
import { at, textOf } from '../../../lib/cli/template-text';
import { assemblyOf } from '../../support/assembly';
import { commandLine, type Ended } from '../../support/check';
import { DIGEST } from '../../support/stores';
import { exportsOf } from '../../support/written-code';

const scratch = mkdtempSync(path.join(tmpdir(), 'drill-'));
const made: string[] = [scratch];

afterAll(() => made.forEach((directory) => rmSync(directory, { recursive: true })));

function synthesised(...stores: StoreConfig[]): string {
  const named = stores.map((store, index) => [`store${index}`, defineStore({ ...store, packs: [] })]);
  const directory = assemblyOf(Object.fromEntries(named) as Record<string, DefinedStore>);
  made.push(directory);
  return directory;
}

/** What the runbook for `loss` has somebody write. */
function written(runbook: Runbook): Readonly<Record<string, unknown>> {
  return exportsOf(runbook.steps.flatMap(({ write = [] }) => write).join('\n'));
}

const commandsOf = ({ steps }: Runbook): string[] => steps.flatMap(({ commands = [] }) => commands);

/** The words of a command of ours, with somebody where it asks who. */
function wordsOf(command: string): string[] {
  const words = command.replace('<who>', 'ops@acme.example').replace('npx commerce-baseline ', '');
  return [...words.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
}

const EXAMPLES = { demo, medusa, woocommerce };

const disposable = synthesised(staging);

const before = Object.fromEntries(Object.entries(EXAMPLES).map(([name, store]) => [name, synthesised(store)]));

describe.each(Object.entries(EXAMPLES))('of %s', (name, store) => {
  const assembly = readStore(before[name]);
  const lock = path.join(scratch, `${name}.lock.json`);
  const guard = (directory: string, ...words: string[]): Promise<Ended> =>
    commandLine('guard', directory, '--lock', lock, ...words);

  beforeEach(async () => {
    rmSync(lock, { force: true });
    await guard(before[name], '--update');
  });

  test.each<Loss>(['table', 'cluster'])(
    'after the loss of a %s, the guard takes what it has written, so and not otherwise',
    async (loss) => {
      const runbook = runbookFor(assembly, loss);
      const was = factsOf(assembly).database!;
      const after = synthesised({ ...store, ...written(runbook) });
      const { findings } = JSON.parse((await guard(after, '--json')).out) as {
        findings: { kind: string; logicalId: string; consequence: string }[];
      };
      expect(findings.map(({ logicalId }) => logicalId).sort()).toEqual([...was.leaves].sort());
      expect(
        findings.filter(({ kind, consequence }) => kind !== 'removed' || !consequence.includes('leaves it behind')),
      ).toEqual([]);
      expect(runbook.steps.find(({ commands = [] }) => commands[0] === 'npx commerce-baseline guard')!.shows).toContain(
        `nothing else: ${was.leaves.join(', ')}.`,
      );

      const update = commandsOf(runbook).find((command) => command.includes('guard --update'))!;
      expect((await guard(after, ...wordsOf(update).slice(1))).code).toBe(ExitCode.CLEAN);
      expect(await guard(after)).toMatchObject({ code: ExitCode.CLEAN, out: 'Nothing would be lost.\n' });

      const now = factsOf(readStore(after)).database!;
      expect(now).toMatchObject({ identifier: was.next, generation: 2, alarms: was.alarms, proxy: was.proxy });
      expect(was.alarms).toBeGreaterThan(3);
    },
  );

  test.each<Loss>(['region', 'account'])(
    'after the loss of the %s, a store beside the lost one takes no name of it',
    async (loss) => {
      const runbook = runbookFor(assembly, loss);
      const { elsewhere } = written(runbook) as { elsewhere: (lost: StoreConfig) => DefinedStore };
      const beside = elsewhere({ ...store, packs: [] });
      const directory = synthesised(beside);
      const rebuilt = readStore(directory);
      expect(rebuilt.region).toBe(assembly.offsiteRegion);
      expect(factsOf(rebuilt).database).toMatchObject({ generation: 1 });

      const names = (of: typeof assembly): string[] => [
        ...of.stacks.filter(({ part }) => part !== undefined).map((stack) => stack.name),
        ...resourcesOf(of).flatMap(({ type, properties, stack }) => {
          const named = { ...NAMED_AT_THE_EDGE, ...NAMED_IN_A_REGION }[type]?.name;
          return stack.part === undefined || named === undefined ? [] : (textOf(at(properties, ...named), stack) ?? []);
        }),
      ];
      const taken = new Set(names(assembly));
      expect(taken.size).toBeGreaterThan(15);
      expect(names(rebuilt).filter((each) => taken.has(each))).toEqual([]);

      const { findings, unrecorded } = JSON.parse((await guard(directory, '--json')).out) as {
        findings: object[];
        unrecorded: string[];
      };
      expect(findings).toEqual([]);
      expect(unrecorded.length).toBeGreaterThan(20);
      expect((await guard(directory, '--update')).code).toBe(ExitCode.CLEAN);
      expect((await guard(directory)).code).toBe(ExitCode.CLEAN);
      expect((await guard(before[name])).code).toBe(ExitCode.CLEAN);

      // Every stack and resource of the new store that a command names is there.
      const named = commandsOf(runbook).join('\n');
      const ids = [...named.matchAll(/--stack-name (\S+) --logical-resource-id (\w+)/g)];
      const there = new Set(resourcesOf(rebuilt).map(({ stack, logicalId }) => `${stack.name} ${logicalId}`));
      expect(ids.map(([, stack, id]) => `${stack} ${id}`).filter((each) => !there.has(each))).toEqual([]);
      const paths = [...named.matchAll(/npx cdk deploy (\S+\/\w+)/g)].map(([, stack]) => stack);
      expect(rebuilt.stacks.map((stack) => stack.path)).toEqual(expect.arrayContaining(paths));
    },
  );

  test.each(LOSSES)(
    'for the loss "%s": every step says what is seen, a shell can read it, and the end is an empty diff',
    (loss) => {
      const runbook = runbookFor(assembly, loss);
      expect(runbook.steps.filter(({ shows }) => shows === '')).toEqual([]);
      const last = runbook.steps.at(-1)!;
      const end = loss === 'table' ? runbook.steps.at(-2)! : last;
      expect(end.commands).toEqual([expect.stringMatching(/^npx cdk diff /), 'npx commerce-baseline guard']);
      const script = commandsOf(runbook)
        .join('\n')
        .replaceAll(/<[\w-]+>/gi, 'word');
      const { status, stderr } = spawnSync('bash', ['-n'], { input: script, encoding: 'utf8' });
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      expect(JSON.stringify(runbook)).not.toMatch(/undefined|\[object/);
    },
  );
});

test('a copy in another account is handed over before the store can take it', () => {
  const { offsite } = medusa;
  const apart = readStore(synthesised({ ...medusa, offsite: { ...offsite, account: '444455556666' } }));
  for (const loss of ['region', 'account'] as const) {
    const runbook = runbookFor(apart, loss);
    const text = commandsOf(runbook).join('\n');
    expect(text).toContain('arn:aws:rds:ap-northeast-1:444455556666:cluster-snapshot:handed-over');
    expect(runbook.steps.find(({ write }) => write)!.write).toContain(':cluster-snapshot:handed-over');
    expect(runbook.steps[0].title).toContain('444455556666');
    expect(runbook.gone).toMatch(/^What was written after the newest copy/);
  }
});

test('copies in an air-gapped vault are copied out of it first', () => {
  const backup = { vault: Vault.airGapped({ confirm: 'acme' }) };
  const gapped = runbookFor(readStore(synthesised({ ...medusa, backup })), 'region');
  const first = (of: Runbook, part: string): number => commandsOf(of).findIndex((command) => command.includes(part));
  expect(first(gapped, 'start-copy-job')).toBe(1);
  expect(first(runbookFor(readStore(before.medusa), 'region'), 'start-copy-job')).toBe(-1);
});

test('copies in the account that is gone are said to be gone', () => {
  expect(runbookFor(readStore(before.medusa), 'account').gone).toMatch(
    /^Everything: .* Give offsite an account of its own/,
  );
});

test.each(LOSSES)('a rehearsal that may be destroyed has no way back from the loss "%s"', (loss) => {
  const rehearsal = readStore(disposable);
  expect(() => runbookFor(rehearsal, loss)).toThrow('may be destroyed with all that it holds');
});

describe('the command', () => {
  const drill = (...words: string[]): Promise<Ended> => commandLine('drill', ...words, '--assembly', before.medusa);

  test('prints what would be done, for people and for programs', async () => {
    const { code, out } = await drill('restore', '--loss', 'table', '--dry-run');
    expect(code).toBe(ExitCode.CLEAN);
    expect(out).toMatch(/^Lost for good: Nothing, if you fetch/);
    expect(out).toContain("DatabaseSource.pointInTime({ cluster: 'acme-production-");
    const { out: json } = await drill('restore', 'acme-production', '--loss', 'table', '--dry-run', '--json');
    expect(JSON.parse(json)).toEqual(runbookFor(readStore(before.medusa), 'table'));
  });

  test.each([
    [['restore', '--loss', 'table']],
    [['restore', '--dry-run']],
    [['restore', '--loss', 'mind', '--dry-run']],
  ])('does nothing when it is told %j', async (words) => {
    expect(await drill(...words)).toMatchObject({ code: ExitCode.USAGE, out: '' });
  });

  test('writes a page for each loss', async () => {
    const out = path.join(scratch, 'runbooks');
    expect(await drill('runbook', '--out', out)).toMatchObject({ code: ExitCode.CLEAN });
    expect(readdirSync(out).sort()).toEqual([...LOSSES].map((loss) => `acme-production-${loss}.md`).sort());
  });

  test('says what cannot be come back from', async () => {
    const waiver = Waiver.because('Nothing in it is missed', { owner: 'ops@acme.example' });
    const bare = synthesised({
      ...demo,
      application: Application.container({ image: `public.ecr.aws/acme/shop@${DIGEST}`, port: 8080 }),
      backup: { withoutOffsiteCopy: waiver },
    });
    const out = path.join(scratch, 'bare');
    const { out: said } = await commandLine('drill', 'runbook', '--assembly', bare, '--out', out);
    expect(readdirSync(out)).toEqual(['demo-production-key.md']);
    expect(said).toContain('There is none for the loss "region"');
    for (const [loss, why] of [
      ['table', 'has no database of its own'],
      ['account', 'has no copy off site: what is lost with its account is lost'],
    ]) {
      expect(await commandLine('drill', 'restore', '--assembly', bare, '--loss', loss, '--dry-run')).toMatchObject({
        code: ExitCode.COULD_NOT_RUN,
        err: expect.stringContaining(why) as string,
      });
    }
  });
});
