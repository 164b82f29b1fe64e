import { rmSync } from 'node:fs';
import medusa from '../../../config/medusa';
import { defineStore } from '../../../lib/app';
import { ExitCode } from '../../../lib/cli/exit-code';
import { runJob } from '../../../lib/cli/jobs/run';
import { type JobWords } from '../../../lib/cli/jobs/words';
import { assemblyOf } from '../../support/assembly';
import { bodiesOf, deployed, ledgerOf, PLACE, type TaskStory } from '../../support/aws-jobs';
import { denial, json, refusal, stacks } from '../../support/aws-recordings';
import { AwsServer, type AwsCall, type Recordings } from '../../support/aws-server';
import { awsAt } from '../../support/preflight';
import { WrittenTerminal } from '../../support/terminal';

const assembly = assemblyOf({ acme: defineStore({ ...medusa, packs: [] }) });

afterAll(() => rmSync(assembly, { recursive: true }));

const COMMAND = ['./node_modules/.bin/medusa', 'user', '--email', 'owner@acme.example', '--invite'];
const REASON = "The owner's password is forgotten";
const RUN = '8f14e45f-ceea-467f-a8c5-d1b0f1e2d3c4';

interface Differences {
  readonly words?: Partial<JobWords>;
  readonly recordings?: Recordings;
  readonly latency?: number;
  readonly signal?: AbortSignal;
}

interface Came {
  readonly code: ExitCode;
  readonly out: string;
  readonly err: string;
  readonly calls: readonly AwsCall[];
}

/** Runs the command in an account in which a task goes as `story` says. */
async function run(story: TaskStory = { exitCode: 0 }, differences: Differences = {}): Promise<Came> {
  const { words, recordings, latency, signal = new AbortController().signal } = differences;
  const server = await AwsServer.start({ ...deployed(assembly, story), ...recordings }, latency);
  const terminal = new WrittenTerminal();
  try {
    const typed = { assembly, name: 'worker', reason: REASON, command: COMMAND, timeout: 1, ...words };
    const means = { aws: awsAt(server.endpoint, 5), signal, run: RUN, pause: 5 };
    const code = await runJob(typed, terminal, means);
    return { code, out: terminal.out, err: terminal.err, calls: server.calls };
  } finally {
    await server.stop();
  }
}

const operationsOf = (calls: readonly AwsCall[]): string[] => calls.map(({ operation }) => operation);

test('who runs what and why is written down before anything starts, and then how it came out', async () => {
  const { calls } = await run({ exitCode: 0 }, { latency: 100 });
  const operations = operationsOf(calls);
  expect(operations.slice(0, 5)).toEqual([
    'GetCallerIdentity',
    'DescribeStacks',
    'CreateLogStream',
    'PutLogEvents',
    'RunTask',
  ]);
  expect(bodiesOf(calls, 'CreateLogStream')).toEqual([
    { logGroupName: PLACE.ledger, logStreamName: `2026/11/23/${RUN}` },
  ]);
  expect(ledgerOf(calls)).toEqual([
    expect.objectContaining({
      event: 'requested',
      run: RUN,
      process: 'Worker',
      command: COMMAND,
      reason: REASON,
      by: 'arn:aws:sts::111122223333:assumed-role/platform/me',
    }),
    expect.objectContaining({ event: 'started', task: expect.stringContaining(':task/acme/') as string }),
    expect.objectContaining({ event: 'ended', exitCode: 0 }),
  ]);
});

test('the task is that of the process, but for the words of the command', async () => {
  const { calls } = await run();
  const [request] = bodiesOf(calls, 'RunTask');
  expect(request).toEqual({
    cluster: PLACE.cluster,
    taskDefinition: PLACE.taskDefinition,
    launchType: 'FARGATE',
    count: 1,
    clientToken: RUN,
    startedBy: `job-run/${RUN}`,
    tags: [
      { key: 'commerce-baseline:job-run', value: RUN },
      { key: 'commerce-baseline:job-reason', value: 'The owner_s password is forgotten' },
    ],
    networkConfiguration: {
      awsvpcConfiguration: { subnets: PLACE.subnets, securityGroups: PLACE.securityGroups, assignPublicIp: 'DISABLED' },
    },
    overrides: { containerOverrides: [{ name: 'shop', command: COMMAND }] },
  });
});

