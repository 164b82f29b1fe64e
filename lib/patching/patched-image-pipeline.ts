import { Duration, Stack, Token } from 'aws-cdk-lib';
import type { IRepository } from 'aws-cdk-lib/aws-ecr';
import { EventField, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnParameter, ParameterTier, StringParameter } from 'aws-cdk-lib/aws-ssm';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { acknowledgeWildcards } from '../core/acknowledge';
import { addAlarm, addAlertRule, type IAlertTopics } from '../core/alerts';
import { Problems } from '../core/errors';
import { HandlerFunction } from '../core/handler-function';
import { identityOf } from '../core/identity';
import type { LogStore } from '../core/log-store';
import { physicalName } from '../core/physical-names';
import { removalPolicyOf } from '../core/stateful';
import { DataClass } from '../core/tags';
import { workflowFailures } from '../core/workflow-failures';
import { DataKey } from '../encryption/data-key';
import type { BuildSource } from './build-source';
import { limitsWith, requireFindingLimits, type FindingLimits } from './finding-limits';
import { ledgerPlace, type FindingsAge } from './findings-age';
import { ImageBuild } from './image-build';
import { requireImageTest } from './image-build-choices';
import { ImagePipelineMachine } from './image-pipeline-machine';
import { ImagePipelineTriggers } from './image-pipeline-triggers';
import { PatchKind, type PatchCalendar } from './patch-calendar';

/** What is built, how it is judged, and where it runs. */
export interface PatchedImagePipelineProps {
  /** Where the source is, Dockerfile included. */
  readonly source: BuildSource;

  /**
   * Path of the Dockerfile in the source. Bases are named by tags that their makers move (`node:24-slim`): a base by its
   * digest never gets a patch.
   *
   * @default 'Dockerfile'
   */
  readonly dockerfile?: string;

  /**
   * A command that ends with exit code 0 in an image that works. It is run in the image before that is pushed: without
   * network, credentials and a file system that it could write to, except for `/tmp`.
   */
  readonly test: string[];

  /** Where the image goes: private, with tags that never move, such as that of an `ImageRepository`. */
  readonly repository: IRepository;

  /**
   * Digest of the image in that repository that runs until the first promotion. A new value here replaces what was promoted
   * at the next deployment.
   */
  readonly initialDigest: string;

  /**
   * Repositories of this account that the bases come from: they can be pulled in a build, and a new image in one of them
   * starts a build.
   *
   * @default - bases of public registries; the window alone starts a build
   */
  readonly bases?: IRepository[];

  /** The stack whose tasks run the image. Another one than that of the pipeline, in the same account and Region. */
  readonly shop: Stack;

  /** When an image is built again, and when nothing is rolled out. */
  readonly calendar: PatchCalendar;

  /** Where bills of materials and a record of each run go. One with a key. */
  readonly evidence: LogStore;

  /**
   * How old a finding in the image may be.
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
   * Key for logs and dead letters.
   *
   * @default - a `DataKey` of its own
   */
  readonly key?: IKey;

  /**
   * Whom to tell of a run that failed, and of eight days without a good one.
   *
   * @default - nobody
   */
  readonly alerts?: IAlertTopics;
}

/** A run each week, and a day in which it may be late. */
const SILENCE_DAYS = 8;

/**
 * The image of the shop is built again from patched bases each week, in the window for images of the calendar, and whenever
 * one of its bases changes; and what runs was tested and scanned, and its components are listed (PCI DSS 6.3.2, 6.3.3).
 *
 * A run builds with CodeBuild for ARM64, tests the image and pushes it under a tag of its own; waits for Amazon Inspector,
 * and goes on only when no finding is older than its limit; has the bill of materials (CycloneDX) written to the evidence
 * bucket; asks the calendar; writes the digest into a parameter, and has CloudFormation deploy the stack that reads it
 * (`ShopImage.fromPromotion`). When that fails, the stack rolls back, and the parameter gets what it runs then. A freeze of
 * the calendar holds what was built. How each run ended is recorded in the evidence bucket, which keeps it for a year.
 *
 * **It may update the stack of the shop**, with the rights that CloudFormation deploys it with. Nothing else than its state
 * machine has that right, and the state machine changes no template. Inspector has to scan images here
 * (`InspectorScanning`): without a scan nothing is promoted. Costs about 0.50 USD a month for weekly builds, and the
 * scans. Nothing of it was tried in an account.
 */
