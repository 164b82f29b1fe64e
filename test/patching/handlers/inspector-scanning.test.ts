import { BatchGetAccountStatusCommand, DisableCommand, EnableCommand } from '@aws-sdk/client-inspector2';
import { type CloudFormationCustomResourceEvent } from 'aws-lambda';
import * as fc from 'fast-check';
import { InspectorNotEnabled, inspectorScanning } from '../../../lib/patching/handlers/inspector-scanning';

/** What is scanned in an account. */
class Account {
  public failing = false;
  public constructor(
    public readonly on: Set<string> = new Set(),
    private readonly status = 'ENABLED',
  ) {}

  public send = (command: unknown): Promise<unknown> => {
    if (command instanceof BatchGetAccountStatusCommand) {
      const statusOf = (type: string): object => ({ status: this.on.has(type) ? this.status : 'DISABLED' });
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

const LOOK = { ...BOTH, Only: 'look' as const };

test('turns on what is off, and off again what it turned on', async () => {
  const account = new Account(new Set(['ECR', 'EC2']));
  const handler = inspectorScanning(account as never);
  expect(await handler.create(LOOK, event())).toEqual({ physicalId: 'inspector:LAMBDA' });
  expect([...account.on].sort()).toEqual(['EC2', 'ECR']);
  expect(await handler.create(BOTH, event())).toEqual({ physicalId: 'inspector' });
  expect([...account.on].sort()).toEqual(['EC2', 'ECR', 'LAMBDA']);
  await handler.delete('inspector', event());
  expect(account.on.size).toBe(3);
  await handler.delete('inspector:LAMBDA', event());
  expect([...account.on].sort()).toEqual(['EC2', 'ECR']);
});

test.each(['ENABLED', 'ENABLING'])('of what is %s already it turns nothing off', async (status) => {
  const account = new Account(new Set(['ECR', 'LAMBDA']), status);
  const handler = inspectorScanning(account as never);
  expect(await handler.create(LOOK, event())).toEqual({ physicalId: 'inspector' });
  await handler.delete('inspector', event());
  expect(account.on.size).toBe(2);
});

test('whatever a deployment is cut off after, and however often it is tried again, all that it turned on is turned off', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.subarray(['EC2', 'ECR', 'LAMBDA']),
      fc.integer({ min: 1, max: 3 }),
      fc.integer({ min: 0, max: 3 }),
      async (before, looks, enables) => {
        const account = new Account(new Set(before), 'ENABLING');
        const handler = inspectorScanning(account as never);
        let identity = '';
        for (let tried = 0; tried < looks; tried += 1) {
          const created = await handler.create(LOOK, event());
          identity = typeof created === 'object' ? created.physicalId : '';
        }
        for (let tried = 0; tried < enables; tried += 1) {
          await handler.create(BOTH, event());
        }
        await handler.delete(identity, event());
        expect([...account.on].sort()).toEqual([...before].sort());
      },
    ),
  );
});

test('an update of what looks turns nothing on, and stays the same resource', async () => {
  const account = new Account();
  const handler = inspectorScanning(account as never);
  expect(await handler.update(LOOK, event('inspector:ECR'))).toEqual({ physicalId: 'inspector:ECR' });
  expect(account.on.size).toBe(0);
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
