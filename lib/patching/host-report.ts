import { Duration } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { CfnPatchBaseline } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { acknowledgeWildcards } from '../core/acknowledge';
import type { IAlertTopics } from '../core/alerts';
import { HandlerFunction } from '../core/handler-function';
import { letReport, MEASURING, NAMESPACE, reportDaily, watchReport } from './daily-report';
import { PATCH_GROUP_TAG, RUN_PATCH_BASELINE } from './host-runbook';

export interface HostReportProps {
  /** Value of the tag that the hosts carry. */
  readonly patchGroup: string;
  /** What they have to be scanned with. */
  readonly baseline: CfnPatchBaseline;
  /** Key for the logs and dead letters of the function. */
  readonly key: IKey;
  /** Whom to tell of hosts over their limit, and of a day without a report. */
  readonly alerts: IAlertTopics | undefined;
}

/** A host is scanned each day; one that missed a day may have started again then. */
const SCAN_DAYS = 2;

/** A window is once a week: after more whole days than these one has passed, also where clocks change. */
const PATCH_DAYS = 7;

/** What hosts there are, and what Systems Manager knows of them. */
const READING = ['ec2:DescribeInstances', 'ssm:DescribeInstancePatchStates', 'ssm:ListCommands'];

/**
 * Says every day which hosts Patch Manager does not see, and which lack what a window should have installed. A host that
 * stops reporting changes no state and fails no window: it is found among those that carry the tag.
 */
export class HostReport extends Construct {
  /** The function that reports. */
  public readonly reporter: IFunction;

  public constructor(scope: Construct, id: string, { patchGroup, baseline, key, alerts }: HostReportProps) {
    super(scope, id);
    const description = 'Says which hosts are not patched';
    const handler = new HandlerFunction(this, 'Reporter', {
      handler: 'report-hosts',
      description,
      key,
      // What was installed is asked for host by host.
      timeout: Duration.minutes(10),
      environment: {
        TAG: PATCH_GROUP_TAG,
        PATCH_GROUP: patchGroup,
        BASELINE: baseline.ref,
        DOCUMENT: RUN_PATCH_BASELINE,
        NAMESPACE,
        SCAN_DAYS: String(SCAN_DAYS),
        PATCH_DAYS: String(PATCH_DAYS),
        TOPIC: alerts?.noticeTopic.topicArn ?? '',
      },
      alerts,
    });
    this.reporter = handler.function;
    const reading = new PolicyStatement({
      actions: READING,
      // AWS knows no resource for any of them.
      resources: ['*'],
    });
    handler.role.addToPrincipalPolicy(reading);
    letReport(handler.role, alerts);
    acknowledgeWildcards(handler.role, {
      matching: ['*'],
      actions: [...READING, MEASURING],
      because:
        'AWS knows no resource for what lists hosts, their patch states and commands, nor for metrics: it reads alone, asks ' +
        'for one tag, and writes into one namespace.',
    });
    reportDaily(this, { handler, description, minute: '30', key });
    if (alerts !== undefined) {
      watchReport(this, alerts, {
        metricName: 'HostsOverLimit',
        dimensions: { PatchGroup: patchGroup },
        over:
          'Hosts are not seen by Patch Manager, or lack patches that a window should have installed (PCI DSS 6.3.3). A ' +
          'message names them each day; mend their way to Systems Manager, patch them, or replace them.',
        silent:
          'For two days nobody has said which hosts are not patched. Read the log of the reporter: it was not allowed to ' +
          'ask EC2 or Systems Manager, or they did not answer.',
      });
    }
  }
}
