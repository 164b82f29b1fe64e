import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { type App, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { StatefulGuard } from '../../../lib';
import { type AssemblyReview } from '../../../lib/cli/assembly-review';
import { renderLock } from '../../../lib/compliance/guard/stateful-lock';
import { ENV, lockOf, type Build } from '../../support/guard';
import { reviewApp } from '../../support/review';

const directory = mkdtempSync(path.join(tmpdir(), 'guard-'));
const lockFile = path.join(directory, 'stateful.lock.json');

afterAll(() => rmSync(directory, { recursive: true }));

const stack = (app: App): Stack => new Stack(app, 'Shop', { env: ENV });

const pictures =
  (id: string, removalPolicy = RemovalPolicy.RETAIN): Build =>
  (app) =>
    void new Bucket(stack(app), id, { removalPolicy, bucketName: 'acme-pictures' });

/** What the guard says at the synthesis of an app, of which `before` is the lock. */
function said(before: Build, after: Build, context: Readonly<Record<string, string>> = {}): AssemblyReview['findings'] {
  writeFileSync(lockFile, renderLock(lockOf(before)));
  const { findings } = reviewApp(
    (app) => {
      after(app);
      Validations.of(app).addPlugins(new StatefulGuard({ lockFile }));
    },
    { context },
  );
  return findings.filter(({ pack }) => pack === 'StatefulGuard');
}

test('is silent where nothing would be lost', () => {
  expect(said(pictures('Pictures'), pictures('Pictures'))).toEqual([]);
});

test('names what would be lost, what AWS would do, and the way on', () => {
  const [finding, ...others] = said(pictures('Pictures'), pictures('Photos'));
  expect(finding).toMatchObject({ rule: 'stateful-removed', severity: 'error', constructPath: 'Shop' });
  expect(finding.description).toMatch(
    /^AWS::S3::Bucket Pictures\w+ of Shop \(Shop\/Pictures\/Resource\) would be removed\. CloudFormation leaves it behind/,
  );
  expect(finding.fix).toContain('npx commerce-baseline guard --update --reason "<why>" --owner <who>');
  expect(others).toMatchObject([{ rule: 'stateful-unrecorded', severity: 'warning' }]);
});

test('shows the construct where it is still there', () => {
  const found = said(pictures('Pictures'), pictures('Pictures', RemovalPolicy.DESTROY));
  expect(found).toMatchObject([
    { rule: 'stateful-unretained', constructPath: 'Shop/Pictures/Resource' },
    { rule: 'stateful-unretained', constructPath: 'Shop/Pictures/Resource' },
  ]);
});

test('in an emergency it warns, with the reason', () => {
  const [finding] = said(pictures('Pictures'), pictures('Photos'), { emergency: 'The shop is down' });
  expect(finding).toMatchObject({ rule: 'stateful-removed', severity: 'warning' });
  expect(finding.description).toContain('Going on because of an emergency: The shop is down.');
});

test.each([
  ['cannot be understood', '{', 'is no lock'],
  ['is not there', undefined, 'does not exist'],
])('a lock that %s is an error, never a pass', (_, text, problem) => {
  rmSync(lockFile, { force: true });
  if (text !== undefined) {
    writeFileSync(lockFile, text);
  }
  const { findings } = reviewApp((app) => {
    pictures('Pictures')(app);
    Validations.of(app).addPlugins(new StatefulGuard({ lockFile }));
  });
  const [finding] = findings.filter(({ pack }) => pack === 'StatefulGuard');
  expect(finding).toMatchObject({ rule: 'lock-unreadable', severity: 'error' });
  expect(finding.description).toContain(problem);
});
