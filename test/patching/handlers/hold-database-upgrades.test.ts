import { DescribeDBInstancesCommand, type ModifyDBInstanceCommand } from '@aws-sdk/client-rds';
import { GetCalendarStateCommand } from '@aws-sdk/client-ssm';
import { createHandler, InstancesMissing } from '../../../lib/patching/handlers/hold-database-upgrades';

/** A cluster and a calendar. */
class Account {
  public state?: string = 'OPEN';
  public readonly asked: unknown[] = [];
  public readonly changes: unknown[] = [];

  public constructor(public readonly takes: Record<string, boolean>) {}

  public send = (command: unknown): Promise<unknown> => {
    if (command instanceof GetCalendarStateCommand) {
      this.asked.push(command.input.CalendarNames);
      return Promise.resolve({ State: this.state, NextTransitionTime: '2027-01-06T23:00:00Z' });
    }
    if (command instanceof DescribeDBInstancesCommand) {
      const [filter] = command.input.Filters ?? [];
      const isOurs = filter?.Name === 'db-cluster-id' && filter.Values?.join() === 'orders';
      const instances = Object.entries(isOurs ? this.takes : { 'of-somebody-else': true });
      return Promise.resolve({
        DBInstances: instances.map(([DBInstanceIdentifier, AutoMinorVersionUpgrade]) => ({
          DBInstanceIdentifier,
          AutoMinorVersionUpgrade,
        })),
      });
    }
    const { DBInstanceIdentifier, AutoMinorVersionUpgrade, ...rest } = (command as ModifyDBInstanceCommand).input;
    this.changes.push([DBInstanceIdentifier, AutoMinorVersionUpgrade, rest]);
    this.takes[DBInstanceIdentifier ?? ''] = AutoMinorVersionUpgrade === true;
    return Promise.resolve({});
  };

  public run(): Promise<void> {
    const services = { ssm: this, rds: this } as never;
    return createHandler(services, { CALENDAR: 'acme-calendar', CLUSTER: 'orders' })();
  }
}

/** Aurora upgrades a cluster by itself while all of its instances take minor versions. */
const isUpgraded = ({ takes }: Account): boolean => Object.values(takes).every(Boolean);

test('holds the cluster while the calendar is closed, and lets it go when it opens', async () => {
  const account = new Account({ writer: true, reader: true });
  account.state = 'CLOSED';
  await account.run();
  expect(isUpgraded(account)).toBe(false);
  expect(account.changes).toEqual([['reader', false, {}]]);
  account.state = 'OPEN';
  await account.run();
  expect(isUpgraded(account)).toBe(true);
  expect(account.asked).toEqual([['acme-calendar'], ['acme-calendar']]);
});

test.each(['OPEN', 'CLOSED'])('changes nothing the second time while the calendar is %s', async (state) => {
  const account = new Account({ writer: true, reader: true });
  account.state = state;
  await account.run();
  const { length } = account.changes;
  await account.run();
  expect(account.changes).toHaveLength(length);
});

test('holds again what a deployment let go, and lets go what an instance that is gone no longer holds', async () => {
  const account = new Account({ writer: true, reader: false });
  account.state = 'CLOSED';
  account.takes.reader = true;
  await account.run();
  expect(isUpgraded(account)).toBe(false);
  delete account.takes.reader;
  await account.run();
  expect(account.takes).toEqual({ writer: false });
  account.takes.another = true;
  account.state = 'OPEN';
  await account.run();
  expect(account.takes).toEqual({ writer: true, another: true });
});

test('an answer that is not OPEN holds', async () => {
  const account = new Account({ writer: true });
  account.state = undefined;
  await account.run();
  expect(isUpgraded(account)).toBe(false);
});

test('fails where there is nothing to hold', async () => {
  await expect(new Account({}).run()).rejects.toThrow(InstancesMissing);
});
