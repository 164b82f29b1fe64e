import { type ResourceRule } from '../rule';
import { unless } from '../verdict';

export const buildSourceWithoutToken: ResourceRule = {
  name: 'build-source-without-token',
  severity: 'high',
  statement: 'The address of a repository that is built holds no token.',
  fix: 'Import the credentials, or use a connection.',
  appliesTo: ['AWS::CodeBuild::Project'],
  judge: (project) => {
    const value = project.at('Source', 'Location');
    return unless(!/^https?:\/\/[^/]*@/.test(value.text ?? ''), 'credentials stand in the address', value);
  },
};