test('a job without a command runs what it runs by itself', async () => {
  const { calls } = await run({ exitCode: 0 }, { words: { name: 'MIGRATIONS', command: [] } });
  expect(bodiesOf(calls, 'RunTask')[0].overrides).toEqual({});
});

test('what never ends by itself is not run without a command', async () => {
  await expect(run({}, { words: { command: [] } })).rejects.toThrow('What Worker runs by itself never ends.\nSay what');
});

test('the output is printed in order, once, whole, and nothing in it is obeyed', async () => {
  const many = [...Array(10_000).keys()].map((line) => `line ${line}`);
  const pages = [undefined, ['a\u001b[2Jb', 'tab\there'], ['\u202emoc.live'], many, undefined, ['late']];
  const { out, code } = await run({ exitCode: 0, pages, statuses: ['RUNNING', 'STOPPED'] });
  expect(code).toBe(ExitCode.CLEAN);
  expect(out).toBe(['a\\x1b[2Jb', 'tab\there', '\\u202emoc.live', ...many, 'late', ''].join('\n'));
});

test.each([
  [0, ExitCode.CLEAN],
  [1, ExitCode.FINDINGS],
  [137, ExitCode.FINDINGS],
])('a command that ends with %i ends with %i here', async (exitCode, code) => {
  const came = await run({ exitCode, containerReason: 'OutOfMemoryError: container killed' });
  expect(came.code).toBe(code);
  expect(came.err).toContain(`Worker ended with exit code ${exitCode}.`);
  expect(came.err.includes('OutOfMemoryError')).toBe(exitCode !== 0);
});

test.each([
  ['CannotPullContainerError: image not found', 'for another processor'],
  ['ResourceInitializationError: unable to pull secrets', 'A secret of the task cannot be read'],
  ['Something new', 'Mend the cause'],
])('a task that stops before it ran (%s) says why and what to do', async (stoppedReason, remedy) => {
  const { code, err, calls } = await run({ stoppedReason, pages: [undefined] });
  expect(code).toBe(ExitCode.COULD_NOT_RUN);
  expect(err).toContain(`Worker did not run: ${stoppedReason}\n`);
  expect(err).toContain(remedy);
  expect(ledgerOf(calls).at(-1)).toMatchObject({ event: 'not-started', why: stoppedReason });
});

test('a task that ECS cannot place is no success', async () => {
  const failures = [{ reason: 'Capacity is unavailable at this time.' }];
  const { code, err, calls } = await run({}, { recordings: { RunTask: json({ tasks: [], failures }) } });
  expect(code).toBe(ExitCode.COULD_NOT_RUN);
  expect(err).toContain('Worker did not run: Capacity is unavailable at this time.\nFargate has no room');
  expect(ledgerOf(calls).map(({ event }) => event)).toEqual(['requested', 'not-started']);
});

test('when the answer of ECS is lost, it does not say that nothing started', async () => {
  const lost = (call: AwsCall): ReturnType<typeof refusal> => refusal(call, 'ServerException', 'Oops', 500);
  const { code, err, calls } = await run({}, { recordings: { RunTask: lost } });
  expect(code).toBe(ExitCode.COULD_NOT_RUN);
  expect(err).toContain(`aws ecs list-tasks --cluster ${PLACE.cluster} --started-by job-run/${RUN}`);
  const tokens = bodiesOf(calls, 'RunTask').map(({ clientToken }) => clientToken);
  expect(tokens.length).toBeGreaterThan(1);
  expect(new Set(tokens)).toEqual(new Set([RUN]));
});

test.each([
  ['the stream cannot be made', { CreateLogStream: denial }, `Let somebody attach ${PLACE.policy}`],
  ['nothing can be written', { PutLogEvents: denial }, `Let somebody attach ${PLACE.policy}`],
  ['the clock is wrong', { PutLogEvents: json({ rejectedLogEventsInfo: { tooNewLogEventStartIndex: 0 } }) }, 'clock'],
])('when %s, nothing starts', async (_, recordings: Recordings, said) => {
  const server = await AwsServer.start({ ...deployed(assembly), ...recordings });
  const typed = { assembly, name: 'worker', reason: REASON, command: COMMAND, timeout: 1 };
  const means = { aws: awsAt(server.endpoint), signal: new AbortController().signal, run: RUN, pause: 5 };
  try {
    await expect(runJob(typed, new WrittenTerminal(), means)).rejects.toThrow(said);
    expect(operationsOf(server.calls)).not.toContain('RunTask');
  } finally {
    await server.stop();
  }
});

