import { statementsOf } from '../policy/statement';
import { refusesWithoutTls } from '../policy/tls-only';
import { type ResourceRule } from '../rule';
import { some } from '../template-graph/cannot-tell';
import { unless } from '../verdict';

export const fileSystemPolicy: ResourceRule = {
  name: 'file-system-policy',
  severity: 'high',
  statement: 'Shared files are mounted over TLS, by whom a policy names.',
  fix: 'Give the file system a policy that denies access without aws:SecureTransport.',
  appliesTo: ['AWS::EFS::FileSystem'],
  judge: (files) =>
    unless(
      some(statementsOf(files, 'FileSystemPolicy'), (statement) => refusesWithoutTls(statement, 'elasticfilesystem')),
      files.at('FileSystemPolicy').isPresent ? 'its policy lets a mount without TLS pass' : 'it has no policy',
      files.at('FileSystemPolicy'),
    ),
};
