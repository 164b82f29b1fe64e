import type { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Secret, type ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';

/**
 * The secret `secretCompleteArn`, whose `grantRead` lets the reader decrypt too, by the reader's own policy.
 *
 * CDK's `Secret` asks the key to trust the reader instead: between stacks that makes the key's stack depend on the
 * reader's, which is a cycle, and with an imported key it grants nothing and reports success.
 */
export function readableSecret(scope: Construct, id: string, secretCompleteArn: string, key: IKey): ISecret {
  const secret = Secret.fromSecretAttributes(scope, id, { secretCompleteArn });
  const grantRead = secret.grantRead.bind(secret);
  return Object.assign(secret, {
    grantRead(grantee: IGrantable, versionStages?: string[]): Grant {
      key.grant(grantee, 'kms:Decrypt');
      return grantRead(grantee, versionStages);
    },
  });
}
