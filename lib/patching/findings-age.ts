import { Duration, Stack } from 'aws-cdk-lib';
import { PolicyStatement, type IRole } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { acknowledgeWildcards } from '../core/acknowledge';
import type { IAlertTopics } from '../core/alerts';
import { Problems } from '../core/errors';
import { HandlerFunction } from '../core/handler-function';
import { identityOf } from '../core/identity';
import type { LogStore } from '../core/log-store';
import { DataClass } from '../core/tags';
import { DataKey } from '../encryption/data-key';
import { letReport, MEASURING, NAMESPACE, reportDaily, watchReport } from './daily-report';
import { limitsWith, requireFindingLimits, type FindingLimits } from './finding-limits';
import { requireVulnerabilitySources, type VulnerabilitySource } from './vulnerability-source';

/** What is reported, where, and to whom. */
export interface FindingsAgeProps {
  /** Where the tables are kept. With a key, they are locked for a year. */
  readonly evidence: LogStore;

  /**
   * How old a finding may become.
   *
   * @default - 7 days for critical ones, 30 for high ones
   */
  readonly limits?: FindingLimits;

  /**
   * Who knows what Inspector does not look at: plugins, themes, packages.
   *
   * @default - nobody
   */
  readonly sources?: VulnerabilitySource[];

  /**
   * Key for the logs and dead letters of the function.
   *
   * @default - a `DataKey` of its own
   */
  readonly key?: IKey;

  /**
   * Whom to tell of findings over their limit, and of a day without a report.
   *
   * @default - nobody
   */
  readonly alerts?: IAlertTopics;
}

/** What Inspector has to scan here, as its account status calls it: images and functions. */
const SCANNED = ['ecr', 'lambda'];

/**
 * Says every day how old the open findings of Amazon Inspector are, and tells of those that are older than their limit
 * every day until they are gone (PCI DSS 6.3.3).
 *
 * A table of all critical and high findings goes to the evidence bucket; metrics say how old the oldest is and how many are
 * over the limit. Age is that of the vulnerability in a repository, a function or an instance, whatever was built again
 * since; a finding of unknown age counts as too old. A finding that a filter rule suppresses is in the table and is not
 * counted; nor is one in an image that does not run any more, where another one of its repository does. Where Inspector does
 * not scan images and functions, the report fails, and a day without a report is an alarm.
 *
 * What other sources found in plugins, themes and packages has the same limits; a source that has not reported for days is
 * over its own.
 *
 * It reads the findings of the whole account and Region: two stores of one account both tell. Costs about 0.50 USD a
 * month beside what Inspector costs.
 */
export class FindingsAge extends Construct {
  /** The function that reports. */
  public readonly reporter: IFunction;
  /** Where each source puts what it says, as an object with its name and `.json`. */
  public readonly sourcesAddress: string;

  private readonly handler: HandlerFunction;
  private readonly whose: string;
  private readonly prefix: string;
  private readonly sourcesPrefix: string;
  private readonly evidence: IBucket;

  /** @throws BaselineError `FindingLimitOutOfRange`, `SourceTwice`, `SourcesTooMany`; and what a source has wrong in itself */
  public constructor(scope: Construct, id: string, props: FindingsAgeProps) {
    super(scope, id);
    const { limits = {}, sources = [], evidence, alerts } = props;
    const problems = new Problems(`FindingsAge ${this.node.path}`);
    requireFindingLimits(problems.at('limits'), limits);
    requireVulnerabilitySources(problems, sources);
    problems.throwIfAny();

    const identity = identityOf(this);
    this.whose = identity === undefined ? Stack.of(this).stackName : `${identity.id}-${identity.environment}`;
    this.prefix = `patching/findings/${this.whose}/`;
    this.sourcesPrefix = `patching/components/${this.whose}/`;
    this.evidence = evidence.bucket;
    this.sourcesAddress = `s3://${evidence.bucket.bucketName}/${this.sourcesPrefix}`;
    const key = props.key ?? new DataKey(this, 'Key', { dataClass: DataClass.LOGS, alerts });
    const { criticalDays, highDays } = limitsWith(limits);
    this.handler = new HandlerFunction(this, 'Reporter', {
      handler: 'report-findings-age',
      description: 'Says how old the open findings of Inspector are',
      key,
      // Thousands of findings come a hundred at a time.
      timeout: Duration.minutes(10),
      environment: {
        BUCKET: evidence.bucket.bucketName,
        PREFIX: this.prefix,
        NAMESPACE,
        STORE: this.whose,
        CRITICAL_DAYS: String(criticalDays),
        HIGH_DAYS: String(highDays),
        SCANNED: SCANNED.join(','),
        SOURCES: JSON.stringify(
          sources.map(({ name, _format: format, owner, days }) => ({ name, format, owner, days })),
        ),
        SOURCES_PREFIX: this.sourcesPrefix,
        TOPIC: alerts?.noticeTopic.topicArn ?? '',
      },
      alerts,
    });
    this.reporter = this.handler.function;
    this.allow(evidence, alerts);
    reportDaily(this, {
      handler: this.handler,
      description: 'Says how old the open findings of Inspector are',
      minute: '15',
      key,
    });
    if (alerts !== undefined) {
      this.watch(alerts);
    }
  }

