import { Construct } from 'constructs';
import { AccountStack } from '../stacks/account-stack';

/** Which account. */
export interface CommerceAccountProps {
  /** The account in which stores run: twelve digits. */
  readonly account: string;
}

/**
 * What exists once in an account, whatever the number of stores in it. Its stacks are shared: deploy them with any of
 * the stores, and remove them with the last.
 */
export class CommerceAccount extends Construct {
  /** In us-east-1, where the logs of web ACLs are. */
  public readonly edge: AccountStack;

  public constructor(scope: Construct, id: string, { account }: CommerceAccountProps) {
    super(scope, id);
    this.edge = new AccountStack(this, 'EdgeGlobal', { env: { account, region: 'us-east-1' } });
  }
}
