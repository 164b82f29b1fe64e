import { type ResourceRule } from '../rule';
import { looksSecret } from '../secret-names';
import { about, unless } from '../verdict';
import { containersOf } from './support/containers';

export const taskNoPlainSecrets: ResourceRule = {
  name: 'task-no-plain-secrets',
  severity: 'high',
  statement: 'No secret stands in a task definition.',
  fix: 'Give it as a secret of Secrets Manager or the Parameter Store.',
  appliesTo: ['AWS::ECS::TaskDefinition'],
  judge: (task) =>
    about(containersOf(task), ({ name, value }) =>
      about(value.at('Environment').items, (variable) => {
        const key = variable.at('Name').plain ?? '';
        return unless(
          !looksSecret(key, variable.at('Value').text ?? ''),
          `container ${name} has ${key} in the open`,
          variable.at('Value'),
        );
      }),
    ),
};
