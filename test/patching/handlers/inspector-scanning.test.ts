import { BatchGetAccountStatusCommand, DisableCommand, EnableCommand } from '@aws-sdk/client-inspector2';
import { type CloudFormationCustomResourceEvent } from 'aws-lambda';
import { InspectorNotEnabled, inspectorScanning } from '../../../lib/patching/handlers/inspector-scanning';

/** What is scanned in an account. */
class Account {
  public failing = false;
  public constructor(public readonly on: Set<string> = new Set()) {}

  public send = (command: unknown): Promise<unknown> => {
    if (command instanceof BatchGetAccountStatusCommand) {
      const statusOf = (type: string): object => ({ status: this.on.has(type) ? 'ENABLED' : 'DISABLED' });
      const [ec2, ecr, lambda, lambdaCode] = ['EC2', 'ECR', 'LAMBDA', 'LAMBDA_CODE'].map(statusOf);
      return Promise.resolve({ accounts: [{ resourceState: { ec2, ecr, lambda, lambdaCode } }] });
    }
    if (command instanceof EnableCommand) {
      if (this.failing) {
        return Promise.resolve({ failedAccounts: [{ errorCode: 'ACCOUNT_IS_ISOLATED', errorMessage: 'ask AWS' }] });
      }
      command.input.resourceTypes?.forEach((type) => this.on.add(type));
    } else if (command instanceof DisableCommand) {
      command.input.resourceTypes?.forEach((type) => this.on.delete(type));
    }
    return Promise.resolve({});
  };
}

const BOTH = { ResourceTypes: ['ECR' as const, 'LAMBDA' as const] };
const event = (PhysicalResourceId?: string): CloudFormationCustomResourceEvent => ({ PhysicalResourceId }) as never;

test('turns on what is off, and off again what it turned on', async () => {
  const account = new Account(new Set(['ECR', 'EC2']));
  const handler = inspectorScanning(account as never);
  const created = await handler.create(BOTH, event());
  expect(created).toEqual({ physicalId: 'inspector:LAMBDA' });
  expect([...account.on].sort()).toEqual(['EC2', 'ECR', 'LAMBDA']);
  await handler.delete('inspector:LAMBDA', event());
  expect([...account.on].sort()).toEqual(['EC2', 'ECR']);
});

test('of what is on already it turns nothing off', async () => {
  const account = new Account(new Set(['ECR', 'LAMBDA']));
  const handler = inspectorScanning(account as never);
  expect(await handler.create(BOTH, event())).toEqual({ physicalId: 'inspector' });
  await handler.delete('inspector', event());
  expect(account.on.size).toBe(2);
});

test('an update turns on what somebody turned off, and stays the same resource', async () => {
  const account = new Account();
  const handler = inspectorScanning(account as never);
  expect(await handler.update(BOTH, event('inspector:ECR'))).toEqual({ physicalId: 'inspector:ECR' });
  expect(account.on.size).toBe(2);
});

test('fails with what Inspector says when it refuses', async () => {
  const account = new Account();
  account.failing = true;
  const creating = inspectorScanning(account as never).create(BOTH, event());
  await expect(creating).rejects.toThrow(new InspectorNotEnabled('ACCOUNT_IS_ISOLATED: ask AWS'));
});

test('disables nothing by an identity that it did not write', async () => {
  const account = new Account(new Set(['ECR']));
  await inspectorScanning(account as never).delete('somebody-elses:id', event());
  expect(account.on.size).toBe(1);
});
