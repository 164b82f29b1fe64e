import { App, type Environment, Stack, type StackProps } from 'aws-cdk-lib';
import { compareWithLock, type GuardComparison } from '../../lib/compliance/guard/compare';
import { recordOf, type AssemblyRecord } from '../../lib/compliance/guard/record';
import { parseLock, renderLock, type StatefulLock } from '../../lib/compliance/guard/stateful-lock';
import { EMPTY_LOCK, updatedLock } from '../../lib/compliance/guard/update-lock';
import { readAssembly } from '../../lib/compliance/template-graph/read-assembly';
import { TemplateGraph } from '../../lib/compliance/template-graph/template-graph';
import { TODAY } from './stack';

/** Where the stacks of tests are. */
export const ENV: Environment = { account: '111122223333', region: 'eu-central-1' };

/** Fills an app. */
export type Build = (app: App) => void;

/** The directory of an app that `build` fills, synthesised. */
export function synthesised(build: Build): string {
  const app = new App({ context: TODAY, analyticsReporting: false });
  build(app);
  return app.synth().directory;
}

/** An app of one stack, `Shop`, that `build` fills. */
export function shop(build: (stack: Stack) => void, props: StackProps = {}): Build {
  return (app) => build(new Stack(app, 'Shop', { env: ENV, terminationProtection: true, ...props }));
}

/** What an app holds that must not be lost. */
export function recorded(build: Build): AssemblyRecord {
  return recordOf(new TemplateGraph(readAssembly(synthesised(build))).stacks);
}

/** The lock of an app, as it is read back from its file. */
export function lockOf(build: Build): StatefulLock {
  const lock = updatedLock(EMPTY_LOCK, recorded(build), { date: '2026-11-23', owner: '', reason: '' });
  return parseLock(renderLock(lock));
}

/** What a change of an app would lose. */
export function change(before: Build, after: Build): GuardComparison {
  return compareWithLock(lockOf(before), recorded(after));
}
