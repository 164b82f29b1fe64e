import * as z from 'zod/mini';
import {
  Answer,
  answerFindings,
  conclude,
  Failure,
  found,
  stepFindings,
  Tested,
  type Declared,
  type Finding,
  type Verdict,
} from './restore-verdict';

/** What the state machine has gathered of one restored cluster, as AWS calls it. */
export const RestoreTested = z.extend(Tested, {
  cluster: z.optional(
    z.object({
      is: z.object({
        Status: z.string(),
        StorageEncrypted: z.optional(z.boolean()),
        KmsKeyId: z.optional(z.string()),
        IamDatabaseAuthenticationEnabled: z.optional(z.boolean()),
        DbClusterParameterGroup: z.optional(z.string()),
        VpcSecurityGroups: z.optional(z.array(z.object({ VpcSecurityGroupId: z.string() }))),
      }),
    }),
  ),
  /** What the check of the restored database answers. */
  check: z.optional(z.object({ answer: z.extend(Answer, { measuredRecoveryPointSeconds: z.optional(z.number()) }) })),
  /** Why the instance is still there. */
  leftBehind: z.optional(Failure),
});
export type RestoreTested = z.infer<typeof RestoreTested>;

/** How a restored cluster has to be. */
export interface DeclaredCluster extends Declared {
  readonly isChecked: boolean;
  readonly key: string;
  readonly parameterGroup: string;
  readonly securityGroup: string;
}

/** Whether a restored cluster is what it was. */
export function judgeTest(test: RestoreTested, declared: DeclaredCluster): Verdict {
  const { check, cluster, leftBehind } = test;
  const why = `${leftBehind?.Error}; AWS Backup cannot delete a cluster that has an instance`;
  return conclude(test, declared, {
    findings: [
      ...stepFindings(test, {
        failing: cluster === undefined ? 'cluster' : 'instance',
        last: 'instance',
        others: found(leftBehind !== undefined, 'LeftBehind', 'instance', why),
      }),
      ...clusterFindings(test, declared),
      ...rowFindings(test, declared),
    ],
    // A heartbeat in the data tells best.
    recoveryPointSeconds: check?.answer.measuredRecoveryPointSeconds,
    // The check may have an objective of its own.
    isPointJudged: check?.answer.findings.some(({ kind }) => kind === 'RecoveryPointExceeded'),
    more: { rowsWereAsked: declared.isChecked },
  });
}

/** What the restored cluster has otherwise than it should. */
function clusterFindings({ cluster, late }: RestoreTested, declared: DeclaredCluster): Finding[] {
  if (cluster === undefined || late?.what === 'cluster') {
    return [];
  }
  const { is } = cluster;
  const wrong = (isSo: boolean, kind: string, detail: string): Finding[] => found(isSo, kind, 'cluster', detail);
  const groups = (is.VpcSecurityGroups ?? []).map(({ VpcSecurityGroupId }) => VpcSecurityGroupId);
  const isEncrypted = is.StorageEncrypted === true && is.KmsKeyId === declared.key;
  const parameters = is.DbClusterParameterGroup;
  return [
    ...wrong(!isEncrypted, 'EncryptionDiffers', `encrypted with ${is.KmsKeyId ?? 'no key'}`),
    ...wrong(is.IamDatabaseAuthenticationEnabled !== true, 'IamLoginOff', 'nobody can log in by IAM'),
    ...wrong(
      parameters !== declared.parameterGroup,
      'ParametersDiffer',
      `it has ${parameters ?? 'none'}, which may not force TLS`,
    ),
    ...wrong(
      groups.join() !== declared.securityGroup,
      'NotIsolated',
      `it is in the security groups ${groups.join(', ') || 'of the default'}`,
    ),
  ];
}

function rowFindings({ check, usable }: RestoreTested, { isChecked }: DeclaredCluster): readonly Finding[] {
  return check === undefined
    ? found(isChecked && usable !== undefined, 'CheckMissing', 'rows', 'nobody asked the database')
    : answerFindings(check.answer, 'rows');
}