test('once it runs, a ledger that is out of reach is said and stops nothing', async () => {
  let written = 0;
  const PutLogEvents = (call: AwsCall): ReturnType<typeof json> => (written++ === 0 ? json({}) : denial(call));
  const { code, out, err } = await run({ exitCode: 0 }, { recordings: { PutLogEvents } });
  expect({ code, out }).toEqual({ code: ExitCode.CLEAN, out: 'Hello.\n' });
  expect(err).toContain('"ended" could not be written down');
});

test('throttling and a task that ECS does not know yet only take longer', async () => {
  const story = { exitCode: 0, statuses: ['MISSING', 'PENDING', 'RUNNING', 'STOPPED'] };
  const answers = deployed(assembly, story);
  const throttled = new Map<string, number>();
  const sometimes = (name: string) => (call: AwsCall) => {
    const times = (throttled.get(name) ?? 0) + 1;
    throttled.set(name, times);
    const answer = answers[name];
    return times === 1
      ? refusal(call, 'ThrottlingException', 'Rate exceeded')
      : typeof answer === 'function'
        ? answer(call)
        : answer;
  };
  const names = ['RunTask', 'DescribeTasks', 'GetLogEvents', 'PutLogEvents'];
  const recordings = Object.fromEntries(names.map((name) => [name, sometimes(name)]));
  const { code, out } = await run(story, { recordings });
  expect({ code, out }).toEqual({ code: ExitCode.CLEAN, out: 'Hello.\n' });
});

test('Ctrl-C leaves the task alone, and says how to follow and stop it', async () => {
  const { code, err, calls } = await run({ statuses: ['RUNNING'] }, { signal: AbortSignal.abort() });
  expect(code).toBe(ExitCode.COULD_NOT_RUN);
  expect(operationsOf(calls)).not.toContain('StopTask');
  expect(err).toContain('aws logs tail acme-logs --log-stream-names task/shop/0f1e2d --follow --region ap-southeast-1');
  expect(err).toContain('aws ecs stop-task --cluster arn:aws:ecs:ap-southeast-1:111122223333:cluster/acme --task ');
  expect(ledgerOf(calls).at(-1)).toMatchObject({ event: 'left' });
});

test('with --stop it stops the task when the time is over', async () => {
  const { code, calls } = await run({ statuses: ['RUNNING'] }, { words: { stop: true, timeout: 0.0005 } });
  expect(code).toBe(ExitCode.COULD_NOT_RUN);
  expect(bodiesOf(calls, 'StopTask')).toEqual([
    expect.objectContaining({ task: expect.stringContaining('0f1e2d') as string, cluster: PLACE.cluster }),
  ]);
  expect(ledgerOf(calls).at(-1)).toMatchObject({ event: 'stopped' });
});

test('a task that is lost sight of is not said to have ended', async () => {
  const { code, err } = await run({ statuses: ['RUNNING'] }, { recordings: { GetLogEvents: denial } });
  expect(code).toBe(ExitCode.COULD_NOT_RUN);
  expect(err).toContain('Worker goes on; nobody waits for it. User: arn:aws:sts::111122223333');
});

test('JSON is all that is printed, and what the command says stands beside it', async () => {
  const { out, err } = await run({ exitCode: 3 }, { words: { json: true } });
  expect(JSON.parse(out)).toMatchObject({
    store: 'acme-production',
    outcome: 'ended',
    exitCode: 3,
    run: RUN,
    output: { logGroup: 'acme-logs', logStream: 'task/shop/0f1e2d' },
    ledger: { logGroup: 'acme-ledger', logStream: `2026/11/23/${RUN}` },
  });
  expect(err).toMatch(/^Hello\.\n/);
});

test.each([
  [
    'a process that is not there',
    { words: { name: 'wroker' } },
    /no process wroker\.\nName one of migrations, worker, server/,
  ],
  [
    'a store that is not deployed',
    { recordings: { DescribeStacks: stacks() } },
    /not deployed.*\nDeploy it first: npx cdk deploy acme-production\/Application/,
  ],
  [
    'a stack that may not be looked at',
    { recordings: { DescribeStacks: denial } },
    /Allow cloudformation:DescribeStacks/,
  ],
] as [string, Differences, RegExp][])('%s is answered with what to do', async (_, differences, said) => {
  await expect(run({}, differences)).rejects.toThrow(said);
});
