import { Template } from 'aws-cdk-lib/assertions';
import { pipelineIn } from '../cases/patching';
import { foreignStack } from './stack';
import { InterpretedStateMachine } from './state-machine';

/** A digest, without `sha256:`, of the image that runs before anything is promoted. */
export const OLD = '1'.repeat(64);

/** A pipeline of images, and its definition as it stands in the template. */
const stack = foreignStack();
export const pipeline = pipelineIn(stack);
export const machine = new InterpretedStateMachine(
  Template.fromStack(stack),
  /BuildProject|Repository|JudgeFunction|EvidenceBucket|EvidenceKey|Calendar|LastGoodRun/,
);

/** An error as Step Functions names it. */
export const failure = (name: string, message = ''): Error => Object.assign(new Error(message), { name });
