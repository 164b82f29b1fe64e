import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { CannotRun } from '../exit-code';
import type { StoreAssembly } from '../store-assembly';
import type { Aws } from './aws';
import { messageOf } from './errors';

/**
 * Who asks, as an ARN. An answer of another account would be about nothing.
 *
 * @throws CannotRun when AWS does not say who asks, or when that is another account
 */
export async function identify(store: StoreAssembly, aws: Aws): Promise<string> {
  const { Account, Arn = '' } = await callerOf(store, aws);
  if (Account !== store.account) {
    throw new CannotRun(
      `The store ${store.name} is of the account ${store.account}; these credentials are of ${Account}: ${Arn}.`,
      `Name a profile of that account: --profile <name>.`,
    );
  }
  return Arn;
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
