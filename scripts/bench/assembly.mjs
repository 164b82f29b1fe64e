import { mkdirSync, mkdtempSync, rmSync, writeFileSync, readFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { root } from '../bundles.mjs';

/** Resources of a stack: 3,000 in thirty. */
const IN_A_STACK = 100;

/**
 * What `commerce-baseline check --packs` takes for an assembly of `resources`: the time on the clock in seconds, and the
 * peak of memory in bytes. Every third resource is a bucket of which a rule pack has something to say.
 */
export function checkAssembly(resources) {
  return measured(resources, (assembly) => ['check', assembly, '--packs', '--format', 'sarif']);
}

/** The same of `commerce-baseline evidence`. */
export function evidenceOfAssembly(resources) {
  return measured(resources, (assembly) => ['evidence', assembly, '--out', `${assembly}-evidence`]);
}

function measured(resources, words) {
  const temporary = mkdtempSync(path.join(tmpdir(), 'bench-'));
  const assembly = path.join(temporary, 'cdk.out');
  const peaks = path.join(temporary, 'peaks');
  writeAssembly(assembly, resources);
  const command = [path.join(root, 'dist/cli/commerce-baseline.mjs'), ...words(assembly)];
  const env = {
    ...process.env,
    NODE_OPTIONS: `--require ${JSON.stringify(path.join(root, 'scripts/bench/peak-memory.cjs'))}`,
    PEAK_MEMORY_FILE: peaks,
  };
  const started = performance.now();
  const { status, stderr } = spawnSync(process.execPath, command, { env, maxBuffer: 2 ** 28 });
  const seconds = (performance.now() - started) / 1000;
  if (status !== 1) {
    throw new Error(`${command[1]} ended with ${status}:\n${stderr.toString().slice(0, 2000)}`);
  }
  const memory = Number(readFileSync(peaks, 'utf8')) * 1024;
  rmSync(temporary, { recursive: true, force: true });
  return { seconds, memory };
}

/** Writes an assembly as the CDK does: stacks of buckets, keys and queues that refer to each other. */
function writeAssembly(directory, resources) {
  mkdirSync(directory);
  const write = (file, content) => writeFileSync(path.join(directory, file), JSON.stringify(content, null, 1));
  const stacks = Array.from({ length: resources / IN_A_STACK }, (_, index) => `Stack${index}`);
  const artifacts = stacks.map((name) => [
    name,
    {
      type: 'aws:cloudformation:stack',
      environment: 'aws://111122223333/eu-central-1',
      displayName: name,
      additionalMetadataFile: `${name}.metadata.json`,
      properties: { templateFile: `${name}.template.json`, stackName: name },
    },
  ]);
  write('manifest.json', { version: '54.0.0', artifacts: Object.fromEntries(artifacts) });
  const found = stacks.flatMap((name) => {
    const ids = Array.from({ length: IN_A_STACK }, (_, index) => `Resource${index}`);
    write(`${name}.template.json`, { Resources: Object.fromEntries(ids.map((id, index) => [id, resource(index)])) });
    const metadata = ids.map((id) => [
      `/${name}/${id}/Resource`,
      [{ type: 'aws:cdk:logicalId', data: id }, created(id)],
    ]);
    write(`${name}.metadata.json`, Object.fromEntries(metadata));
    return ids.filter((_, index) => index % 3 === 0).map((id) => ({ constructPath: `${name}/${id}/Resource` }));
  });
  const said = { ruleName: 'AwsSolutions-S1', description: 'No access logs.', severity: 'error' };
  const violations = found.map((construct) => ({ ...said, violatingConstructs: [construct] }));
  write('validation-report.json', {
    version: '54.0.0',
    pluginReports: [{ pluginName: 'AwsSolutions', conclusion: 'failure', violations }],
  });
}

function resource(index) {
  const key = { 'Fn::GetAtt': [`Resource${index - (index % 3) + 1}`, 'Arn'] };
  return [
    { Type: 'AWS::S3::Bucket', Properties: { Tags: [{ Key: 'shop', Value: 'acme' }] } },
    { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: { Statement: [] }, EnableKeyRotation: true } },
    { Type: 'AWS::SQS::Queue', Properties: { KmsMasterKeyId: key } },
  ][index % 3];
}

function created(id) {
  return { type: 'aws:cdk:creationStack', data: [`new ${id} (${root}/lib/shop.ts:12:5)`, `${root}/bin/app.ts:3:1`] };
}
