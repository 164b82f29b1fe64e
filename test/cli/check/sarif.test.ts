import { rmSync } from 'node:fs';
import type { Log, Run } from 'sarif';
import { commandLine, directoryOf, FOUND, reportOf, smallAssembly, violation } from '../../support/check';

const reason = 'Logged elsewhere';
const acknowledged = violation({
  ruleName: 'AwsSolutions-S10',
  acknowledgedId: 'AwsSolutions::AwsSolutions-S10',
  acknowledgedAt: 'Shop',
  reason,
});
const trace =
  '...new Bucket in aws-cdk-lib...\nnew Lib (ROOT/node_modules/lib/index.js:1:1)\nnew Other (/elsewhere/other.ts:1:1)\nnew Shop (ROOT/lib/shop one.ts:12:5)\nROOT/bin/app.ts:3:1';

/** The log of an assembly in which a bucket was made by a line of the repository. */
async function runOf(traced: boolean): Promise<Run> {
  const directory = directoryOf({});
  const stackTraces = traced ? [trace.replaceAll('ROOT', directory)] : undefined;
  const resource = { templatePath: 'Shop.template.json', logicalId: 'Pictures8C' };
  const found = violation({
    violatingConstructs: [{ constructPath: FOUND, cloudFormationResource: resource, stackTraces }],
  });
  const whole = directoryOf(smallAssembly({ 'validation-report.json': reportOf([found], [acknowledged]) }));
  const root = traced ? directory : whole;
  const { out } = await commandLine('check', whole, '--format', 'sarif', '--root', root);
  [directory, whole].forEach((each) => rmSync(each, { recursive: true }));
  return (JSON.parse(out) as Log).runs[0];
}

test('a result names the innermost line of the repository, from its root', async () => {
  const { results = [] } = await runOf(true);
  expect(results[0].locations).toEqual([
    {
      physicalLocation: {
        artifactLocation: { uri: 'lib/shop%20one.ts', uriBaseId: 'SRCROOT' },
        region: { startLine: 12, startColumn: 5 },
      },
      logicalLocations: [{ fullyQualifiedName: FOUND, kind: 'object' }],
    },
  ]);
});

test('where no line is known it names the resource in its template', async () => {
  const { results = [] } = await runOf(false);
  expect(results[0].locations?.[0].physicalLocation).toEqual({
    artifactLocation: { uri: 'Shop.template.json', uriBaseId: 'SRCROOT' },
    region: { startLine: 3 },
  });
});

test('what is acknowledged is suppressed, with the reason', async () => {
  const { results = [] } = await runOf(true);
  expect(results.map(({ ruleId, suppressions }) => [ruleId, suppressions])).toEqual([
    ['AwsSolutions::AwsSolutions-S1', undefined],
    [
      'AwsSolutions::AwsSolutions-S10',
      [{ kind: 'inSource', status: 'accepted', justification: `${reason} (acknowledged at Shop)` }],
    ],
  ]);
});

test('a fingerprint does not depend on the line', async () => {
  const [one, other] = await Promise.all([runOf(true), runOf(false)]);
  const [fingerprints] = one.results?.map(({ partialFingerprints }) => partialFingerprints) ?? [];
  expect(fingerprints).toEqual(other.results?.[0].partialFingerprints);
  expect(fingerprints?.['cdk-commerce-baseline/v1']).toMatch(/^[0-9a-f]{32}$/);
});

test('each result points at the rule that it is about', async () => {
  const { tool, results = [] } = await runOf(true);
  const named = results.map(({ ruleIndex = -1 }) => tool.driver.rules?.[ruleIndex].id);
  expect(named).toEqual(results.map(({ ruleId }) => ruleId));
});
