import { type ResourceRule } from '../rule';
import { some } from '../template-graph/cannot-tell';
import { compliant, unless } from '../verdict';
import { installsPatches, isPatchPolicy, reaches } from './support/patch-schedule';

export const hostPatchedOnSchedule: ResourceRule = {
  name: 'host-patched-on-schedule',
  severity: 'high',
  statement: 'A maintenance window, an association or a patch policy of Systems Manager installs patches on each host.',
  fix: 'Add it to HostPatching, or let a maintenance window that runs AWS-RunPatchBaseline select it by a tag.',
  appliesTo: ['AWS::EC2::Instance', 'AWS::AutoScaling::AutoScalingGroup'],
  judge: (host, graph) => {
    if (some(graph.resources('AWS::SSMQuickSetup::ConfigurationManager'), isPatchPolicy)) {
      return compliant();
    }
    const schedules = graph.resources('AWS::SSM::MaintenanceWindowTask', 'AWS::SSM::Association');
    return unless(
      some(schedules, (schedule) => installsPatches(schedule) && reaches(schedule, host)),
      'nothing of the app installs patches on it',
    );
  },
};
