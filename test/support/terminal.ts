import { type Terminal } from '../../lib/cli/terminal';

/** A terminal that nobody looks at, on the day of every test, and what was written to it. */
export class WrittenTerminal implements Terminal {
  public readonly now = new Date('2026-11-23T12:00:00Z');
  /** Results. */
  public out = '';
  /** What was said about the work. */
  public err = '';

  public print(text: string): void {
    this.out += `${text}\n`;
  }

  public tell(text: string): void {
    this.err += `${text}\n`;
  }

  public tint(_: unknown, text: string): string {
    return text;
  }

  public progress(): ReturnType<Terminal['progress']> {
    return Promise.resolve({ say: () => undefined, stop: () => undefined });
  }
}
