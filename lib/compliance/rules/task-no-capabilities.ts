import { type ResourceRule } from '../rule';
import { some } from '../template-graph/cannot-tell';
import { about, together, unless } from '../verdict';
import { containersOf } from './support/containers';

export const taskNoCapabilities: ResourceRule = {
  name: 'task-no-capabilities',
  severity: 'medium',
  statement: 'A container has none of the privileges of Linux.',
  fix: 'Drop ALL in linuxParameters.capabilities, add none, and leave privileged out.',
  appliesTo: ['AWS::ECS::TaskDefinition'],
  judge: (task) =>
    about(containersOf(task), ({ name, value }) => {
      const capabilities = value.at('LinuxParameters', 'Capabilities');
      const dropsAll = some(capabilities.at('Drop').items, (dropped) => dropped.is('ALL'));
      return together(
        () => unless(dropsAll, `container ${name} keeps the capabilities that Docker gives`, capabilities),
        () =>
          unless(
            capabilities.at('Add').items.length === 0,
            `container ${name} is given capabilities`,
            capabilities.at('Add'),
          ),
        () => unless(!value.at('Privileged').isTrue, `container ${name} is privileged`, value.at('Privileged')),
      );
    }),
};