export class PatchedImagePipeline extends Construct {
  /** Name of the parameter that holds the digest of the promoted image, without `sha256:`. */
  public readonly promotedParameterName: string;
  /** What does the work. Start it by hand with `{"id": "<a word of your own>", "trigger": "by hand"}`. */
  public readonly stateMachine: StateMachine;

  private readonly prefix: string;

  /**
   * @throws BaselineError `DigestMalformed`, `TestMissing`, `ShopStackElsewhere`, `EvidenceWithoutKey`,
   * `PipelineFeedsItself`, `FindingLimitOutOfRange`
   */
  public constructor(scope: Construct, id: string, props: PatchedImagePipelineProps) {
    super(scope, id);
    const { evidence, shop, calendar, bases = [], alerts } = props;
    requirePipeline(this, props);
    const evidenceKey = evidence.bucket.encryptionKey as IKey;
    const key = props.key ?? new DataKey(this, 'Key', { dataClass: DataClass.LOGS, alerts });
    const identity = identityOf(this);
    const whose = identity === undefined ? Stack.of(this).stackName : `${identity.id}-${identity.environment}`;
    this.prefix = `patching/images/${whose}/`;
    this.promotedParameterName = physicalName(this, 'promotedImage');
    const promoted = this.createPromoted(props.initialDigest);
    const lastGoodRun = this.createLastGoodRun();

    evidence.letInspectorWrite();
    const { source, dockerfile = 'Dockerfile', test, repository } = props;
    const build = new ImageBuild(this, 'Build', { source, dockerfile, test, repository, bases, key });
    const { stateMachine } = new ImagePipelineMachine(this, 'Steps', {
      ...{ build, repository, evidence, evidenceKey, calendar, key },
      judge: this.createJudge(props, key),
      prefix: this.prefix,
      promoted: this.promotedParameterName,
      lastGoodRun: lastGoodRun.ref,
      stack: shop,
    });
    this.stateMachine = stateMachine;
    const schedule = calendar.scheduleFor(PatchKind.IMAGES);
    new ImagePipelineTriggers(this, 'Triggers', { stateMachine, schedule, bases, key, alerts });
    // The template of the shop reads the parameter: it has to be there.
    shop.addStackDependency(Stack.of(promoted));
    if (alerts !== undefined) {
      this.watch(alerts, lastGoodRun);
    }
  }

  private createPromoted(initialDigest: string): StringParameter {
    const parameter = new StringParameter(this, 'Promoted', {
      parameterName: this.promotedParameterName,
      description: 'Digest of the image of the shop that was promoted last, without sha256:',
      stringValue: initialDigest.replace(/^sha256:/, ''),
      allowedPattern: '^[0-9a-f]{64}$',
    });
    // Whoever removes the pipeline goes on running what it promoted.
    parameter.applyRemovalPolicy(removalPolicyOf(this));
    return parameter;
  }

  private createLastGoodRun(): CfnParameter {
    const attributes = { After: String(SILENCE_DAYS), Unit: 'Days' };
    return new CfnParameter(this, 'LastGoodRun', {
      type: 'String',
      description: 'The last good run of the pipeline of the image of the shop',
      value: 'none yet',
      tier: ParameterTier.ADVANCED,
      policies: JSON.stringify([{ Type: 'NoChangeNotification', Version: '1.0', Attributes: attributes }]),
    });
  }

