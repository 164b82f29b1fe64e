import { statementsOf } from '../policy/statement';
import { refusesWithoutTls } from '../policy/tls-only';
import { type ResourceRule } from '../rule';
import { some } from '../template-graph/cannot-tell';
import { unless } from '../verdict';

const MOUNTS = ['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientWrite'];

export const fileSystemPolicy: ResourceRule = {
  name: 'file-system-policy',
  severity: 'high',
  statement: 'Shared files are mounted over TLS alone.',
  fix: 'Give the file system a policy that denies mounts without aws:SecureTransport.',
  appliesTo: ['AWS::EFS::FileSystem'],
  judge: (files) => {
    const policy = files.at('FileSystemPolicy');
    const refused = some(statementsOf(files, 'FileSystemPolicy'), (statement) =>
      refusesWithoutTls(statement, ...MOUNTS),
    );
    return unless(refused, policy.isPresent ? 'its policy lets a mount without TLS pass' : 'it has no policy', policy);
  },
};
