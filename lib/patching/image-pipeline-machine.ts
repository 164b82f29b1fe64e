import { Aws, Stack } from 'aws-cdk-lib';
import type { IRepository } from 'aws-cdk-lib/aws-ecr';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { acknowledgeWildcards } from '../core/acknowledge';
import type { HandlerFunction } from '../core/handler-function';
import { letLogGroupsUse } from '../core/key-use';
import type { LogStore } from '../core/log-store';
import type { ServiceRole } from '../core/service-role';
import { createWorkflow, createWorkflowRole, WORKFLOW_ACTIONS } from '../core/workflow';
import type { ImageBuild } from './image-build';
import { imagePipelineDefinition } from './image-pipeline-definition';
import type { PatchCalendar } from './patch-calendar';

/** What the steps are done with. */
export interface ImagePipelineMachineProps {
  /** What builds. */
  readonly build: ImageBuild;
  /** What judges the findings of a scan. */
  readonly judge: HandlerFunction;
  /** Where the image goes. */
  readonly repository: IRepository;
  /** Where bills of materials and records go. */
  readonly evidence: LogStore;
  /** Key of that bucket. */
  readonly evidenceKey: IKey;
  /** What its keys begin with. */
  readonly prefix: string;
  /** What is asked before anything is rolled out. */
  readonly calendar: PatchCalendar;
  /** Name of the parameter that holds the digest of what runs. */
  readonly promoted: string;
  /** Name of the parameter that each good run writes. */
  readonly lastGoodRun: string;
  /** The stack that runs the image. */
  readonly stack: Stack;
  /** Key for its log. */
  readonly key: IKey;
}

/** They are about the whole account: AWS knows no resource for them. ECR asks Inspector for findings as whoever asks ECR. */
const INSPECTOR_ACTIONS = [
  'inspector2:CreateSbomExport',
  'inspector2:GetSbomExport',
  'inspector2:ListCoverage',
  'inspector2:ListFindings',
];

/** What Step Functions calls the rule of its own by which it hears that a build has ended. */
const OWN_RULE = 'StepFunctionsGetEventForCodeBuildStartBuildRule';

/** The state machine of a pipeline, and what it may do. */
export class ImagePipelineMachine extends Construct {
  /** The state machine. */
  public readonly stateMachine: StateMachine;

  public constructor(scope: Construct, id: string, props: ImagePipelineMachineProps) {
    super(scope, id);
    const { build, judge, repository, evidence, evidenceKey, prefix, calendar, promoted, lastGoodRun } = props;
    letLogGroupsUse(props.key);
    const definition = imagePipelineDefinition({
      ...{ prefix, promoted, lastGoodRun },
      partition: Aws.PARTITION,
      project: build.project.ref,
      repository: repository.repositoryName,
      judge: judge.function.functionArn,
      bucket: evidence.bucket.bucketName,
      bucketKey: evidenceKey.keyArn,
      calendar: calendar.calendarName,
      stack: props.stack.stackName,
    });
    this.stateMachine = createWorkflow(this, {
      definition,
      comment: 'Builds the image of the shop from patched bases, and rolls it out when it passed',
      role: this.createRole(props),
      logsKey: props.key,
    });
  }

  private createRole(props: ImagePipelineMachineProps): ServiceRole {
    const { build, judge, repository, evidence, evidenceKey, prefix, calendar } = props;
    const here = Stack.of(this);
    const role = createWorkflowRole(this, 'Builds, judges and rolls out the image of the shop');
    const allow = (actions: string[], ...resources: string[]): void =>
      void role.addToPrincipalPolicy(new PolicyStatement({ actions, resources }));
    const parameterArn = (name: string): string =>
      here.formatArn({ service: 'ssm', resource: 'parameter', resourceName: name.replace(/^\//, '') });
    const records = evidence.bucket.arnForObjects(`${prefix}*`);
    const stackArn = here.formatArn({
      service: 'cloudformation',
      resource: 'stack',
      resourceName: `${props.stack.stackName}/*`,
    });
    const bootstrapVersions = parameterArn('/cdk-bootstrap/*');
    const promoted = parameterArn(props.promoted);
    const ownRule = here.formatArn({ service: 'events', resource: 'rule', resourceName: OWN_RULE });
    allow(['codebuild:BatchGetBuilds', 'codebuild:StartBuild', 'codebuild:StopBuild'], build.projectArn);
    allow(['events:DescribeRule', 'events:PutRule', 'events:PutTargets'], ownRule);
    allow(['ecr:DescribeImageScanFindings', 'ecr:DescribeImages'], repository.repositoryArn);
    allow(INSPECTOR_ACTIONS, '*');
    allow(['ssm:GetParameter', 'ssm:PutParameter'], promoted);
    allow(['ssm:PutParameter'], parameterArn(props.lastGoodRun));
    allow(['cloudformation:DescribeStacks', 'cloudformation:UpdateStack'], stackArn);
    // CloudFormation reads the parameters of a template for whoever updates the stack.
    allow(['ssm:GetParameters'], promoted, bootstrapVersions);
    allow(['s3:PutObject'], records);
    evidenceKey.grant(role, 'kms:Decrypt', 'kms:GenerateDataKey');
    calendar.grantAsk(role);
    judge.function.grantInvoke(role);
    acknowledgeWildcards(role, {
      matching: ['*', stackArn, bootstrapVersions, records, `${judge.function.functionArn}:*`],
      actions: [...WORKFLOW_ACTIONS, ...INSPECTOR_ACTIONS],
      because:
        'One stack by its name, since AWS makes up its id; versions of the bootstrap, records and versions of one function ' +
        'come as they come; log delivery, X-Ray and the reports of Inspector take no resource.',
    });
    return role;
  }
}
