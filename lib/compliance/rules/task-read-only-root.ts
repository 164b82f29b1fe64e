import { type ResourceRule } from '../rule';
import { about, unless } from '../verdict';
import { containersOf } from './support/containers';

export const taskReadOnlyRoot: ResourceRule = {
  name: 'task-read-only-root',
  severity: 'medium',
  statement: 'A container cannot change its own programs.',
  fix: 'Set readonlyRootFilesystem, and mount volumes where it has to write.',
  appliesTo: ['AWS::ECS::TaskDefinition'],
  judge: (task) =>
    about(containersOf(task), ({ name, value }) => {
      const readOnly = value.at('ReadonlyRootFilesystem');
      return unless(readOnly.isTrue, `container ${name} can write its root file system`, readOnly);
    }),
};
