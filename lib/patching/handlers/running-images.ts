import { type Container, DescribeTasksCommand, type ECSClient, ListTasksCommand } from '@aws-sdk/client-ecs';

/** An image that a task runs now. */
export interface RunningImage {
  /** As the task definition names it. */
  readonly name: string;
  /** What was pulled. Undefined when ECS does not say. */
  readonly digest?: string;
}

/** What `DescribeTasks` takes at once. */
const AT_ONCE = 100;

/** Containers that AWS puts into a task, and replaces by itself. */
const OF_AWS = /^(aws-guardduty-agent-|ecs-service-connect-)/;

/** Each image that runs in `cluster`, once. */
export async function runningImages(ecs: Pick<ECSClient, 'send'>, cluster: string): Promise<RunningImage[]> {
  const images = new Map<string, RunningImage>();
  let nextToken: string | undefined;
  do {
    const page = await ecs.send(new ListTasksCommand({ cluster, maxResults: AT_ONCE, nextToken }));
    for (const { name = '', image = '', imageDigest } of await containersOf(ecs, cluster, page.taskArns ?? [])) {
      if (!OF_AWS.test(name)) {
        images.set(`${image} ${imageDigest}`, { name: image, digest: imageDigest });
      }
    }
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return [...images.values()].sort((one, other) => one.name.localeCompare(other.name));
}

/** A task that ended since it was listed is not there any more. One that has not begun has pulled nothing yet. */
async function containersOf(ecs: Pick<ECSClient, 'send'>, cluster: string, tasks: string[]): Promise<Container[]> {
  if (tasks.length === 0) {
    return [];
  }
  const described = await ecs.send(new DescribeTasksCommand({ cluster, tasks }));
  return (described.tasks ?? [])
    .filter(({ lastStatus }) => lastStatus === 'RUNNING')
    .flatMap(({ containers = [] }) => containers);
}