  private createJudge({ limits = {}, findings, alerts }: PatchedImagePipelineProps, key: IKey): HandlerFunction {
    const { criticalDays, highDays } = limitsWith(limits);
    const judge = new HandlerFunction(this, 'Judge', {
      handler: 'judge-image',
      description: 'Says whether the findings in an image of the shop are younger than their limits',
      timeout: Duration.minutes(10),
      environment: { CRITICAL_DAYS: String(criticalDays), HIGH_DAYS: String(highDays), ...ledgerPlace(findings) },
      key,
      alerts,
    });
    judge.role.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['inspector2:ListFindings'],
        // It is about the whole account: AWS knows no resource for it.
        resources: ['*'],
      }),
    );
    findings?.grantReadLedger(judge.role);
    acknowledgeWildcards(judge.role, {
      matching: ['*'],
      actions: ['inspector2:ListFindings'],
      because: 'AWS knows no resource for findings: it reads them, and no more.',
    });
    return judge;
  }

  private watch(alerts: IAlertTopics, lastGoodRun: CfnParameter): void {
    addAlarm(this, 'FailedAlarm', alerts, {
      urgency: 'notice',
      metric: workflowFailures(this.stateMachine, Duration.minutes(5)),
      threshold: 1,
      evaluationPeriods: 1,
      description:
        'The image of the shop was not built again, did not pass, or did not come up and was taken back. The failed run of ' +
        'the state machine says which; what ran before still runs, and gets no patches until this is mended.',
    });
    addAlertRule(this, 'SilentRule', alerts, {
      urgency: 'notice',
      description: `The image of the shop has had no good run of its pipeline for ${SILENCE_DAYS} days`,
      eventPattern: {
        source: ['aws.ssm'],
        detailType: ['Parameter Store Policy Action'],
        detail: { 'parameter-name': [lastGoodRun.ref], 'policy-type': ['NoChangeNotification'] },
      },
      message: RuleTargetInput.fromText(
        `The pipeline of the image of the shop has had no good run for ${SILENCE_DAYS} days: the parameter ` +
          `${EventField.fromPath('$.detail.parameter-name')} names the last one. Start its state machine by hand, and see ` +
          'whether its schedule is there and on.',
      ),
    });
  }
}

function requirePipeline(pipeline: PatchedImagePipeline, props: PatchedImagePipelineProps): void {
  const { initialDigest, test, shop, evidence, repository, bases = [], limits = {} } = props;
  const here = Stack.of(pipeline);
  const problems = new Problems(`PatchedImagePipeline ${pipeline.node.path}`);
  problems.require(Token.isUnresolved(initialDigest) || /^sha256:[0-9a-f]{64}$/.test(initialDigest), {
    code: 'DigestMalformed',
    property: 'initialDigest',
    value: initialDigest,
    bound: 'be sha256: followed by 64 hexadecimal digits',
    remedy: 'Push an image to the repository and copy the digest that the push printed.',
  });
  requireImageTest(problems, test);
  problems.require(shop !== here && shop.account === here.account && shop.region === here.region, {
    code: 'ShopStackElsewhere',
    property: 'shop',
    value: shop.node.path,
    bound: 'be another stack than that of the pipeline, in the same account and Region',
    remedy: 'Put the pipeline into a stack of its own beside that of the shop.',
  });
  problems.require(evidence.bucket.encryptionKey !== undefined, {
    code: 'EvidenceWithoutKey',
    property: 'evidence',
    value: evidence.node.path,
    bound: 'have a key: Inspector writes bills of materials under a key alone',
    remedy: 'Give the LogStore a key.',
  });
  problems.require(!bases.includes(repository), {
    code: 'PipelineFeedsItself',
    property: 'bases',
    value: repository.node.path,
    bound: 'not hold the repository that images go to: each would start the next',
    remedy: 'Remove it from the bases.',
  });
  requireFindingLimits(problems.at('limits'), limits);
  problems.throwIfAny();
}
