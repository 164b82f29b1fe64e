import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { ExitCode } from '../../lib/cli/exit-code';
import { runCommand } from '../../lib/cli/program';
import { documents } from '../support/documents';
import { WrittenTerminal } from '../support/terminal';

/** Commands of ours in the pages, up to what a shell makes of them. */
const COMMANDS = documents().flatMap(({ file, text }) =>
  [...text.matchAll(/npx commerce-baseline ([^|`\n>#)]+)/g)].map(([, words = '']) => [file, words.trim()] as const),
);

/** The words that a shell would hand over. */
function wordsOf(command: string): string[] {
  return [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
}

/** Commands that take the assembly by an option; the others read what lies where they run. */
const BY_OPTION = ['preflight', 'job', 'drill', 'teardown'];

const [ofStores, ofAnyApp] = [true, false].map((byOption) =>
  COMMANDS.filter(([, words]) => BY_OPTION.includes(wordsOf(words)[0]) === byOption),
);

const home = process.cwd();
const empty = mkdtempSync(path.join(tmpdir(), 'commands-'));

beforeAll(() => process.chdir(empty));

afterAll(() => {
  process.chdir(home);
  rmSync(empty, { recursive: true });
});

test('pages name every command', () => {
  const named = new Set(COMMANDS.map(([, words]) => wordsOf(words)[0]));
  expect(named).toEqual(new Set([...BY_OPTION, 'check', 'cost', 'evidence', 'guard', 'init']));
});

test.each(ofAnyApp)('%s: "commerce-baseline %s" is understood', async (_, command) => {
  const terminal = new WrittenTerminal();
  await runCommand(wordsOf(command), terminal);
  // So begins what the parser says of words that it does not know.
  expect(terminal.err).not.toMatch(/^error: /m);
});

test.each(ofStores)('%s: "commerce-baseline %s" is understood', async (_, command) => {
  const terminal = new WrittenTerminal();
  const [before, ...behind] = command.split(' -- ');
  const words = [...wordsOf(`${before} --assembly /nowhere`), ...behind.flatMap((each) => ['--', ...wordsOf(each)])];
  expect({ code: await runCommand(words, terminal), said: terminal.err }).toEqual({
    code: ExitCode.COULD_NOT_RUN,
    said: expect.stringContaining('manifest.json does not exist') as string,
  });
});
