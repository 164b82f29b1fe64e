import { type StackRule } from '../rule';
import { compliant, undecidable } from '../verdict';

export const templateReadable: StackRule = {
  name: 'template-readable',
  severity: 'low',
  statement: 'The template holds every resource that will be created.',
  fix: 'Write out what the macro or loop creates, or review what CloudFormation makes of it.',
  judgeStack: ({ transforms, unreadable, resources, graph }) => {
    const macros = transforms.items.map((transform) => transform.describe());
    const nested = resources.filter(
      (resource) => resource.type === 'AWS::CloudFormation::Stack' && graph.nestedStackOf(resource) === undefined,
    );
    const hidden = [
      ...macros.map((macro) => `the macro ${macro} changes it at deployment`),
      ...unreadable.map((id) => `${id} is no resource`),
      ...nested.map(({ logicalId }) => `the template of the nested stack ${logicalId} is not in the assembly`),
    ];
    return hidden.length === 0 ? compliant() : undecidable(hidden.join('; '));
  },
};
