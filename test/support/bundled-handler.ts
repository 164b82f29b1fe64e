import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { promisify } from 'node:util';
import { builtHandler } from './built-handlers';

const MAIN = `
  const [bundle, event] = process.argv.slice(1);
  const { handler } = await import(bundle);
  await handler(JSON.parse(event), { functionName: 'test', getRemainingTimeInMillis: () => 60_000 });
`;

/** A function as Lambda has it: the bundle, and what the environment says. */
export interface BundledHandler {
  readonly name: string;
  /** Where AWS is. */
  readonly awsUrl: string;
  /** What `NODE_EXTRA_CA_CERTS` holds. */
  readonly authorities: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Runs a bundle on an event, in a process of its own. Rejects with what the process wrote when it fails. */
export async function invokeBundle(handler: BundledHandler, event: object): Promise<void> {
  const bundle = builtHandler(handler.name);
  const directory = mkdtempSync(path.join(tmpdir(), 'handler-'));
  const authorities = path.join(directory, 'ca.pem');
  writeFileSync(authorities, handler.authorities);
  try {
    await promisify(execFile)(
      process.execPath,
      ['--input-type=module', '--eval', MAIN, bundle, JSON.stringify(event)],
      {
        env: {
          AWS_ENDPOINT_URL: handler.awsUrl,
          AWS_REGION: 'eu-central-1',
          AWS_ACCESS_KEY_ID: 'test',
          AWS_SECRET_ACCESS_KEY: 'test',
          NODE_EXTRA_CA_CERTS: authorities,
          ...handler.environment,
        },
      },
    );
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
