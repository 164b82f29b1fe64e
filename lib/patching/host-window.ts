import { Aws, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnMaintenanceWindow, CfnMaintenanceWindowTarget, CfnMaintenanceWindowTask } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { acknowledgeWildcards } from '../core/acknowledge';
import type { Problems } from '../core/errors';
import { ServiceRole } from '../core/service-role';
import { hostsOf, type HostRunbook } from './host-runbook';
import type { PatchCalendar } from './patch-calendar';

export interface HostWindowProps {
  /** When. */
  readonly calendar: PatchCalendar;
  /** Value of the tag that the hosts carry. */
  readonly patchGroup: string;
  /** What is done to each host. */
  readonly runbook: HostRunbook;
}

/** Hours before its end in which a window begins nothing: a host has an hour. */
const CUTOFF = 1;
const SHORTEST = 2;

/** What looks for the hosts. */
const FINDING = ['ssm:DescribeInstanceInformation', 'tag:GetResources'];

/** The maintenance window of hosts: one after the other, and no further when one fails. */
export class HostWindow extends Construct {
  /** The window. */
  public readonly window: CfnMaintenanceWindow;

  public constructor(scope: Construct, id: string, { calendar, patchGroup, runbook }: HostWindowProps) {
    super(scope, id);
    const { schedule, timeZone, hours } = calendar._hostWindow;
    this.window = new CfnMaintenanceWindow(this, 'Window', {
      name: patchGroup,
      description: 'Hosts get their security updates',
      schedule,
      scheduleTimezone: timeZone,
      duration: hours,
      cutoff: CUTOFF,
      allowUnassociatedTargets: false,
    });
    const hosts = new CfnMaintenanceWindowTarget(this, 'Hosts', {
      windowId: this.window.ref,
      resourceType: 'INSTANCE',
      targets: [hostsOf(patchGroup)],
    });
    const role = this.createStarterRole(runbook);
    const install = new CfnMaintenanceWindowTask(this, 'Install', {
      windowId: this.window.ref,
      taskType: 'AUTOMATION',
      taskArn: runbook.document.ref,
      description: 'Installs what the baseline approves',
      priority: 1,
      targets: [{ key: 'WindowTargetIds', values: [hosts.ref] }],
      // A patch that breaks a host breaks one.
      maxConcurrency: '1',
      maxErrors: '0',
      cutoffBehavior: 'CANCEL_TASK',
      serviceRoleArn: role.roleArn,
      taskInvocationParameters: {
        maintenanceWindowAutomationParameters: {
          documentVersion: '$LATEST',
          parameters: { InstanceId: ['{{RESOURCE_ID}}'] },
        },
      },
    });
    install.node.addDependency(role, runbook.role);
  }

  private createStarterRole({ document, role: runner }: HostRunbook): ServiceRole {
    const { account, region } = Stack.of(this);
    const role = new ServiceRole(this, 'Role', {
      // AWS documents neither source account nor source ARN for windows: a condition would stop them silently.
      assumedBy: new ServicePrincipal('ssm.amazonaws.com'),
      description: 'Starts the runbook that patches hosts',
    });
    const arn = (resource: string): string => `arn:${Aws.PARTITION}:ssm:${region}:${account}:${resource}`;
    const allow = (actions: string[], resources: string[], conditions?: Record<string, unknown>): void =>
      void role.addToPrincipalPolicy(new PolicyStatement({ actions, resources, conditions }));
    const versions = arn(`automation-definition/${document.ref}:*`);
    const executions = arn('automation-execution/*');
    allow(['ssm:StartAutomationExecution'], [versions, arn(`document/${document.ref}`)]);
    allow(['ssm:GetAutomationExecution'], [executions]);
    allow(['iam:PassRole'], [runner.roleArn], { StringEquals: { 'iam:PassedToService': 'ssm.amazonaws.com' } });
    // What carries a tag is looked for among everything.
    allow(FINDING, ['*']);
    acknowledgeWildcards(role, {
      matching: ['*', versions, executions],
      actions: FINDING,
      because:
        'It starts one runbook, in whatever version, and asks what became of it. An execution gets its id when it starts, ' +
        'and hosts are found by their tag.',
    });
    return role;
  }
}

/** Refuses a window in which no host could end what it began. */
export function requireHostWindow(problems: Problems, { _hostWindow: { hours } }: PatchCalendar): void {
  problems.require(hours >= SHORTEST, {
    code: 'HostWindowTooShort',
    property: 'calendar.windows.hosts',
    value: `${hours} whole hours`,
    bound: 'last two hours at least: a host has one, and nothing begins in the last',
    remedy: 'Make it longer; Systems Manager counts whole hours.',
  });
}
