import { type ResourceRule } from '../rule';
import { about, compliant, together, unless } from '../verdict';

export const taskVolumeTls: ResourceRule = {
  name: 'task-volume-tls',
  severity: 'medium',
  statement: 'Files travel between a task and its file system encrypted, and only for its role.',
  fix: 'Set transitEncryption and iam of the volume to ENABLED.',
  appliesTo: ['AWS::ECS::TaskDefinition'],
  judge: (task) =>
    about(task.at('Volumes').items, (volume) => {
      const files = volume.at('EFSVolumeConfiguration');
      return !files.isPresent
        ? compliant()
        : together(
            () =>
              unless(
                files.at('TransitEncryption').is('ENABLED'),
                'a volume is mounted without TLS',
                files.at('TransitEncryption'),
              ),
            () =>
              unless(
                files.at('AuthorizationConfig', 'IAM').is('ENABLED'),
                'a volume is mounted without IAM',
                files.at('AuthorizationConfig', 'IAM'),
              ),
          );
    }),
};
