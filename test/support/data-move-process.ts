import { spawn, type ChildProcess } from 'node:child_process';
import * as path from 'node:path';
import { type SessionLogin } from '../../lib/data/handlers/moving/postgresql-session';

/** What the process does, and with what. */
export interface MoveRequest {
  readonly engine: 'postgresql' | 'mysql';
  readonly login: SessionLogin;
  /** Whose certificates it trusts. */
  readonly ca: string;
  /** Where S3 is. */
  readonly s3: string;
  readonly bucket: string;
  readonly event: object;
}

/** The handler in a process of its own, which can be killed. */
export class MoveProcess {
  private readonly process: ChildProcess;
  private said = '';

  public constructor(request: MoveRequest) {
    const script = path.join(__dirname, 'data-move-process-main.ts');
    this.process = spawn(process.execPath, ['--import', 'tsx', script, JSON.stringify(request)], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, POWERTOOLS_LOG_LEVEL: 'SILENT' },
    });
    this.process.stdout?.on('data', (chunk: Buffer) => (this.said += chunk.toString()));
    this.process.stderr?.on('data', (chunk: Buffer) => (this.said += chunk.toString()));
  }

  /** Ends it as a machine ends that loses its power. False when it had ended by itself. */
  public kill(): boolean {
    return this.process.kill('SIGKILL');
  }

  /** How it ended: its answer, or undefined when it was killed. */
  public async end(): Promise<object | undefined> {
    const [code, signal] = await new Promise<[number | null, string | null]>((resolve) =>
      this.process.once('close', (...ended) => resolve(ended)),
    );
    if (signal === 'SIGKILL') {
      return undefined;
    }
    if (code !== 0) {
      throw new Error(this.said);
    }
    return JSON.parse(this.said.trim().split('\n').at(-1) ?? '') as object;
  }
}
