import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { RemovalPolicy } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { ExitCode } from '../../../lib/cli/exit-code';
import { commandLine, type Ended } from '../../support/check';
import { shop, synthesised } from '../../support/guard';

const directory = mkdtempSync(path.join(tmpdir(), 'guard-'));
const lock = path.join(directory, 'stateful.lock.json');

beforeEach(() => rmSync(lock, { force: true }));
afterAll(() => rmSync(directory, { recursive: true }));

function assembly(id: string): string {
  return synthesised(shop((stack) => void new Bucket(stack, id, { removalPolicy: RemovalPolicy.RETAIN })));
}

const [before, after] = [assembly('Pictures'), assembly('Photos')];

const guard = (assemblyDirectory: string, ...words: string[]): Promise<Ended> =>
  commandLine('guard', assemblyDirectory, '--lock', lock, ...words);

test('without a lock it cannot run, and says how to write one', async () => {
  const { code, err } = await guard(before);
  expect(code).toBe(ExitCode.COULD_NOT_RUN);
  expect(err).toContain('Write it with "npx commerce-baseline guard --update"');
});

test('the first lock needs no reason; then the same app is clean', async () => {
  expect(await guard(before, '--update')).toMatchObject({
    code: ExitCode.CLEAN,
    out: `${lock} names 1 resources that must not be lost. Commit it.\n`,
  });
  expect(await guard(before)).toMatchObject({ code: ExitCode.CLEAN, out: 'Nothing would be lost.\n' });
});

test('a change that would lose something is refused, named, and shown the way on', async () => {
  await guard(before, '--update');
  const { code, out } = await guard(after);
  expect(code).toBe(ExitCode.FINDINGS);
  expect(out).toMatch(
    /^AWS::S3::Bucket Pictures\w+ of Shop \(Shop\/Pictures\/Resource\) would be removed\.\n {2}CloudFormation leaves it behind/,
  );
  expect(out).toContain('If this is wanted: npx commerce-baseline guard --update --reason "<why>" --owner <who>');
});

test('it is recorded with a reason and an owner alone, and stays in the history', async () => {
  await guard(before, '--update');
  const written = readFileSync(lock, 'utf8');
  for (const words of [[], ['--reason', 'Made again'], ['--reason', ' ', '--owner', 'ops@acme.example']]) {
    const { code, err } = await guard(after, '--update', ...words);
    expect({ code, err }).toMatchObject({
      code: ExitCode.COULD_NOT_RUN,
      err: expect.stringContaining('Add --reason') as string,
    });
    expect(readFileSync(lock, 'utf8')).toBe(written);
  }
  const { code, out } = await guard(after, '--update', '--reason', 'Made again', '--owner', 'ops@acme.example');
  expect({ code, out }).toMatchObject({
    code: ExitCode.CLEAN,
    out: expect.stringMatching(/^Recorded: AWS::S3::Bucket Pictures/) as string,
  });
  expect((JSON.parse(readFileSync(lock, 'utf8')) as { history: object[] }).history).toMatchObject([
    { date: '2026-11-23', owner: 'ops@acme.example', reason: 'Made again' },
  ]);
  expect((await guard(after)).code).toBe(ExitCode.CLEAN);
});

test('what the lock does not know yet is named, until it is recorded', async () => {
  await guard(before, '--update');
  const more = synthesised(
    shop((stack) => {
      new Bucket(stack, 'Pictures', { removalPolicy: RemovalPolicy.RETAIN });
      new Bucket(stack, 'More', { removalPolicy: RemovalPolicy.RETAIN });
    }),
  );
  const { code, out } = await guard(more);
  expect(code).toBe(ExitCode.FINDINGS);
  expect(out).toMatch(/does not guard them:\n {2}Shop More\w+\nNothing would be lost\. Record them/);
  expect((await guard(more, '--update')).code).toBe(ExitCode.CLEAN);
});

test('as JSON it says the same', async () => {
  await guard(before, '--update');
  const { code, out } = await guard(after, '--json');
  expect(code).toBe(ExitCode.FINDINGS);
  expect(JSON.parse(out)).toMatchObject({
    clean: false,
    findings: [{ kind: 'removed', type: 'AWS::S3::Bucket', path: 'Shop/Pictures/Resource' }],
    unrecorded: [expect.stringContaining('Shop Photos')],
  });
});

test('a lock that was edited, or an assembly that is none, cannot be judged', async () => {
  await guard(before, '--update');
  writeFileSync(lock, readFileSync(lock, 'utf8').replace('Retain', 'Delete'));
  expect(await guard(before)).toMatchObject({
    code: ExitCode.COULD_NOT_RUN,
    err: expect.stringContaining('was edited by hand') as string,
  });
  expect(await guard(before, '--update')).toMatchObject({ code: ExitCode.COULD_NOT_RUN });
  expect(await guard(directory)).toMatchObject({
    code: ExitCode.COULD_NOT_RUN,
    err: expect.stringContaining('manifest.json') as string,
  });
});
