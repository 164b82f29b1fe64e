import { type ResourceRule } from '../rule';
import { STATEFUL_TYPES } from '../../core/stateful-types';
import { type Value } from '../template-graph/value';
import { together, unless } from '../verdict';

export const statefulRetained: ResourceRule = {
  name: 'stateful-retained',
  severity: 'high',
  statement: 'Data outlives the stack, and the template, that made it.',
  fix: 'Set the removal policy to RETAIN or RETAIN_ON_UPDATE_OR_DELETE.',
  appliesTo: STATEFUL_TYPES,
  judge: (resource) => {
    const [deletion, replacement] = [resource.attribute('DeletionPolicy'), resource.attribute('UpdateReplacePolicy')];
    const fallback = resource.type === 'AWS::RDS::DBCluster' ? 'Snapshot' : 'Delete';
    const kept = (policy: Value): boolean =>
      policy.isOneOf('Retain', 'RetainExceptOnCreate', 'Snapshot') || (!policy.isPresent && fallback === 'Snapshot');
    return together(
      () => unless(kept(deletion), 'it is deleted with its stack', deletion),
      () => unless(kept(replacement), 'it is deleted when it is replaced', replacement),
    );
  },
};
