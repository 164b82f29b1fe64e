import { EventField, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import type { CfnAssociation, CfnMaintenanceWindow, CfnPatchBaseline } from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';
import { addAlertRule, type IAlertTopics } from '../core/alerts';

/** How a window ends that did not patch every host; or how it stops being one. */
const FAILURES = ['FAILED', 'TIMED_OUT', 'CANCELLED', 'SKIPPED_OVERLAPPING', 'DISABLED'];

export interface Watched {
  readonly baseline: CfnPatchBaseline;
  readonly window: CfnMaintenanceWindow;
  readonly scan: CfnAssociation;
}

/**
 * Tells of hosts that lack patches, and of what should have found or installed them and did not. Events name the baseline,
 * window and association that they are about, so that two stores of one account hear each of their own hosts.
 *
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/monitoring-systems-manager-event-examples.html
 */
export function tellOfHosts(scope: Construct, alerts: IAlertTopics, { baseline, window, scan }: Watched): void {
  const field = (path: string): string => EventField.fromPath(`$.detail.${path}`);
  addAlertRule(scope, 'LacksPatchesRule', alerts, {
    urgency: 'notice',
    description: 'A host lacks patches that its baseline approves. The next window installs them',
    eventPattern: {
      source: ['aws.ssm'],
      detailType: ['Configuration Compliance State Change'],
      detail: {
        'compliance-type': ['Patch'],
        'compliance-status': ['non_compliant'],
        'patch-baseline-id': [baseline.ref],
      },
    },
    message: RuleTargetInput.fromText(
      `Host ${field('resource-id')} lacks patches that are approved, of severity ${field('severity')}. The next window ` +
        'installs them. If this message came after a window, read what the host wrote in the log group of HostPatching.',
    ),
  });
  addAlertRule(scope, 'WindowFailedRule', alerts, {
    urgency: 'notice',
    description: 'A window did not patch every host, or was turned off',
    eventPattern: {
      source: ['aws.ssm'],
      detailType: [
        'Maintenance Window Execution State-change Notification',
        'Maintenance Window State-change Notification',
      ],
      detail: { 'window-id': [window.ref], status: FAILURES },
    },
    message: RuleTargetInput.fromText(
      `The window ${field('window-id')}, in which hosts are patched, is ${field('status')}. After the first host that fails ` +
        'none is patched. Read what it wrote in the log group of HostPatching, mend it, and start the runbook for the others.',
    ),
  });
  addAlertRule(scope, 'ScanFailedRule', alerts, {
    urgency: 'notice',
    description: 'Hosts could not be scanned, so nobody knows what they lack',
    eventPattern: {
      source: ['aws.ssm'],
      detailType: ['EC2 State Manager Association State Change'],
      detail: { 'association-id': [scan.attrAssociationId], status: ['Failed'] },
    },
    message: RuleTargetInput.fromText(
      `Hosts could not be scanned for patches (association ${field('association-id')}), so nobody knows what they lack. Look ` +
        'in Systems Manager under State Manager for which, and why.',
    ),
  });
}
