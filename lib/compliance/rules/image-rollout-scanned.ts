import { type ResourceRule } from '../rule';
import { notApplicable, unless } from '../verdict';

/** What builds an image, what changes what runs, and what asks whether a scan found something. */
const BUILDS = /:codebuild:startBuild\b/;
const ROLLS_OUT = /:(aws-sdk:cloudformation:updateStack|aws-sdk:ecs:updateService|aws-sdk:ssm:putParameter)\b/;
const ASKS = /:aws-sdk:(ecr:describeImageScanFindings|inspector2:(listFindings|listCoverage))\b/;

export const imageRolloutScanned: ResourceRule = {
  name: 'image-rollout-scanned',
  severity: 'high',
  statement: 'A workflow that builds and rolls out asks what a scan of the image found.',
  fix: 'Wait for the findings of the scan (ecr:describeImageScanFindings), and roll nothing out without them.',
  appliesTo: ['AWS::StepFunctions::StateMachine'],
  judge: (stateMachine) => {
    const definition = stateMachine.at('DefinitionString');
    const text = definition.text ?? '';
    if (!BUILDS.test(text) || !ROLLS_OUT.test(text)) {
      return notApplicable();
    }
    return unless(ASKS.test(text), 'it rolls out what nobody searched for known holes', definition);
  },
};
