import { Duration, Size, Stack } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { acknowledgeWildcards } from '../core/acknowledge';
import type { IAlertTopics } from '../core/alerts';
import type { HandlerFunction } from '../core/handler-function';
import { letAlarmsAndEventsUse } from '../core/key-use';
import type { LogStore } from '../core/log-store';
import type { Restored } from '../core/restored';
import type { CustomerDatabase } from '../data/customer-database';
import { connectAs } from '../data/database-function';
import { DatabaseRole } from '../data/database-role';
import { GeneratedSecret } from '../data/generated-secret';
import { handlerInNetwork, type HandlerSize } from '../data/handler-in-network';
import { expectationOf, HEARTBEAT_SECONDS } from './expectation';
import type { RecoveryObjectives } from './recovery-objectives';

/** Whose rows, and what has to be true of them. */
export interface RestoredRowsProps {
  /** The live database. */
  readonly database: CustomerDatabase;
  /** What a copy has to hold. */
  readonly expected: readonly Restored[];
  /** What is promised. */
  readonly objectives: RecoveryObjectives;
  /** Where baselines are kept. */
  readonly evidence: LogStore;
  /** What their keys begin with. */
  readonly prefix: string;
  /** Key for logs. */
  readonly key: IKey;
  /** @default - nobody is told of a heartbeat or a baseline that failed */
  readonly alerts?: IAlertTopics;
}

/** How long each may take, and with how much memory. */
const SIZES = {
  beat: { timeout: Duration.minutes(1) },
  baseline: { timeout: Duration.minutes(15), memory: Size.mebibytes(512) },
  check: { timeout: Duration.minutes(15), memory: Size.mebibytes(512) },
} as const satisfies Record<string, HandlerSize>;

/** In a copy, users are those of the live database, and the cluster has a new id. */
const ANY_CLUSTER = 'cluster-*';

/**
 * Knows what the rows of a restored database have to be: every five minutes a heartbeat is written into the live database, every
 * day a signed baseline of it is taken, and a copy is asked for both. Three functions of one bundle, each with a login and
 * rights of its own: whoever writes heartbeats reads no row of the shop, and whoever checks writes nothing.
 */
export class RestoredRows extends Construct {
  /** The function that asks a copy. */
  public readonly check: Function;

  private readonly signingKey: ISecret;

  public constructor(scope: Construct, id: string, props: RestoredRowsProps) {
    super(scope, id);
    const { database, evidence, prefix, key } = props;
    const { bucket } = evidence;
    // A test looks at a week of heartbeats and a month of baselines: what the value of before signed is still known.
    this.signingKey = new GeneratedSecret(this, 'SigningKey', {
      key: database.secretsKey,
      alerts: props.alerts,
    }).secret;
    const baselines = bucket.arnForObjects(`${prefix}baselines/*`);
    const removals = bucket.arnForObjects(`${prefix}removals/*`);
    letAlarmsAndEventsUse(key);

    const beat = this.createFunction(
      'Beat',
      'beat',
      'Writes heartbeats into the database',
      props,
      DatabaseRole._heartbeats(),
    );
    this.schedule('Beats', beat, Duration.seconds(HEARTBEAT_SECONDS), 'Writes a heartbeat');
    const baseline = this.createFunction(
      'Baseline',
      'baseline',
      'Takes a signed baseline of the database',
      props,
      DatabaseRole._validation(),
    );
    this.schedule('Baselines', baseline, Duration.days(1), 'Takes a baseline');
    allow(baseline, ['s3:PutObject'], [baselines]);
    bucket.encryptionKey?.grant(baseline.role, 'kms:Decrypt', 'kms:GenerateDataKey');

    const check = this.createFunction('Check', 'check', 'Asks a restored database whether it is right', props);
    this.check = check.function;
    const copies = connectAs(Stack.of(this), ANY_CLUSTER, DatabaseRole._validation().loginName);
    check.role.addToPrincipalPolicy(copies);
    allow(check, ['s3:GetObject'], [baselines, removals]);
    allow(check, ['s3:ListBucket'], [bucket.bucketArn], { StringLike: { 's3:prefix': `${prefix}*` } });
    bucket.encryptionKey?.grant(check.role, 'kms:Decrypt');
    acknowledgeWildcards(this, {
      matching: [baselines, removals, ...copies.resources],
      because:
        'Baselines and removals are named after their moments, each under one prefix. A restored cluster has a new id each ' +
        'time; the login is one that reads alone, and only what is restored for a test lets the function in.',
    });
  }

  private createFunction(
    id: string,
    verb: keyof typeof SIZES,
    description: string,
    { database, evidence, prefix, key, alerts, expected, objectives }: RestoredRowsProps,
    role?: DatabaseRole,
  ): HandlerFunction {
    const { handler } = handlerInNetwork(
      new Construct(this, id),
      {
        network: database.network,
        handler: database.engine.dialect === 'mysql' ? 'ask-mysql' : 'ask-postgresql',
        description,
        logsKey: key,
        environment: {
          VERB: verb,
          DATABASE_USER: (role ?? DatabaseRole._validation()).loginName,
          EXPECTATION: JSON.stringify(expectationOf(expected, database, objectives)),
          EVIDENCE_BUCKET: evidence.bucket.bucketName,
          EVIDENCE_PREFIX: prefix,
          SIGNING_SECRET_ARN: this.signingKey.secretArn,
        },
        alerts,
      },
      SIZES[verb],
    );
    this.signingKey.grantRead(handler.role);
    if (role !== undefined) {
      const { host, port, databaseName } = database.allow(handler.function, role);
      handler.function.addEnvironment('DATABASE_HOST', host);
      handler.function.addEnvironment('DATABASE_PORT', String(port));
      handler.function.addEnvironment('DATABASE_NAME', databaseName);
    }
    return handler;
  }

  private schedule(
    id: string,
    { function: target, deadLetters }: HandlerFunction,
    every: Duration,
    what: string,
  ): void {
    new Rule(this, id, {
      description: what,
      schedule: Schedule.rate(every),
      targets: [new LambdaFunction(target, { deadLetterQueue: deadLetters })],
    });
  }
}

function allow(
  { role }: HandlerFunction,
  actions: string[],
  resources: string[],
  conditions?: Record<string, unknown>,
): void {
  role.addToPrincipalPolicy(new PolicyStatement({ actions, resources, conditions }));
}
