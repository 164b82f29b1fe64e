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

test('pages name every command', () => {
  const named = new Set(COMMANDS.map(([, words]) => wordsOf(words)[0]));
  expect(named).toEqual(new Set(['preflight', 'job', 'teardown']));
});

test.each(COMMANDS)('%s: "commerce-baseline %s" is understood', async (_, command) => {
  const terminal = new WrittenTerminal();
  const [before, ...behind] = command.split(' -- ');
  const words = [...wordsOf(`${before} --assembly /nowhere`), ...behind.flatMap((each) => ['--', ...wordsOf(each)])];
  expect({ code: await runCommand(words, terminal), said: terminal.err }).toEqual({
    code: ExitCode.COULD_NOT_RUN,
    said: expect.stringContaining('manifest.json does not exist') as string,
  });
});
