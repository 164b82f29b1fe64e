import { App, Stack, type StackProps } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { TODAY_CONTEXT } from '../../lib/core/clock';

/** The day on which every test takes place. */
export const TODAY = { [TODAY_CONTEXT]: '2026-11-23' };

/** A stack of somebody else's: no feature flags, no context of ours but the day. */
export function foreignStack(props: StackProps = {}, context: Readonly<Record<string, unknown>> = {}): Stack {
  const app = new App({
    context: { ...TODAY, ...context },
    analyticsReporting: false,
  });
  return new Stack(app, 'Foreign', props);
}

/** The template of a foreign stack that `build` fills. */
export function templateOf(build: (stack: Stack) => void, props: StackProps = {}): Template {
  const stack = foreignStack(props);
  build(stack);
  return Template.fromStack(stack);
}
