import { Duration, type Stack } from 'aws-cdk-lib';
import { AutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { BastionHostLinux, InstanceType, LaunchTemplate, MachineImage, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as fc from 'fast-check';
import { DateTime } from 'luxon';
import {
  AlertTopics,
  ChangeWindow,
  HostPatching,
  PatchCalendar,
  Weekday,
  type HostPatchingProps,
  type PatchCalendarProps,
} from '../../lib';
import { refusal } from '../support/refusal';
import { foreignStack, templateOf } from '../support/stack';
import { days, zones } from '../support/zones';

const ENV = { account: '111122223333', region: 'eu-central-1' };
const GROUP = 'Foreign-HostPatching';
const HOSTS = [{ Key: 'tag:PatchGroup', Values: [GROUP] }];

const patchingIn = (
  stack: Stack,
  props: Partial<HostPatchingProps> = {},
  calendar: PatchCalendarProps = {},
): HostPatching =>
  new HostPatching(stack, 'HostPatching', { calendar: new PatchCalendar(stack, 'Calendar', calendar), ...props });

const templateWith = (props: Partial<HostPatchingProps> = {}, calendar: PatchCalendarProps = {}): Template =>
  templateOf((stack) => patchingIn(stack, props, calendar), { env: ENV });

const template = templateOf((stack) => patchingIn(stack, { alerts: new AlertTopics(stack, 'Alerts') }), { env: ENV });

interface PatchRule {
  readonly ApproveAfterDays: number;
  readonly ComplianceLevel: string;
  readonly EnableNonSecurity: boolean;
  readonly PatchFilterGroup: { readonly PatchFilters: { readonly Key: string; readonly Values: string[] }[] };
}

const rulesOf = (of: Template): PatchRule[] =>
  Object.values(of.findResources('AWS::SSM::PatchBaseline')).flatMap(
    (baseline) =>
      (baseline as { Properties: { ApprovalRules: { PatchRules: PatchRule[] } } }).Properties.ApprovalRules.PatchRules,
  );

const approvals = (of: Template): [string[] | undefined, number][] =>
  rulesOf(of).map(({ PatchFilterGroup, ApproveAfterDays }) => [
    PatchFilterGroup.PatchFilters.find(({ Key }) => Key === 'SEVERITY')?.Values,
    ApproveAfterDays,
  ]);

test('approves security updates of every severity, the critical ones at once, for hosts with the tag', () => {
  template.hasResourceProperties('AWS::SSM::PatchBaseline', {
    OperatingSystem: 'AMAZON_LINUX_2023',
    PatchGroups: [GROUP],
  });
  expect(approvals(template)).toEqual([
    [['Critical'], 0],
    [['Important'], 7],
    [['Medium', 'Low'], 30],
  ]);
  for (const { EnableNonSecurity, PatchFilterGroup } of rulesOf(template)) {
    expect(EnableNonSecurity).toBe(false);
    expect(PatchFilterGroup.PatchFilters).toContainEqual({ Key: 'CLASSIFICATION', Values: ['Security'] });
    expect(PatchFilterGroup.PatchFilters).toContainEqual({ Key: 'PRODUCT', Values: ['AmazonLinux2023'] });
  }
});

test('lets important patches wait for less, and nobody lets critical ones wait', () => {
  expect(approvals(templateWith({ importantAfterDays: 0 })).slice(0, 2)).toEqual([
    [['Critical'], 0],
    [['Important'], 0],
  ]);
});

test.each([8, -1, 1.5, NaN])('refuses to let important patches wait for %s days', (importantAfterDays) => {
  expect(() => templateWith({ importantAfterDays })).toThrow(refusal(['ApprovalOutOfRange'], 'importantAfterDays'));
});

test('patches in the window of hosts, by the clocks of the shop, one host after the other', () => {
  template.hasResourceProperties('AWS::SSM::MaintenanceWindow', {
    Schedule: 'cron(0 4 ? * THU *)',
    ScheduleTimezone: 'Europe/Berlin',
    Duration: 2,
    Cutoff: 1,
    AllowUnassociatedTargets: false,
  });
  template.hasResourceProperties('AWS::SSM::MaintenanceWindowTarget', { ResourceType: 'INSTANCE', Targets: HOSTS });
  template.hasResourceProperties('AWS::SSM::MaintenanceWindowTask', {
    TaskType: 'AUTOMATION',
    TaskArn: { Ref: Match.stringLikeRegexp('^HostPatchingRunbookDocument') },
    MaxConcurrency: '1',
    MaxErrors: '0',
    Targets: [{ Key: 'WindowTargetIds', Values: [{ Ref: Match.stringLikeRegexp('^HostPatchingWindowHosts') }] }],
    TaskInvocationParameters: {
      MaintenanceWindowAutomationParameters: { Parameters: { InstanceId: ['{{RESOURCE_ID}}'] } },
    },
  });
});

test('counts the whole hours of a window, and refuses one in which no host could end', () => {
  const hosts = (duration: Duration): PatchCalendarProps => ({
    windows: { hosts: ChangeWindow.weekly(Weekday.SUNDAY, '03:30', duration) },
  });
  templateWith({}, hosts(Duration.minutes(239))).hasResourceProperties('AWS::SSM::MaintenanceWindow', {
    Schedule: 'cron(30 3 ? * SUN *)',
    Duration: 3,
  });
  expect(() => templateWith({}, hosts(Duration.minutes(119)))).toThrow(refusal(['HostWindowTooShort'], 'hosts'));
});

interface Step {
  readonly name: string;
  readonly action: string;
  readonly nextStep?: string;
  readonly isEnd?: boolean;
  readonly onFailure?: string;
  readonly timeoutSeconds?: number;
  readonly inputs: Readonly<Record<string, unknown>>;
}

const stepsOf = (of: Template): Step[] => {
  const [runbook] = Object.values(
    of.findResources('AWS::SSM::Document', { Properties: { DocumentType: 'Automation' } }),
  );
  return (runbook as { Properties: { Content: { mainSteps: Step[] } } }).Properties.Content.mainSteps;
};

/** The steps that the runbook takes where the calendar answers with `state`. */
function wayThrough(steps: readonly Step[], state: string): string[] {
  const taken: string[] = [];
  for (let step = steps[0]; ;) {
    taken.push(step.name);
    const { Choices = [], Default } = step.inputs as {
      Choices?: { NextStep: string; Variable: string; StringEquals: string }[];
      Default?: string;
    };
    const chosen = Choices.find(
      ({ Variable, StringEquals }) => Variable === '{{ AskCalendar.State }}' && StringEquals === state,
    );
    const next = step.nextStep ?? chosen?.NextStep ?? Default;
    if (step.isEnd === true) {
      return taken;
    }
    const following = steps.find(({ name }) => name === next);
    if (following === undefined) throw new Error(`${step.name} leads nowhere`);
    step = following;
  }
}

test('asks the calendar before each host, and installs only while it is open', () => {
  const steps = stepsOf(template);
  expect(steps[0]).toMatchObject({ onFailure: 'Abort', inputs: { Service: 'ssm', Api: 'GetCalendarState' } });
  expect(JSON.stringify(steps[0].inputs)).toMatch(/:document\/.*"Ref":"Calendar/);
  expect(wayThrough(steps, 'OPEN')).toEqual(['AskCalendar', 'IsOpen', 'Patch']);
  expect(wayThrough(steps, 'CLOSED')).toEqual(['AskCalendar', 'IsOpen', 'Held']);
  expect(wayThrough(steps, '')).not.toContain('Patch');
});

test('starts a host again where a patch needs that, within the hour that the window leaves it', () => {
  const patch = stepsOf(template).find(({ name }) => name === 'Patch');
  expect(patch).toMatchObject({
    action: 'aws:runCommand',
    onFailure: 'Abort',
    timeoutSeconds: 3600,
    inputs: {
      DocumentName: 'AWS-RunPatchBaseline',
      InstanceIds: ['{{ InstanceId }}'],
      Parameters: { Operation: ['Install'], RebootOption: ['RebootIfNeeded'] },
      CloudWatchOutputConfig: { CloudWatchOutputEnabled: true },
    },
  });
  const installing = stepsOf(template).filter(({ action }) => action === 'aws:runCommand');
  expect(installing).toHaveLength(1);
});

test('scans every day, and changes nothing with that', () => {
  template.hasResourceProperties('AWS::SSM::Association', {
    Name: 'AWS-RunPatchBaseline',
    ScheduleExpression: 'rate(1 day)',
    Targets: HOSTS,
    Parameters: { Operation: ['Scan'], RebootOption: ['NoReboot'] },
  });
});

test('the runbook may ask the calendar, and send one document to hosts with the tag', () => {
  template.hasResourceProperties('AWS::IAM::ManagedPolicy', {
    Roles: [{ Ref: Match.stringLikeRegexp('^HostPatchingRunbookRole') }],
    PolicyDocument: {
      Statement: Match.arrayWith([
        Match.objectLike({ Action: 'ssm:GetCalendarState' }),
        {
          Effect: 'Allow',
          Action: 'ssm:SendCommand',
          Resource: {
            'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':ssm:eu-central-1::document/AWS-RunPatchBaseline']],
          },
        },
        {
          Effect: 'Allow',
          Action: 'ssm:SendCommand',
          Resource: {
            'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':ec2:eu-central-1:111122223333:instance/*']],
          },
          Condition: { StringEquals: { 'ssm:resourceTag/PatchGroup': GROUP } },
        },
      ]),
    },
  });
});

test('the window may start this runbook, and hand it its role', () => {
  template.hasResourceProperties('AWS::IAM::ManagedPolicy', {
    Roles: [{ Ref: Match.stringLikeRegexp('^HostPatchingWindowRole') }],
    PolicyDocument: {
      Statement: Match.arrayWith([
        Match.objectLike({
          Action: 'iam:PassRole',
          Resource: { 'Fn::GetAtt': [Match.stringLikeRegexp('^HostPatchingRunbookRole'), 'Arn'] },
          Condition: { StringEquals: { 'iam:PassedToService': 'ssm.amazonaws.com' } },
        }),
      ]),
    },
  });
});

test.each([
  [
    'a host that lacks patches',
    {
      'detail-type': ['Configuration Compliance State Change'],
      detail: {
        'compliance-type': ['Patch'],
        'compliance-status': ['non_compliant'],
        'patch-baseline-id': [{ Ref: Match.stringLikeRegexp('^HostPatchingBaseline') }],
      },
    },
  ],
  [
    'a window that failed or was turned off',
    {
      'detail-type': [
        'Maintenance Window Execution State-change Notification',
        'Maintenance Window State-change Notification',
      ],
      detail: {
        'window-id': [{ Ref: Match.stringLikeRegexp('^HostPatchingWindow') }],
        status: ['FAILED', 'TIMED_OUT', 'CANCELLED', 'SKIPPED_OVERLAPPING', 'DISABLED'],
      },
    },
  ],
  [
    'a scan that failed',
    {
      'detail-type': ['EC2 State Manager Association State Change'],
      detail: {
        'association-id': [{ 'Fn::GetAtt': [Match.stringLikeRegexp('^HostPatchingScan'), 'AssociationId'] }],
        status: ['Failed'],
      },
    },
  ],
])('tells of %s', (_, pattern) => {
  template.hasResourceProperties('AWS::Events::Rule', {
    EventPattern: { source: ['aws.ssm'], ...pattern },
    Targets: [Match.objectLike({ Arn: { Ref: Match.stringLikeRegexp('^AlertsNotice') } })],
  });
});

test('what hosts write is encrypted with the key for logs, and kept for 13 months', () => {
  template.hasResourceProperties('AWS::Logs::LogGroup', {
    KmsKeyId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^HostPatchingKey'), 'Arn'] },
    RetentionInDays: 400,
  });
});

test('a bastion and an Auto Scaling group that are added carry the tag, and may report and write', () => {
  const stack = foreignStack({ env: ENV });
  const hosts = patchingIn(stack);
  const vpc = new Vpc(stack, 'Vpc', { maxAzs: 1, subnetConfiguration: [{ name: 'a', subnetType: SubnetType.PUBLIC }] });
  const bastion = new BastionHostLinux(stack, 'Bastion', { vpc, subnetSelection: { subnetType: SubnetType.PUBLIC } });
  hosts.addHost(bastion, bastion.role);
  const role = new Role(stack, 'GroupRole', { assumedBy: new ServicePrincipal('ec2.amazonaws.com') });
  const machineImage = MachineImage.latestAmazonLinux2023();
  const launchTemplate = new LaunchTemplate(stack, 'Launch', {
    machineImage,
    role,
    instanceType: new InstanceType('t4g.nano'),
  });
  const group = new AutoScalingGroup(stack, 'Group', {
    vpc,
    launchTemplate,
    vpcSubnets: { subnetType: SubnetType.PUBLIC },
  });
  hosts.addHost(group, role);
  const added = Template.fromStack(stack);
  added.hasResourceProperties('AWS::EC2::Instance', {
    Tags: Match.arrayWith([{ Key: 'PatchGroup', Value: GROUP }]),
  });
  added.hasResourceProperties('AWS::AutoScaling::AutoScalingGroup', {
    Tags: Match.arrayWith([{ Key: 'PatchGroup', Value: GROUP, PropagateAtLaunch: true }]),
  });
  added.hasResourceProperties('AWS::IAM::ManagedPolicy', {
    Roles: [{ Ref: Match.stringLikeRegexp('^BastionInstanceRole') }, { Ref: Match.stringLikeRegexp('^GroupRole') }],
    PolicyDocument: {
      Statement: Match.arrayWith([
        Match.objectLike({
          Action: Match.arrayWith(['ssm:GetDeployablePatchSnapshotForInstance', 'ssm:PutComplianceItems']),
        }),
        Match.objectLike({
          Action: Match.arrayWith(['logs:PutLogEvents']),
          Resource: { 'Fn::GetAtt': [Match.stringLikeRegexp('^HostPatchingLogs'), 'Arn'] },
        }),
      ]),
    },
  });
});

test('two of one account have patch groups of their own, whatever stack they are in', () => {
  const stack = foreignStack({ env: ENV, stackName: 'acme-staging-hosts' });
  const calendar = new PatchCalendar(stack, 'Calendar');
  const groups = ['Bastion', 'Legacy'].map((id) => new HostPatching(stack, id, { calendar }).patchGroup);
  expect(groups).toEqual(['acme-staging-hosts-Bastion', 'acme-staging-hosts-Legacy']);
});

test('outside a freeze no critical patch is older than 7 days when a window installs it, and no important one than 30', () => {
  const limits = [7, 30];
  const weekdays = fc.constantFrom(...Object.values(Weekday));
  const minutes = fc.nat({ max: 24 * 60 - 1 });
  fc.assert(
    fc.property(
      zones,
      days,
      minutes,
      weekdays,
      fc.nat({ max: 23 }),
      fc.nat({ max: 7 }),
      (zone, day, minute, ...rest) => {
        const [weekday, hour, importantAfterDays] = rest;
        const released = DateTime.fromISO(day, { zone: 'utc' }).plus({ minutes: minute });
        const time = `${String(hour).padStart(2, '0')}:30`;
        const windows = { hosts: ChangeWindow.weekly(weekday, time, Duration.hours(2)) };
        const waits = approvals(templateWith({ importantAfterDays }, { timeZone: zone, windows })).map(
          ([, wait]) => wait,
        );
        limits.forEach((limit, index) => {
          // Patch Manager counts whole days of UTC: https://docs.aws.amazon.com/systems-manager/latest/userguide/patch-manager-selecting-patches.html
          const approved = released.startOf('day').plus({ days: waits[index] });
          const installed = nextWindow(DateTime.max(approved, released), zone, weekday, hour);
          // A week has an hour more or less where clocks change.
          expect(installed.diff(released, 'hours').hours).toBeLessThanOrEqual(limit * 24 + 1);
        });
      },
    ),
    { numRuns: 25 },
  );
});

/** When a weekly window begins next, by the clocks of `zone`. */
function nextWindow(after: DateTime, zone: string, weekday: Weekday, hour: number): DateTime {
  const local = after.setZone(zone);
  const wanted = Object.values(Weekday).indexOf(weekday) + 1;
  const candidates = [0, 1, 2, 3, 4, 5, 6, 7, 8].map((ahead) =>
    local.plus({ days: ahead }).set({ hour, minute: 30, second: 0, millisecond: 0 }),
  );
  const found = candidates.find((each) => each.weekday === wanted && each >= after);
  if (found === undefined) throw new Error('a week without its window');
  return found;
}
