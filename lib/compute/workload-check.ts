import { posix } from 'node:path';
import { Duration, Size, Token } from 'aws-cdk-lib';
import type { Problems } from '../core/errors';
import { requireFargateSize } from './fargate-size';
import type { StorefrontWorkloadProps } from './storefront-workload-props';
import { requireSecret, requireSetting } from './task-variables';

/** The longest Fargate waits between asking a container to stop and killing it. */
const LONGEST_STOP = Duration.seconds(120);

/** What a task is given. */
export interface TaskSize {
  readonly cpu: number;
  readonly memory: Size;
}

/** The size of a task that says none: half a processor and 1 GiB. */
export function sizeOf({ cpu = 512, memory = Size.gibibytes(1) }: Partial<TaskSize>): TaskSize {
  return { cpu, memory };
}

/** Objects to a size that Fargate does not have. */
export function requireSize(problems: Problems, size: Partial<TaskSize>): void {
  const { cpu, memory } = sizeOf(size);
  requireFargateSize(problems, cpu, memory);
}

/** Objects to what Fargate would refuse at deployment, and to what would not be safe. */
export function requireWorkload(problems: Problems, props: StorefrontWorkloadProps): void {
  requireZones(problems, props);
  requireSize(problems, props);
  requireContainer(problems, props);
  requireVariables(problems, props);
  const stop = props.stopTimeout;
  problems.require(stop === undefined || stop.toSeconds() <= LONGEST_STOP.toSeconds(), {
    code: 'StopTimeoutTooLong',
    property: 'stopTimeout',
    value: `${stop?.toSeconds()} seconds`,
    bound: `be ${LONGEST_STOP.toSeconds()} seconds at most`,
    remedy: 'Fargate kills a container after that; make the work resumable instead.',
  });
}

function requireZones(problems: Problems, { network }: StorefrontWorkloadProps): void {
  const zones = network.applicationSubnets.length;
  problems.require(zones >= 2, {
    code: 'TooFewZones',
    property: 'network.applicationSubnets',
    value: zones,
    bound: 'be subnets in at least 2 Availability Zones',
    remedy: 'Give the network a second Availability Zone.',
  });
}

/** What is said about a container wherever it runs. */
export type ContainerFacts = Pick<StorefrontWorkloadProps, 'user' | 'withoutUnprivilegedUser' | 'writablePaths'>;

/** Objects to a user that could be root, and to directories that cannot be. */
export function requireContainer(problems: Problems, facts: ContainerFacts): void {
  requireUser(problems, facts);
  requirePaths(problems, facts);
}

function requireUser(problems: Problems, { user, withoutUnprivilegedUser }: ContainerFacts): void {
  const numeric = user === undefined || Token.isUnresolved(user) || /^[1-9]\d*(:\d+)?$/.test(user);
  problems.require(numeric || withoutUnprivilegedUser !== undefined, {
    code: 'UserNotUnprivileged',
    property: 'user',
    value: user,
    bound: 'be the number of a user other than root, with or without a group: 10001:10001',
    remedy:
      'Look up the number in the image; a name could be root. If the image needs root, use withoutUnprivilegedUser.',
  });
}

function requirePaths(problems: Problems, { writablePaths = [] }: ContainerFacts): void {
  for (const [index, path] of writablePaths.entries()) {
    requirePath(problems, `writablePaths[${index}]`, path, writablePaths.slice(0, index));
  }
}

/** Objects to a place in a container that cannot be one, or is `taken`. */
export function requirePath(problems: Problems, property: string, path: string, taken: readonly string[]): void {
  const plain = posix.isAbsolute(path) && posix.normalize(path) === path && !path.endsWith('/');
  problems.require(plain, {
    code: 'PathMalformed',
    property,
    value: path,
    bound: 'be an absolute path below /, without a slash at the end',
    remedy: 'Write the path as the container sees it: /app/.cache.',
  });
  problems.require(!taken.includes(path), {
    code: 'PathTwice',
    property,
    value: path,
    bound: 'differ from every other writable path and mount of the container',
    remedy: 'Remove one of the two.',
  });
}

function requireVariables(problems: Problems, { environment = {}, secrets = {} }: StorefrontWorkloadProps): void {
  for (const [name, value] of Object.entries(environment)) {
    requireSetting(problems, { property: `environment.${name}`, name, taken: [] }, value);
  }
  for (const [name, secret] of Object.entries(secrets)) {
    requireSecret(problems, { property: `secrets.${name}`, name, taken: Object.keys(environment) }, secret);
  }
}
