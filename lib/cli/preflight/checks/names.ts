import { resourcesOf, type PlacedResource } from '../../store-assembly';
import { at, textOf } from '../../template-text';
import { NAMED_AT_THE_EDGE } from '../named-at-the-edge';
import type { NamedType } from '../named-type';
import { NAMED_IN_A_REGION } from '../named-in-a-region';
import { failure, ok, type Check, type Probe } from '../probe';

/** Types whose names have to be free. */
export const NAMED_TYPES: Readonly<Record<string, NamedType>> = { ...NAMED_IN_A_REGION, ...NAMED_AT_THE_EDGE };

/** Whether the names that templates give are free, as far as the stack that gives them is not there yet. */
export const names: Check = ({ store, aws, live }) =>
  resourcesOf(store).flatMap(({ type, properties, stack }: PlacedResource): Probe[] => {
    const named = NAMED_TYPES[type];
    const name = named && textOf(at(properties, ...named.name), stack);
    if (named === undefined || name === undefined) {
      return [];
    }
    return [
      {
        check: 'name',
        subject: `${named.called} ${name}`,
        place: type.startsWith('AWS::CloudFront::') ? 'global' : stack.region,
        actions: [named.action, 'cloudformation:DescribeStacks'],
        ask: async () => {
          if (!(await live.isStillToCome(stack))) {
            return ok(`${stack.name} is there.`);
          }
          return (await named.isTaken(aws, stack.region, name))
            ? failure(
                'Taken: something of that name is left over, or somebody else’s.',
                named.remove(stack.region, name),
              )
            : ok('Free.');
        },
      },
    ];
  });
