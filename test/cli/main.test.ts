import { spawn } from 'node:child_process';
import { once } from 'node:events';
import * as path from 'node:path';

const ROOT = path.join(__dirname, '../..');

test('whoever reads the first line only, as "| head -1" does, sees no mistake of ours', async () => {
  const program = path.join(ROOT, 'bin/commerce-baseline.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', program, '--help'], { cwd: ROOT });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.stdout.destroy();
  const [code] = (await once(child, 'close')) as [number | null];
  expect({ code, said }).toEqual({ code: 0, said: '' });
});
