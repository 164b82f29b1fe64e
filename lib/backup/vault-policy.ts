import { AccountPrincipal, AnyPrincipal, Effect, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';

/** In the policy of a vault, `*` is the vault and what is in it. */
const THIS_VAULT = ['*'];

/**
 * The policy of a vault: nobody deletes a copy or changes how long it is kept, and of other accounts `sourceAccount` alone
 * copies into it. It never covers the policy itself, so that a mistake in it can be mended; a lock holds against that, too.
 */
export function vaultPolicy(sourceAccount?: string): PolicyDocument {
  return new PolicyDocument({ statements: [noDeletion(), ...(sourceAccount ? [copiesFrom(sourceAccount)] : [])] });
}

function noDeletion(): PolicyStatement {
  return new PolicyStatement({
    sid: 'NoDeletion',
    effect: Effect.DENY,
    principals: [new AnyPrincipal()],
    actions: ['backup:DeleteRecoveryPoint', 'backup:DisassociateRecoveryPoint', 'backup:UpdateRecoveryPointLifecycle'],
    resources: THIS_VAULT,
  });
}

function copiesFrom(account: string): PolicyStatement {
  return new PolicyStatement({
    sid: 'CopiesFromTheSource',
    principals: [new AccountPrincipal(account)],
    actions: ['backup:CopyIntoBackupVault'],
    resources: THIS_VAULT,
  });
}
