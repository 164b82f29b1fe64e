import { Stack, Tags } from 'aws-cdk-lib';
import { ManagedPolicy, PolicyStatement, type IRole } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CfnAssociation, CfnPatchBaseline, type CfnDocument, type CfnMaintenanceWindow } from 'aws-cdk-lib/aws-ssm';
import { Construct, type IConstruct } from 'constructs';
import { acknowledgeWildcards } from '../core/acknowledge';
import type { IAlertTopics } from '../core/alerts';
import { Problems } from '../core/errors';
import { letLogGroupsUse } from '../core/key-use';
import { removalPolicyOf } from '../core/stateful';
import { DataClass } from '../core/tags';
import { DataKey } from '../encryption/data-key';
import { AGENT_ACTIONS, AGENT_BECAUSE, agentStatement } from './host-agent-rights';
import { approvalRules, approvalsWith, requireApprovals } from './host-patch-baseline';
import { tellOfHosts } from './host-patching-alerts';
import { HostReport } from './host-report';
import { HostRunbook, hostsOf, PATCH_GROUP_TAG, RUN_PATCH_BASELINE } from './host-runbook';
import { HostWindow, requireHostWindow } from './host-window';
import type { PatchCalendar } from './patch-calendar';

/** When hosts are patched, and with what. */
export interface HostPatchingProps {
  /** Its window `hosts` is when they are patched; in its freezes they are not. */
  readonly calendar: PatchCalendar;

  /**
   * Days that an important patch waits after its release, so that others see first what it does: 0 to 7. A critical one
   * does not wait, and what is less than important waits for 30.
   *
   * @default 7
   */
  readonly importantAfterDays?: number;

  /**
   * Key for what the hosts write down, and for the logs and dead letters of the function that reports.
   *
   * @default - a `DataKey` of its own
   */
  readonly key?: IKey;

  /**
   * Whom to tell of a run that failed, of a host that lacks patches or is not seen, and of a day without a report.
   *
   * @default - nobody
   */
  readonly alerts?: IAlertTopics;
}

/**
 * Hosts with Amazon Linux 2023 get their security updates: in the window `hosts` of the calendar, by the clocks of the shop,
 * one host after the other, and no further when one fails. A host starts again where a patch needs that, and then alone.
 * In a freeze nothing is installed. Critical patches are installed in the next window, so within 7 days of their release
 * (PCI DSS 6.3.3: a month at most).
 *
 * Every day each host is scanned, without a change to it, and reports to Patch Manager what it lacks. Whoever is to know
 * hears of a host that lacks what is approved, of a window that did not patch every host, and of a scan that failed.
 *
 * What stops reporting sends no event. So every day the hosts that run and carry the tag are compared with what Patch
 * Manager knows: one that was not scanned for two days, was scanned with another baseline, or lacks something although a
 * window has passed, is named every day until it is mended. A stopped host is not looked at.
 *
 * A store of this library has no hosts: this is for one that keeps some, such as a bastion. Costs about 1 USD a month
 * beside the logs and the key.
 */
export class HostPatching extends Construct {
  /** What is approved, and when. */
  public readonly baseline: CfnPatchBaseline;
  /** When hosts are patched. */
  public readonly window: CfnMaintenanceWindow;
  /** Patches one host, unless the calendar is closed. The window starts it; for a critical fix, a person does. */
  public readonly runbook: CfnDocument;
  /** What each host did, for 13 months. */
  public readonly logGroup: LogGroup;
  /** Value of the tag `PatchGroup`, by which hosts are found. */
  public readonly patchGroup: string;
  /** The function that reports each day. */
  public readonly reporter: IFunction;

  private readonly hostPolicy: ManagedPolicy;

  /** @throws BaselineError `ApprovalOutOfRange`, `HostWindowTooShort` */
  public constructor(scope: Construct, id: string, props: HostPatchingProps) {
    super(scope, id);
    const { calendar, importantAfterDays, alerts } = props;
    const problems = new Problems(`HostPatching ${this.node.path}`);
    requireApprovals(problems, importantAfterDays);
    requireHostWindow(problems, calendar);
    problems.throwIfAny();

    const key = props.key ?? new DataKey(this, 'Key', { dataClass: DataClass.LOGS, alerts });
    this.patchGroup = patchGroupOf(this);
    this.baseline = new CfnPatchBaseline(this, 'Baseline', {
      name: this.patchGroup,
      description: 'Security updates, the critical ones at once',
      operatingSystem: 'AMAZON_LINUX_2023',
      approvalRules: approvalRules(approvalsWith(importantAfterDays)),
      patchGroups: [this.patchGroup],
    });
    this.logGroup = this.createLogGroup(key);
    this.hostPolicy = this.createHostPolicy();
    const { patchGroup, logGroup, baseline } = this;
    const runbook = new HostRunbook(this, 'Runbook', { calendar, patchGroup, logGroup });
    this.runbook = runbook.document;
    this.window = new HostWindow(this, 'Window', { calendar, patchGroup, runbook }).window;
    const scan = this.createScan();
    this.reporter = new HostReport(this, 'Report', { patchGroup, baseline, key, alerts }).reporter;
    if (alerts !== undefined) {
      tellOfHosts(this, alerts, { baseline, window: this.window, scan });
    }
  }

  /**
   * Patches `host`: an instance, or an Auto Scaling group. Tags it, and lets its role report to Systems Manager and write
   * down what was installed.
   *
   * @param host what the tag is put on
   * @param role the role of its instance profile
   */
  public addHost(host: IConstruct, role: IRole): void {
    Tags.of(host).add(PATCH_GROUP_TAG, this.patchGroup);
    this.hostPolicy.attachToRole(role);
  }

  private createLogGroup(encryptionKey: IKey): LogGroup {
    letLogGroupsUse(encryptionKey);
    return new LogGroup(this, 'Logs', {
      encryptionKey,
      retention: RetentionDays.THIRTEEN_MONTHS,
      removalPolicy: removalPolicyOf(this),
    });
  }

  private createHostPolicy(): ManagedPolicy {
    const { logGroupArn } = this.logGroup;
    const looking = ['logs:DescribeLogGroups'];
    const policy = new ManagedPolicy(this, 'HostPolicy', {
      description: 'Lets a host be patched',
      statements: [
        agentStatement(),
        new PolicyStatement({
          actions: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
          resources: [logGroupArn],
        }),
        new PolicyStatement({
          actions: looking,
          // The agent looks for its log group among all of them.
          resources: ['*'],
        }),
      ],
    });
    acknowledgeWildcards(policy, {
      matching: ['*', logGroupArn],
      actions: [...AGENT_ACTIONS, ...looking],
      because: `${AGENT_BECAUSE} Of log groups it sees the names; it writes streams of one.`,
    });
    return policy;
  }

  private createScan(): CfnAssociation {
    return new CfnAssociation(this, 'Scan', {
      name: RUN_PATCH_BASELINE,
      associationName: this.patchGroup,
      targets: [hostsOf(this.patchGroup)],
      parameters: { Operation: ['Scan'], RebootOption: ['NoReboot'] },
      scheduleExpression: 'rate(1 day)',
      complianceSeverity: 'HIGH',
    });
  }
}

/** Once in an account and Region: a patch group has one baseline for each operating system. */
function patchGroupOf(construct: Construct): string {
  const stack = Stack.of(construct);
  const scopes = construct.node.scopes;
  return [stack.stackName, ...scopes.slice(scopes.indexOf(stack) + 1).map(({ node }) => node.id)].join('-');
}
