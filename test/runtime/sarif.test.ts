import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import type { Log } from 'sarif';
import { commandLine, directoryOf, reportOf, smallAssembly, violation } from '../support/check';

const BINARY = path.join(__dirname, '../../node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool');

const directory = mkdtempSync(path.join(tmpdir(), 'sarif-'));
const tool = path.join(directory, 'Sarif.Multitool');

beforeAll(() => {
  // What npm unpacks cannot be executed where install scripts do not run.
  copyFileSync(BINARY, tool);
  chmodSync(tool, 0o755);
});

afterAll(() => rmSync(directory, { recursive: true }));

/** What Microsoft's validator says about the log in `file`: the rules it names, worst first. */
function validate(file: string): { status: number | null; said: string[] } {
  const output = `${file}.validated`;
  const env = { ...process.env, DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: '1' };
  const options = ['--level', 'Error;Warning', '--kind', 'Fail', '--output', output, '--log', 'ForceOverwrite'];
  const { status } = spawnSync(tool, ['validate', file, ...options], { env, encoding: 'utf8' });
  const { runs } = JSON.parse(readFileSync(output, 'utf8').replace(/^\ufeff/, '')) as Log;
  return { status, said: runs.flatMap(({ results = [] }) => results.map(({ ruleId = '' }) => ruleId)) };
}

async function written(name: string, change: (log: Log) => void = () => undefined): Promise<string> {
  const acknowledged = violation({ acknowledgedId: 'x', acknowledgedAt: 'Shop', reason: 'Logged {elsewhere}' });
  const found = violation({ ruleName: 'AwsSolutions-IAM5[Resource::<Bucket.Arn>/*]' });
  const assembly = directoryOf(smallAssembly({ 'validation-report.json': reportOf([found], [acknowledged]) }));
  const file = path.join(directory, name);
  await commandLine('check', assembly, '--packs', '--format', 'sarif', '--root', assembly, '--output', file);
  rmSync(assembly, { recursive: true });
  const log = JSON.parse(readFileSync(file, 'utf8')) as Log;
  change(log);
  writeFileSync(file, JSON.stringify(log, null, 2));
  return file;
}

test("Microsoft's validator accepts the log", async () => {
  expect(validate(await written('check.sarif'))).toEqual({ status: 0, said: [] });
}, 120_000);

test('the validator would object to a result of a rule that is not there', async () => {
  const file = await written('broken.sarif', ({ runs }) =>
    runs[0].results?.forEach((result) => (result.ruleIndex = 99)),
  );
  expect(validate(file).said).not.toEqual([]);
}, 120_000);
