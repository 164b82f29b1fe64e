import { Duration, Size, Stack } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { acknowledgeWildcards } from '../core/acknowledge';
import type { IAlertTopics } from '../core/alerts';
import type { HandlerFunction } from '../core/handler-function';
import { identityOf } from '../core/identity';
import type { LogStore } from '../core/log-store';
import type { Restored } from '../core/restored';
import { DataFunction } from '../data/data-function';
import { connectAs } from '../data/database-function';
import type { ICustomerDatabase } from '../data/database-ref';
import { DatabaseRole } from '../data/database-role';
import { GeneratedSecret } from '../data/generated-secret';
import { handlerInNetwork, type HandlerInNetworkProps } from '../data/handler-in-network';
import { expectationOf, HEARTBEAT_SECONDS } from './expectation';
import type { RecoveryObjectives } from './recovery-objectives';

/** Of which database something is known before it is lost. */
export interface DatabaseWitnessProps {
  /** The live database. One that pauses when idle does not pause any more: heartbeats keep it awake. */
  readonly database: ICustomerDatabase;

  /** What has to be in a copy of it. A profile knows its own: `application.database.restored`. */
  readonly expected: Restored[];

  /** What is promised of a recovery. */
  readonly objectives: RecoveryObjectives;

  /** Where baselines are kept, under `restore-tests/`. With a key, they are locked for a year. */
  readonly evidence: LogStore;

  /**
   * Key for the logs of the functions and for the secret that signs.
   *
   * @default - the keys of the database
   */
  readonly key?: IKey;

  /**
   * Whom to tell of a heartbeat, a baseline or a check that failed.
   *
   * @default - nobody
   */
  readonly alerts?: IAlertTopics;
}

/**
 * Knows what a copy of a database has to hold, because it saw the live one: a signed heartbeat every five minutes, and every
 * day a signed baseline with number of rows and checksums of what never changes. Its `check` is the function that a
 * `RestoreTest` asks about a restored cluster.
 *
 * Three functions with three sets of rights. Who writes heartbeats can change none. Who takes a baseline reads the database and cannot
 * write over a baseline that is there. Who checks reads restored clusters by IAM, baselines and removals, and writes nothing.
 *
 * Costs about 0.50 USD a month: the secret, and nine thousand short calls.
 */
export class DatabaseWitness extends Construct {
  /** Checks a restored copy: give it to a `RestoreTest`, which lets it connect to what is restored. */
  public readonly check: Function;
  /** Signs heartbeats, baselines and removals. Whoever reads it may excuse missing rows. */
  public readonly signing: GeneratedSecret;

  private readonly prefix: string;

  /** @throws BaselineError `RestoredTablesMissing`, `RestoredTableTwice`, `RestoredSchemaUnknown`, `RecoveryPointTooShort` */
  public constructor(scope: Construct, id: string, props: DatabaseWitnessProps) {
    super(scope, id);
    const { database, expected, objectives } = props;
    const expectation = expectationOf(expected, database, objectives);
    const identity = identityOf(this);
    const store = identity === undefined ? Stack.of(this).stackName : `${identity.id}-${identity.environment}`;
    this.prefix = `restore-tests/${store}/`;
    this.signing = new GeneratedSecret(this, 'Signing', {
      key: props.key ?? database.secretsKey,
      alerts: props.alerts,
    });
    this.createHeartbeat(props);
    this.createBaseline(props, expectation);
    this.check = this.createCheck(props, expectation);
  }

  private createHeartbeat(props: DatabaseWitnessProps): void {
    const description = 'Writes a heartbeat into the database every five minutes';
    const role = DatabaseRole._heartbeats();
    const { handler } = new DataFunction(this, 'Heartbeat', {
      ...this.shared(props, 'beat', description),
      database: props.database,
      role,
      memory: Size.mebibytes(256),
      timeout: Duration.minutes(1),
    });
    this.signing.secret.grantRead(handler.role).assertSuccess();
    this.run('EveryFiveMinutes', description, handler, Duration.seconds(HEARTBEAT_SECONDS));
  }

