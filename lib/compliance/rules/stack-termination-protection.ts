import { type StackRule } from '../rule';
import { isStateful } from '../../core/stateful-types';
import { notApplicable, undecidable, unless } from '../verdict';

export const stackTerminationProtection: StackRule = {
  name: 'stack-termination-protection',
  severity: 'medium',
  statement: 'A stack that holds data cannot be deleted by one call.',
  fix: 'Set terminationProtection on the stack.',
  judgeStack: ({ resources, terminationProtection, parent }) => {
    const data = resources.find(({ type }) => isStateful(type));
    // A nested stack goes with the stack around it.
    if (data === undefined || parent !== undefined) {
      return notApplicable();
    }
    return terminationProtection === undefined
      ? undecidable('the assembly does not say whether the stack is protected')
      : unless(terminationProtection, `it holds ${data.type} ${data.logicalId}, and its termination protection is off`);
  },
};
