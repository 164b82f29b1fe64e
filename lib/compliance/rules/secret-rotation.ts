import { type ResourceRule } from '../rule';
import { unless } from '../verdict';

export const secretRotation: ResourceRule = {
  name: 'secret-rotation',
  severity: 'medium',
  statement: 'A secret gets a new value regularly.',
  fix: 'Add a rotation schedule.',
  appliesTo: ['AWS::SecretsManager::Secret'],
  judge: (secret, graph) =>
    unless(
      graph.referrers(secret, 'AWS::SecretsManager::RotationSchedule', 'SecretId').length > 0,
      'nothing rotates it',
    ),
};