  /** Lets `role`, of a job of the shop, put what `source` says where it is read. */
  public grantSubmit(role: IRole, source: VulnerabilitySource): void {
    const resources = [this.evidence.arnForObjects(`${this.sourcesPrefix}${source.name}.json`)];
    role.addToPrincipalPolicy(new PolicyStatement({ actions: ['s3:PutObject'], resources }));
    this.evidence.encryptionKey?.grant(role, 'kms:Decrypt', 'kms:GenerateDataKey');
  }

  /** Lets `role` read the ledger: since when each vulnerability is known, also where Inspector tells of it no more. */
  public grantReadLedger(role: IRole): void {
    const { bucket, key } = this._ledger;
    const allow = (actions: string[], resources: string[], conditions?: Record<string, unknown>): void =>
      void role.addToPrincipalPolicy(new PolicyStatement({ actions, resources, conditions }));
    allow(['s3:GetObject'], [bucket.arnForObjects(key)]);
    // Until the first report has written it, S3 answers "access denied" without this.
    allow(['s3:ListBucket'], [bucket.bucketArn], { StringEquals: { 's3:prefix': key } });
    bucket.encryptionKey?.grant(role, 'kms:Decrypt');
  }

  /** @internal */
  public get _ledger(): { readonly bucket: IBucket; readonly key: string } {
    return { bucket: this.evidence, key: `${this.prefix}ledger.json` };
  }

  private allow({ bucket }: LogStore, alerts: IAlertTopics | undefined): void {
    const { role } = this.handler;
    const objects = bucket.arnForObjects(`${this.prefix}*`);
    const reports = bucket.arnForObjects(`${this.sourcesPrefix}*`);
    const allow = (actions: string[], resources: string[], conditions?: Record<string, unknown>): void =>
      void role.addToPrincipalPolicy(new PolicyStatement({ actions, resources, conditions }));
    allow(['s3:GetObject', 's3:PutObject'], [objects]);
    allow(['s3:GetObject'], [reports]);
    // Without it S3 answers "access denied" for what is not there, and the first day could not be told from a mistake.
    allow(['s3:ListBucket'], [bucket.bucketArn], {
      StringLike: { 's3:prefix': [`${this.prefix}*`, `${this.sourcesPrefix}*`] },
    });
    bucket.encryptionKey?.grant(role, 'kms:Decrypt', 'kms:GenerateDataKey');
    const reading = ['BatchGetAccountStatus', 'ListCoverage', 'ListFindings'].map((action) => `inspector2:${action}`);
    // They are about the whole account: AWS knows no resource for them.
    allow(reading, ['*']);
    letReport(role, alerts);
    acknowledgeWildcards(role, {
      matching: ['*', objects, reports],
      actions: [...reading, MEASURING],
      because:
        'AWS knows no resource for findings and metrics: it reads findings alone, and writes into one namespace. In the ' +
        'evidence bucket it reads and writes under its own prefix, where each day has a table, and reads what sources put ' +
        'under another.',
    });
  }

  private watch(alerts: IAlertTopics): void {
    watchReport(this, alerts, {
      metricName: 'FindingsOverLimit',
      dimensions: { Store: this.whose },
      over:
        'Known vulnerabilities are older than they may become (PCI DSS 6.3.3). A message names them each day; install what ' +
        'mends them, or suppress them where they were found with the reason why they do no harm.',
      silent:
        'For two days nobody has said how old the findings of Inspector are. Read the log of the reporter: most often ' +
        'Inspector was turned off in this account and Region, or never turned on.',
    });
  }
}

/** Tells a function where the ledger of `findings` is, which it may read by `grantReadLedger`. */
export function ledgerPlace(findings: FindingsAge | undefined): Readonly<Record<string, string>> {
  const { bucket, key } = findings?._ledger ?? {};
  return { LEDGER_BUCKET: bucket?.bucketName ?? '', LEDGER_KEY: key ?? '' };
}
