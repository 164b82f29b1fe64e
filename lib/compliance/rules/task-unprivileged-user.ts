import { type ResourceRule } from '../rule';
import { about, unless } from '../verdict';
import { containersOf } from './support/containers';

export const taskUnprivilegedUser: ResourceRule = {
  name: 'task-unprivileged-user',
  severity: 'medium',
  statement: 'A container runs as a user without privileges.',
  fix: 'Set the user of the container to a number other than 0.',
  appliesTo: ['AWS::ECS::TaskDefinition'],
  judge: (task) =>
    about(
      // What prepares a volume and ends may be root; the rule about capabilities holds for it too.
      containersOf(task).filter(({ essential }) => essential),
      ({ name, value }) => {
        const user = value.at('User');
        const [id = ''] = (user.plain ?? '').split(':');
        return unless(
          id !== '' && id !== '0' && id !== 'root',
          `container ${name} runs as ${user.isPresent ? user.describe() : 'whom its image says'}`,
          user,
        );
      },
    ),
};
