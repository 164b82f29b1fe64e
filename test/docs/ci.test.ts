import { readFileSync, rmSync } from 'node:fs';
import * as path from 'node:path';
import { commandLine, directoryOf, reportOf, smallAssembly, violation } from '../support/check';

const page = readFileSync(path.join(__dirname, '../../docs/CI.md'), 'utf8');
const rows = new Map([...page.matchAll(/^\| `(\w+)` \| (.*) \|$/gm)].map(([, field = '', text = '']) => [field, text]));

test('the page names every field of the report, and each that its lists hold', async () => {
  const said = { acknowledgedId: 'AwsSolutions::AwsSolutions-S1', acknowledgedAt: 'Shop', reason: 'Logged elsewhere' };
  const packs = { type: 'cdk-commerce-baseline:packs', data: ['AwsSolutions'] };
  const stale = { type: 'aws:cdk:acknowledged-rules', data: { 'AwsSolutions::AwsSolutions-S9': 'Old' } };
  const waived = { protection: 'log-store.lock', owner: 'ops', until: '2026-12-01' };
  const waiver = { type: 'cdk-commerce-baseline:waiver', data: { ...waived, reason: 'Staging', reference: 'SEC-1' } };
  const emergency = {
    type: 'cdk-commerce-baseline:emergency',
    data: { what: 'log-store.lock', owner: 'ops', until: '2026-11-20', emergency: 'Black Friday' },
  };
  const assembly = directoryOf(
    smallAssembly({
      'validation-report.json': reportOf([violation()], [violation(said)]),
      'Shop.metadata.json': { '/Shop': [packs, stale, waiver, emergency] },
    }),
  );
  const { out } = await commandLine('check', assembly, '--packs', '--json', '--base', assembly);
  rmSync(assembly, { recursive: true });
  const { format, version, ...report } = JSON.parse(out) as Record<string, unknown>;
  expect({ format, version }).toEqual({ format: 'cdk-commerce-baseline:check', version: 1 });
  expect([...rows.keys()].filter((field) => field in report)).toEqual(Object.keys(report));
  const unnamed = Object.entries(report).flatMap(([field, list]) => {
    const text = `${rows.get(field)} ${field === 'acknowledged' ? rows.get('findings') : ''}`;
    const items = Array.isArray(list) ? (list as unknown[]) : [];
    const keys = items.flatMap((item) => (typeof item === 'object' ? Object.keys(item!) : []));
    return keys.filter((key) => !text.includes(`\`${key}\``)).map((key) => `${field}.${key}`);
  });
  expect([...new Set(unnamed)]).toEqual([]);
});
