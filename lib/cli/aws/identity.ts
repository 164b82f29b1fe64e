import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { CannotRun } from '../exit-code';
import type { StoreAssembly } from '../store-assembly';
import type { Aws } from './aws';
import { messageOf } from './errors';

/** Whose credentials they are. */
export interface Caller {
  readonly account: string;
  readonly arn: string;
}

/**
 * Who asks. An answer of an account without a stack of the store would be about nothing.
 *
 * @param accounts the accounts that will do
 * @throws CannotRun when AWS does not say who asks, or when that is another account
 */
export async function identify(
  store: StoreAssembly,
  aws: Aws,
  accounts: readonly string[] = [store.account],
): Promise<Caller> {
  const { Account = '', Arn = '' } = await callerOf(store, aws);
  if (!accounts.includes(Account)) {
    throw new CannotRun(
      `The store ${store.name} is of the account ${store.account}; these credentials are of ${Account}: ${Arn}.`,
      `Name a profile of that account: --profile <name>.`,
    );
  }
  return { account: Account, arn: Arn };
}

async function callerOf({ region }: StoreAssembly, aws: Aws): Promise<{ Account?: string; Arn?: string }> {
  try {
    return await aws.client(STSClient, region).send(new GetCallerIdentityCommand({}));
  } catch (error) {
    throw new CannotRun(
      `AWS does not say who is asking: ${messageOf(error)}`,
      'Log in ("aws sso login"), or name a profile: --profile <name>.',
    );
  }
}
