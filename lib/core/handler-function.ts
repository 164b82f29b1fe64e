import { existsSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { Duration } from 'aws-cdk-lib';
import type { ISecurityGroup, IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  ApplicationLogLevel,
  Architecture,
  Code,
  Function,
  LoggingFormat,
  RecursiveLoop,
  Runtime,
  RuntimeManagementMode,
  SystemLogLevel,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { acknowledge, acknowledgeWildcards } from './acknowledge';
import { addAlarm, type IAlertTopics } from './alerts';
import { decline } from './declined-rules';
import { BaselineError } from './errors';
import { letLogGroupsUse } from './key-use';
import { ServiceRole } from './service-role';
import { watchSupport } from './support-end';
import { removalPolicyOf } from './stateful';

/** Where a function that has to reach something inside the VPC runs. */
export interface HandlerPlacement {
  readonly vpc: IVpc;
  readonly subnets: SubnetSelection;
  readonly securityGroups: ISecurityGroup[];
}

export interface HandlerFunctionProps {
  /** Name of the handler: `<name>.handler.ts`, which the archive of its domain holds as `<name>.mjs`. */
  readonly handler: string;
  /** What the function does, for whoever finds it in the console. */
  readonly description: string;
  /** Key for its logs and its dead letters. */
  readonly key: IKey;
  /** @default - none */
  readonly environment?: Readonly<Record<string, string>>;
  /** @default 1 minute */
  readonly timeout?: Duration;
  /** @default 256 MiB */
  readonly memorySize?: number;
  /** @default - outside any VPC */
  readonly placement?: HandlerPlacement;
  /** @default - nobody is told of events that failed */
  readonly alerts?: IAlertTopics;
}

/** What every handler runs on. */
const RUNTIME = Runtime.NODEJS_24_X;

/** What CDK allows a function that is traced. */
const X_RAY_ACTIONS = ['xray:PutTelemetryRecords', 'xray:PutTraceSegments'];

/** What Lambda needs to connect a function to a VPC. */
const NETWORK_INTERFACE_ACTIONS = [
  'ec2:AssignPrivateIpAddresses',
  'ec2:CreateNetworkInterface',
  'ec2:DeleteNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:UnassignPrivateIpAddresses',
];

/** Built handlers, beside `lib/` in a checkout and beside `dist/` in the package: an archive for each domain, and an index. */
const HANDLERS = path.join(__dirname, '..', '..', 'assets', 'handlers');

/** A handler that was built. */
interface BuiltHandler {
  /** The domain in whose archive it lies. */
  readonly domain: string;
  /** Another one when any code of this handler is. */
  readonly digest: string;
}

/**
 * A Lambda function of ours: Node.js 24 on ARM64 from an archive made ahead of time, runtime patched by AWS, encrypted
 * logs kept for a year, events that failed twice kept for 14 days in an encrypted dead-letter queue that raises an
 * alarm, a role of its own that accepts later grants.
 */
export class HandlerFunction extends Construct {
  /** The function. */
  public readonly function: Function;
  /** Its role; `grantX(role)` is in the template. */
  public readonly role: ServiceRole;
  /** Events that failed and are not tried again. */
  public readonly deadLetters: Queue;
  /** Changes with the code: for a custom resource that has to run again when its function does something new. */
  public readonly codeDigest: string;

  public constructor(scope: Construct, id: string, props: HandlerFunctionProps) {
    super(scope, id);
    letLogGroupsUse(props.key);
    this.role = this.createRole(props);
    this.deadLetters = this.createDeadLetterQueue(props.key);
    const { domain, digest } = builtHandler(props.handler);
    this.codeDigest = digest;
    this.function = this.createFunction(props, Code.fromAsset(path.join(HANDLERS, `${domain}.zip`)));
    this.watch(props);
    watchSupport(this, `Lambda ${RUNTIME.name}`);
  }

  private createRole({ description, placement }: HandlerFunctionProps): ServiceRole {
    const assumedBy = new ServicePrincipal('lambda.amazonaws.com');
    const role = new ServiceRole(this, 'Role', { assumedBy, description });
    if (placement !== undefined) {
      role.addToPrincipalPolicy(networkInterfaceStatement());
    }
    acknowledgeWildcards(role, {
      matching: ['*'],
      actions: [...X_RAY_ACTIONS, ...NETWORK_INTERFACE_ACTIONS],
      because:
        'X-Ray segments and network interfaces have no resource to name: AWS accepts only * for these actions, and neither reads data.',
    });
    return role;
  }

  private createDeadLetterQueue(key: IKey): Queue {
    const queue = new Queue(this, 'DeadLetters', {
      encryption: QueueEncryption.KMS,
      encryptionMasterKey: key,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    // Lambda writes dead letters as the function's role; CDK lets it send, but not use the queue's key.
    key.grant(this.role, 'kms:Decrypt', 'kms:GenerateDataKey');
    acknowledge(queue, {
      rules: ['Serverless-SQSRedrivePolicy'],
      because: 'This is a dead-letter queue: what ends here is read by a person, not sent on.',
    });
    return queue;
  }

  private createFunction(props: HandlerFunctionProps, code: Code): Function {
    const logGroup = new LogGroup(this, 'Logs', {
      encryptionKey: props.key,
      retention: RetentionDays.ONE_YEAR,
      removalPolicy: removalPolicyOf(this),
    });
    logGroup.grantWrite(this.role);
    const handler = new Function(this, 'Function', {
      description: props.description,
      code,
      handler: `${props.handler}.handler`,
      runtime: RUNTIME,
      runtimeManagementMode: RuntimeManagementMode.AUTO,
      architecture: Architecture.ARM_64,
      timeout: props.timeout ?? Duration.minutes(1),
      memorySize: props.memorySize ?? 256,
      environment: { ...props.environment, POWERTOOLS_SERVICE_NAME: props.handler },
      role: this.role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      applicationLogLevelV2: ApplicationLogLevel.INFO,
      systemLogLevelV2: SystemLogLevel.INFO,
      tracing: Tracing.ACTIVE,
      recursiveLoop: RecursiveLoop.TERMINATE,
      deadLetterQueue: this.deadLetters,
      vpc: props.placement?.vpc,
      vpcSubnets: props.placement?.subnets,
      securityGroups: props.placement?.securityGroups,
    });
    decline(handler, 'LambdaConcurrency');
    if (props.placement === undefined) {
      decline(handler, 'LambdaInsideVPC');
    }
    return handler;
  }

  private watch({ handler, alerts }: HandlerFunctionProps): void {
    addAlarm(this, 'FailedAlarm', alerts, {
      urgency: 'notice',
      metric: this.deadLetters.metricApproximateNumberOfMessagesVisible({
        period: Duration.minutes(5),
        statistic: 'max',
      }),
      threshold: 1,
      evaluationPeriods: 1,
      description: `${handler} failed and gave up. Read its log group, mend the cause, then send the message in its dead-letter queue again.`,
    });
  }
}

function networkInterfaceStatement(): PolicyStatement {
  return new PolicyStatement({
    actions: NETWORK_INTERFACE_ACTIONS,
    // Lambda calls these before the interface exists, and AWS offers no resource-level permission for the reads.
    resources: ['*'],
  });
}

function builtHandler(name: string): BuiltHandler {
  const index = path.join(HANDLERS, 'index.json');
  const built = existsSync(index) ? (JSON.parse(readFileSync(index, 'utf8')) as Record<string, BuiltHandler>) : {};
  if (built[name] === undefined) {
    throw new BaselineError(`Handler ${name}`, [
      {
        code: 'HandlerNotBuilt',
        property: 'handler',
        value: name,
        bound: `be one of those in ${index}`,
        remedy: 'In a checkout, run "npm run build:handlers" first; the published package holds every handler.',
      },
    ]);
  }
  return built[name];
}
