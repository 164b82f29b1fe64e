import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { App } from 'aws-cdk-lib';
import { type CommerceStore } from '../../lib';
import { buildStores, type DefinedStore } from '../../lib/app';
import { TODAY } from './stack';

/**
 * Writes the assembly of `stores`, reviewed by nobody, and returns its directory, which is the caller's to remove.
 *
 * @param add adds to the stores before they are written
 */
export function assemblyOf(
  stores: Readonly<Record<string, DefinedStore>>,
  add: (built: Readonly<Record<string, CommerceStore>>) => void = () => undefined,
): string {
  const outdir = mkdtempSync(path.join(tmpdir(), 'assembly-'));
  const app = new App({ outdir, context: { ...TODAY, store: 'all' }, analyticsReporting: false });
  add(buildStores(app, stores));
  app.synth();
  return outdir;
}
