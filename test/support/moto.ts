import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';
import { freePort } from './free-port';

/** A local server of AWS APIs on loopback. What of it is real is a matter of each service: see what a test says. */
export class MotoServer {
  private process?: ChildProcess;

  /** Starts it and has every AWS client of this process speak to it that has not been used before. */
  public async start(): Promise<void> {
    if (spawnSync('moto_server', ['--help']).status !== 0) {
      throw new Error('No moto_server here: "pip install \'moto[all,server]==5.2.1\'" brings one.');
    }
    const port = await freePort();
    this.process = spawn('moto_server', ['-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
    // moto takes the account from the host name, and 127.0.0.1 for one.
    const endpoint = `http://localhost:${port}`;
    await untilItAnswers(endpoint);
    Object.assign(process.env, {
      AWS_ENDPOINT_URL: endpoint,
      AWS_REGION: 'eu-central-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
    });
  }

  public async stop(): Promise<void> {
    const { process } = this;
    if (process !== undefined) {
      const stopped = new Promise((resolve) => process.once('exit', resolve));
      process.kill();
      await stopped;
    }
  }
}

async function untilItAnswers(endpoint: string): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const answered = await fetch(endpoint).then(
      () => true,
      () => false,
    );
    if (answered) {
      return;
    }
    await setTimeout(200);
  }
  throw new Error('moto_server does not answer');
}
