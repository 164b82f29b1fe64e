import { performance } from 'node:perf_hooks';
import { Waiting } from '../../lib/cli/waiting';

/** What a terminal shows while work goes on for a while, step by step. */
async function shown(...secondsAtStep: readonly number[]): Promise<string[]> {
  const lines: string[] = [];
  const now = jest.spyOn(performance, 'now').mockReturnValue(0);
  const waiting = new Waiting({
    progress: () => Promise.resolve({ say: (text) => void lines.push(text), stop: () => void lines.push('gone') }),
  });
  for (const seconds of secondsAtStep) {
    now.mockReturnValue(seconds * 1000);
    await waiting.for(`at ${seconds}`);
  }
  waiting.stop();
  now.mockRestore();
  return lines;
}

test('who waits for less than a second is told nothing', async () => {
  expect(await shown(0, 0.5, 0.9)).toEqual([]);
});

test('who waits longer is told what goes on, until it is done', async () => {
  expect(await shown(0.5, 1.5, 3)).toEqual(['at 1.5', 'at 3', 'gone']);
});
