import { type JobPlace } from '../../lib/core/job-metadata';
import { processesOf } from '../../lib/cli/jobs/processes';
import { readStore } from '../../lib/cli/store-assembly';
import { json, PREPARED, query, refusal } from './aws-recordings';
import { type AwsCall, type Recording, type Recordings } from './aws-server';

/** Where every process of the stand-in is. */
export const PLACE: JobPlace = {
  cluster: 'arn:aws:ecs:ap-southeast-1:111122223333:cluster/acme',
  taskDefinition: 'arn:aws:ecs:ap-southeast-1:111122223333:task-definition/acme:7',
  container: 'shop',
  subnets: ['subnet-0a', 'subnet-0b'],
  securityGroups: ['sg-0a'],
  logGroup: 'acme-logs',
  streamPrefix: 'task',
  ledger: 'acme-ledger',
  policy: 'arn:aws:iam::111122223333:policy/acme-jobs',
};

const TASK = 'arn:aws:ecs:ap-southeast-1:111122223333:task/acme/0f1e2d';

/** What happens to a task. */
export interface TaskStory {
  /** Statuses, one for each look; the last one stays. */
  readonly statuses?: readonly string[];
  readonly exitCode?: number;
  readonly stoppedReason?: string;
  /** Reason that stands with the container. */
  readonly containerReason?: string;
  /** Pages of its output, one for each reading; an undefined one is a stream that is not there yet. */
  readonly pages?: readonly (readonly string[] | undefined)[];
}

/** Recordings of an account in which the store in `assembly` is deployed, and a task goes as `story` says. */
export function deployed(assembly: string, story: TaskStory = {}): Recordings {
  const { statuses = ['PENDING', 'RUNNING', 'STOPPED'], pages = [undefined, ['Hello.']] } = story;
  let looks = 0;
  let readings = 0;
  return {
    GetCallerIdentity: PREPARED.GetCallerIdentity,
    DescribeStacks: (call) => describeStacks(assembly, call),
    CreateLogStream: json({}),
    PutLogEvents: json({}),
    RunTask: json({ tasks: [{ taskArn: TASK, lastStatus: 'PROVISIONING' }], failures: [] }),
    StopTask: json({ task: { taskArn: TASK } }),
    DescribeTasks: () => {
      const lastStatus = statuses[Math.min(looks++, statuses.length - 1)];
      return json({ tasks: lastStatus === 'MISSING' ? [] : [taskOf(story, lastStatus)], failures: [] });
    },
    GetLogEvents: (call) => {
      const lines = readings < pages.length ? pages[readings] : [];
      if (lines === undefined) {
        readings += 1;
        return refusal(call, 'ResourceNotFoundException', 'The specified log stream does not exist.');
      }
      const asked = Number(/"nextToken":"f\/(\d+)"/.exec(call.text)?.[1] ?? 0);
      // As CloudWatch: the same token again where nothing is left.
      readings = lines.length === 0 ? readings : readings + 1;
      const nextForwardToken = `f/${lines.length === 0 ? asked : asked + 1}`;
      return json({ events: lines.map((message) => ({ message, timestamp: 1 })), nextForwardToken });
    },
  };
}

function taskOf({ exitCode, stoppedReason, containerReason }: TaskStory, lastStatus: string): object {
  const isOver = lastStatus === 'STOPPED';
  return {
    taskArn: TASK,
    lastStatus,
    stoppedReason: isOver ? stoppedReason : undefined,
    containers: [
      { name: 'opener', exitCode: 0 },
      { name: 'shop', exitCode: isOver ? exitCode : undefined, reason: isOver ? containerReason : undefined },
    ],
  };
}

function describeStacks(assembly: string, call: AwsCall): Recording {
  const name = /StackName=([^&]+)/.exec(call.text)?.[1] ?? '';
  const outputs = processesOf(readStore(assembly))
    .filter(({ stack }) => stack.name === name)
    .map(({ output }) => `<member><OutputKey>${output}</OutputKey><OutputValue>${PLACE_TEXT}</OutputValue></member>`);
  return query(
    'DescribeStacks',
    `<Stacks><member><StackName>${name}</StackName><CreationTime>2026-11-01T00:00:00Z</CreationTime>` +
      `<StackStatus>UPDATE_COMPLETE</StackStatus><Outputs>${outputs.join('')}</Outputs></member></Stacks>`,
  );
}

const PLACE_TEXT = JSON.stringify(PLACE).replaceAll('"', '&quot;');

/** Bodies of the calls of `operation`, in order. */
export function bodiesOf(calls: readonly AwsCall[], operation: string): Record<string, unknown>[] {
  return calls
    .filter((call) => call.operation === operation)
    .map(({ text }) => JSON.parse(text.slice(text.indexOf('{'))) as Record<string, unknown>);
}

/** What was written into the ledger. */
export function ledgerOf(calls: readonly AwsCall[]): Record<string, unknown>[] {
  return bodiesOf(calls, 'PutLogEvents').flatMap(({ logEvents }) =>
    (logEvents as { message: string }[]).map(({ message }) => JSON.parse(message) as Record<string, unknown>),
  );
}
