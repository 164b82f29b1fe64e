import { terminalOf, type Stream } from '../../lib/cli/terminal';

/** A stream that remembers, and says that it ends at a person when asked to. */
function stream(isTTY: boolean): Stream & { text: string } {
  const written = {
    text: '',
    isTTY,
    hasColors: () => isTTY,
    write: (chunk: string | Uint8Array) => {
      written.text += String(chunk);
      return true;
    },
  };
  return written;
}

const now = new Date('2026-11-23T12:00:00Z');

test('results go to one stream, words about the work to the other', () => {
  const [stdout, stderr] = [stream(false), stream(false)];
  const terminal = terminalOf({ stdout, stderr }, now);
  terminal.print('a result');
  terminal.tell('a word');
  expect([stdout.text, stderr.text]).toEqual(['a result\n', 'a word\n']);
});

test.each([
  ['a person sees colours', true, '\u001b[31mfailure\u001b[39m'],
  ['a file gets none', false, 'failure'],
])('%s', (_, isTTY, tinted) => {
  const terminal = terminalOf({ stdout: stream(isTTY), stderr: stream(true) }, now);
  expect(terminal.tint('bad', 'failure')).toBe(tinted);
});

test('a log hears nothing of progress', async () => {
  const stderr = stream(false);
  const progress = await terminalOf({ stdout: stream(true), stderr }, now).progress('Asking');
  progress.say('Still asking');
  progress.stop();
  expect(stderr.text).toBe('');
});
