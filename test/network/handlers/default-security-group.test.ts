import { customResource } from '../../../lib/core/handlers/custom-resource';
import { closedGroup, type SecurityGroups } from '../../../lib/network/handlers/default-security-group';
import { CloudFormationEndpoint, invocation } from '../../support/cloudformation';

const cloudFormation = new CloudFormationEndpoint();
beforeAll(() => cloudFormation.start());
afterAll(() => cloudFormation.stop());
beforeEach(() => (cloudFormation.answers.length = 0));

/** EC2 as far as it matters here: rules go when they are revoked, though it may show them for a while. */
class Group implements SecurityGroups<string> {
  public readonly revoked: string[] = [];
  public waited = 0;

  public constructor(
    private ingress: readonly string[],
    private egress: readonly string[],
    private staleReads = 0,
  ) {}

  public rulesOf(): Promise<{ ingress: readonly string[]; egress: readonly string[] }> {
    const gone = (rule: string): boolean => this.revoked.includes(rule);
    const shows = (rules: readonly string[]): readonly string[] =>
      this.staleReads > 0 ? rules : rules.filter((rule) => !gone(rule));
    const answer = { ingress: shows(this.ingress), egress: shows(this.egress) };
    this.staleReads -= this.revoked.length > 0 ? 1 : 0;
    return Promise.resolve(answer);
  }

  public revokeIngress(_: string, rules: readonly string[]): Promise<void> {
    return Promise.resolve(void this.revoked.push(...rules));
  }

  public revokeEgress(_: string, rules: readonly string[]): Promise<void> {
    return Promise.resolve(void this.revoked.push(...rules));
  }

  public wait(): Promise<void> {
    return Promise.resolve(void this.waited++);
  }
}

const properties = { DefaultSecurityGroupId: 'sg-1' };

const create = async (group: SecurityGroups<string>): Promise<void> =>
  customResource(closedGroup(group))(cloudFormation.event({ RequestType: 'Create' }, properties), invocation());

test('takes every rule out of the group', async () => {
  const group = new Group(['from itself'], ['to anywhere', 'to anywhere over IPv6']);
  await create(group);
  expect(group.revoked).toEqual(['from itself', 'to anywhere', 'to anywhere over IPv6']);
  expect(cloudFormation.answers).toEqual([expect.objectContaining({ Status: 'SUCCESS', PhysicalResourceId: 'sg-1' })]);
});

test('does nothing to a group that is closed', async () => {
  const group = new Group([], []);
  await create(group);
  expect(group).toMatchObject({ revoked: [], waited: 0 });
  expect(cloudFormation.answers[0].Status).toBe('SUCCESS');
});

test('closes again, when it is updated, a group that somebody opened', async () => {
  const group = new Group(['from the office'], []);
  const event = cloudFormation.event({ RequestType: 'Update', PhysicalResourceId: 'sg-1' }, properties);
  await customResource(closedGroup(group))(event, invocation());
  expect(group.revoked).toEqual(['from the office']);
  expect(cloudFormation.answers[0]).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'sg-1' });
});

test('waits while EC2 still shows rules that are gone', async () => {
  const group = new Group(['from itself'], ['to anywhere'], 3);
  await create(group);
  expect(group.waited).toBeGreaterThan(1);
  expect(cloudFormation.answers[0].Status).toBe('SUCCESS');
});

test('fails when rules keep coming back', async () => {
  const group = new Group(['from itself'], [], Infinity);
  await create(group);
  expect(cloudFormation.answers[0]).toMatchObject({
    Status: 'FAILED',
    Reason: 'StillOpen: sg-1 keeps having rules: find out in CloudTrail who adds them',
  });
});

test('leaves the group closed when the resource goes', async () => {
  const group = new Group(['from itself'], []);
  const event = cloudFormation.event({ RequestType: 'Delete', PhysicalResourceId: 'sg-1' }, properties);
  await customResource(closedGroup(group))(event, invocation());
  expect(group.revoked).toEqual([]);
  expect(cloudFormation.answers[0].Status).toBe('SUCCESS');
});

test('refuses to work without the id of a group', async () => {
  const event = cloudFormation.event({ RequestType: 'Create' }, { DefaultSecurityGroupId: '' });
  await customResource(closedGroup(new Group([], [])))(event, invocation());
  expect(cloudFormation.answers[0].Reason).toContain('InvalidProperties');
});
