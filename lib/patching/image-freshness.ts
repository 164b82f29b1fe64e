import { ArnFormat, Duration, Stack } from 'aws-cdk-lib';
import type { ICluster } from 'aws-cdk-lib/aws-ecs';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { acknowledgeWildcards } from '../core/acknowledge';
import type { IAlertTopics } from '../core/alerts';
import { Problems } from '../core/errors';
import { HandlerFunction } from '../core/handler-function';
import { keeps } from '../core/keeps';
import { DataClass } from '../core/tags';
import type { Waiver } from '../core/waiver';
import { DataKey } from '../encryption/data-key';
import { letReport, MEASURING, NAMESPACE, reportDaily, watchReport } from './daily-report';
import { limitsWith, requireFindingLimits, type FindingLimits } from './finding-limits';
import { ledgerPlace, type FindingsAge } from './findings-age';
import { IMAGE_DAYS, requireImageDays } from './image-limit';

/** What runs, how old it may become, and whom to tell. */
export interface ImageFreshnessProps {
  /** Where it runs. */
  readonly cluster: ICluster;

  /**
   * How many days an image may run after it came into its repository: 1 to 90.
   *
   * @default 30
   */
  readonly imageDays?: number;

  /**
   * How old a finding of Inspector in an image that runs may become.
   *
   * @default - 7 days for critical ones, 30 for high ones
   */
  readonly limits?: FindingLimits;

  /**
   * The report on findings whose ledger knows how old a vulnerability is, also where Inspector tells of it no more: it
   * closes the findings of an image that was not used for some time, 14 days in a new account.
   *
   * @default - a vulnerability is as old as in the oldest image of the repository that Inspector still scans
   */
  readonly findings?: FindingsAge;

  /**
   * Whether Inspector scans images here. Where it does, an image that it has not scanned is over its limit; where it does
   * not, the age of the image alone is judged.
   *
   * @default true
   */
  readonly inspected?: boolean;

  /**
   * Key for the logs and dead letters of the function.
   *
   * @default - a `DataKey` of its own
   */
  readonly key?: IKey;

  /**
   * Whom to tell of images over their limit, and of a day without a report.
   *
   * @default - nobody
   */
  readonly alerts?: IAlertTopics;
}

/**
 * Says every day how old the images are that run in a cluster, whoever builds them, and tells of those that are over their
 * limit, or hold a finding of Inspector that is, every day until they are replaced (PCI DSS 6.3.3).
 *
 * Age counts from the day on which ECR of this account and Region got the image, also through its pull-through cache: an
 * old image that is copied there today is new. What nobody knows the age of counts as over: an image from elsewhere, one
 * that its repository has lost, one that Inspector has not scanned. A cluster where nothing runs gets no report, and two days
 * without one are an alarm. Containers that AWS puts into tasks (GuardDuty, Service Connect) are left to AWS.
 *
 * Costs about 0.30 USD a month. Nothing of it was tried in an account.
 */
export class ImageFreshness extends Construct {
  /** The function that reports. */
  public readonly reporter: IFunction;

  private readonly handler: HandlerFunction;

  /** @throws BaselineError `FindingLimitOutOfRange`, `ImageAgeOutOfRange` */
  public constructor(scope: Construct, id: string, props: ImageFreshnessProps) {
    super(scope, id);
    const { cluster, limits = {}, imageDays = IMAGE_DAYS, inspected = true, alerts } = props;
    const findings = inspected ? props.findings : undefined;
    const problems = new Problems(`ImageFreshness ${this.node.path}`);
    requireFindingLimits(problems.at('limits'), limits);
    requireImageDays(problems, imageDays);
    problems.throwIfAny();

    const key = props.key ?? new DataKey(this, 'Key', { dataClass: DataClass.LOGS, alerts });
    const { criticalDays, highDays } = limitsWith(limits);
    this.handler = new HandlerFunction(this, 'Reporter', {
      handler: 'report-image-ages',
      description: 'Says how old the images are that run',
      key,
      // Inspector is asked about each image, a hundred findings at a time.
      timeout: Duration.minutes(10),
      environment: {
        CLUSTER: cluster.clusterArn,
        CLUSTER_NAME: cluster.clusterName,
        NAMESPACE,
        ACCOUNT: Stack.of(this).account,
        IMAGE_DAYS: String(imageDays),
        CRITICAL_DAYS: String(criticalDays),
        HIGH_DAYS: String(highDays),
        SCANNED: inspected ? 'yes' : 'no',
        ...ledgerPlace(findings),
        TOPIC: alerts?.noticeTopic.topicArn ?? '',
      },
      alerts,
    });
    this.reporter = this.handler.function;
    this.allow(cluster, inspected, alerts);
    findings?.grantReadLedger(this.handler.role);
    reportDaily(this, {
      handler: this.handler,
      description: 'Says how old the images are that run',
      minute: '45',
      key,
    });
    if (alerts !== undefined) {
      this.watch(cluster, alerts);
    }
  }

  private allow(cluster: ICluster, inspected: boolean, alerts: IAlertTopics | undefined): void {
    const { role } = this.handler;
    const here = (service: string, resource: string, resourceName: string): string =>
      Stack.of(this).formatArn({ service, resource, resourceName, arnFormat: ArnFormat.SLASH_RESOURCE_NAME });
    const tasks = here('ecs', 'task', `${cluster.clusterName}/*`);
    const repositories = here('ecr', 'repository', '*');
    const allow = (actions: string[], resources: string[], conditions?: Record<string, unknown>): void =>
      void role.addToPrincipalPolicy(new PolicyStatement({ actions, resources, conditions }));
    // To list tasks has no resource but that of hosts, which a cluster of Fargate does not have.
    allow(['ecs:ListTasks'], ['*'], { ArnEquals: { 'ecs:cluster': cluster.clusterArn } });
    allow(['ecs:DescribeTasks'], [tasks]);
    // What runs may come from any repository of the account. Manifests are read, layers are not.
    allow(['ecr:BatchGetImage', 'ecr:DescribeImages'], [repositories]);
    const reading = inspected ? ['inspector2:ListCoverage', 'inspector2:ListFindings'] : [];
    if (inspected) {
      // Both are about the whole account: AWS knows no resource for them.
      allow(reading, ['*']);
    }
    letReport(role, alerts);
    acknowledgeWildcards(role, {
      matching: ['*', tasks, repositories],
      actions: [...reading, MEASURING, 'ecs:ListTasks'],
      because:
        'It reads which tasks run in one cluster, and of any repository of the account when an image came and what it ' +
        'consists of: a new task may come from each. AWS knows no resource for findings and metrics; it writes into one ' +
        'namespace.',
    });
  }

  private watch({ clusterName }: ICluster, alerts: IAlertTopics): void {
    watchReport(this, alerts, {
      metricName: 'ImagesOverLimit',
      dimensions: { Cluster: clusterName },
      over:
        'Images that run are older than they may become, hold a finding that is, or nobody knows (PCI DSS 6.3.3). A ' +
        'message names them each day; build them again from patched bases, and deploy them.',
      silent:
        'For two days nobody has said how old the images are that run. Read the log of the reporter: either nothing runs ' +
        'in the cluster, or it was not allowed to ask.',
    });
  }
}

/** The report on what runs in a store, unless somebody says why there is none. */
export function freshnessUnlessWaived(
  scope: Construct,
  withoutImageFreshness: Waiver | undefined,
  props: ImageFreshnessProps,
): ImageFreshness | undefined {
  return keeps(scope, 'image-freshness.report', withoutImageFreshness)
    ? new ImageFreshness(scope, 'ImageFreshness', props)
    : undefined;
}