  private createBaseline(props: DatabaseWitnessProps, expectation: object): void {
    const description = 'Measures every day what a copy of the database has to hold';
    const { handler } = new DataFunction(this, 'Baseline', {
      ...this.shared(props, 'baseline', description, expectation),
      database: props.database,
      role: DatabaseRole._validation(),
      memory: Size.mebibytes(512),
    });
    this.signing.secret.grantRead(handler.role).assertSuccess();
    this.let(handler, props.evidence, ['s3:PutObject'], ['baselines'], ['kms:GenerateDataKey', 'kms:Decrypt']);
    this.run('Daily', description, handler, Duration.days(1));
  }

  private createCheck(props: DatabaseWitnessProps, expectation: object): Function {
    const shared = this.shared(props, 'check', 'Says whether a restored database holds what it has to', expectation);
    const role = DatabaseRole._validation();
    const environment = { ...shared.environment, DATABASE_USER: role.loginName };
    const size = { timeout: Duration.minutes(15), memory: Size.mebibytes(512) };
    const scope = new Construct(this, 'Check');
    const { handler } = handlerInNetwork(scope, { ...shared, environment }, size);
    this.signing.secret.grantRead(handler.role).assertSuccess();
    // AWS gives what it restores a resource id of its own, which nobody knows before.
    handler.role.addToPrincipalPolicy(connectAs(Stack.of(this), 'cluster-*', role.loginName));
    this.let(handler, props.evidence, ['s3:GetObject'], ['baselines', 'removals'], ['kms:Decrypt']);
    handler.role.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['s3:ListBucket'],
        resources: [props.evidence.bucket.bucketArn],
        conditions: { StringLike: { 's3:prefix': [`${this.prefix}baselines/*`, `${this.prefix}removals/*`] } },
      }),
    );
    acknowledgeWildcards(handler.role, {
      matching: [/:dbuser:cluster-\*/],
      because: 'A restored cluster has a resource id of its own. The login reads, and is let in by IAM alone.',
    });
    return handler.function;
  }

  private shared(
    props: DatabaseWitnessProps,
    verb: string,
    description: string,
    expectation?: object,
  ): HandlerInNetworkProps {
    const { database, evidence, alerts, key: logsKey = database.logsKey } = props;
    const environment = {
      VERB: verb,
      EVIDENCE_BUCKET: evidence.bucket.bucketName,
      EVIDENCE_PREFIX: this.prefix,
      SIGNING_SECRET_ARN: this.signing.secret.secretArn,
      ...(expectation === undefined ? {} : { EXPECTATION: JSON.stringify(expectation) }),
    };
    const handler = `ask-${database.engine.dialect}`;
    return { network: database.network, logsKey, alerts, description, handler, environment };
  }

  /** Evidence of one kind, and nothing else of the bucket. */
  private let(
    { role }: HandlerFunction,
    { bucket }: LogStore,
    actions: string[],
    folders: string[],
    keyActions: string[],
  ): void {
    const resources = folders.map((folder) => bucket.arnForObjects(`${this.prefix}${folder}/*`));
    role.addToPrincipalPolicy(new PolicyStatement({ actions, resources }));
    bucket.encryptionKey?.grant(role, ...keyActions);
    acknowledgeWildcards(role, {
      matching: [/\/restore-tests\/.*\/(baselines|removals)\/\*$/],
      because: 'The name of a baseline is the moment when it is taken.',
    });
  }

  private run(id: string, description: string, handler: HandlerFunction, every: Duration): void {
    new Rule(this, id, {
      description,
      schedule: Schedule.rate(every),
      targets: [new LambdaFunction(handler.function, { deadLetterQueue: handler.deadLetters })],
    });
  }
}
