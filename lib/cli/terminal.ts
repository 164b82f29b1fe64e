import { styleText } from 'node:util';

/** How much a line matters. */
export type Tone = 'good' | 'bad' | 'doubtful' | 'faint';

/** Shows that a command is at work. */
export interface Progress {
  /** Says what it is doing now. */
  say(text: string): void;
  /** Takes the line away. */
  stop(): void;
}

/** Where a command reads the clock and writes: results to one stream, everything about the work to the other. */
export interface Terminal {
  /** Now. */
  readonly now: Date;
  /** Writes a result, with a line break behind it. */
  print(text: string): void;
  /** Writes about the work: not part of the result. */
  tell(text: string): void;
  /** Colours `text` when a person is looking. */
  tint(tone: Tone, text: string): string;
  /** Shows that the command is at work, when a person is looking. */
  progress(text: string): Promise<Progress>;
}

const TINTS: Readonly<Record<Tone, Parameters<typeof styleText>[0]>> = {
  good: 'green',
  bad: 'red',
  doubtful: 'yellow',
  faint: 'dim',
};

/** A stream that may end at a person. */
export type Stream = Pick<NodeJS.WriteStream, 'write'> & Partial<Pick<NodeJS.WriteStream, 'isTTY' | 'hasColors'>>;

/** What the process was given. */
export interface Streams {
  readonly stdout: Stream;
  readonly stderr: Stream;
}

/** The terminal of a process: colours only where they are seen (and not under NO_COLOR), progress only on a terminal. */
export function terminalOf({ stdout, stderr }: Streams, now: Date): Terminal {
  const colours = stdout.isTTY === true && stdout.hasColors?.() === true;
  return {
    now,
    print: (text) => void stdout.write(`${text}\n`),
    tell: (text) => void stderr.write(`${text}\n`),
    tint: (tone, text) => (colours ? styleText(TINTS[tone], text, { validateStream: false }) : text),
    progress: (text) => (stderr.isTTY === true ? spinner(text) : Promise.resolve(SILENT)),
  };
}

const SILENT: Progress = { say: () => undefined, stop: () => undefined };

async function spinner(text: string): Promise<Progress> {
  const { default: ora } = await import('ora');
  const running = ora({ text, discardStdin: false }).start();
  return { say: (next) => void (running.text = next), stop: () => void running.stop() };
}
