import { type ResourceRule } from '../rule';
import { about, unless } from '../verdict';

export const buildEnvironmentWithoutCredentials: ResourceRule = {
  name: 'build-environment-without-credentials',
  severity: 'high',
  statement: 'No credentials stand in the environment of a build.',
  fix: 'Take them from Secrets Manager, or give the build a role.',
  appliesTo: ['AWS::CodeBuild::Project'],
  judge: (project) =>
    about(project.at('Environment', 'EnvironmentVariables').items, (variable) => {
      const name = variable.at('Name').text ?? '';
      const type = variable.at('Type');
      const isPlain = !type.isPresent || type.is('PLAINTEXT');
      return unless(
        !isPlain || !/^AWS_(ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN)$/.test(name),
        `${name} stands there in clear text`,
        variable,
      );
    }),
};
