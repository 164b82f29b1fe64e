import type { Size } from 'aws-cdk-lib';
import type { Problems } from '../core/errors';

const GIB = 1024;

/**
 * Memory, in MiB, that Fargate offers for a number of CPU units:
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html
 */
const SIZES: Readonly<Record<number, readonly number[]>> = {
  256: [0.5 * GIB, 1 * GIB, 2 * GIB],
  512: range(1, 4, 1),
  1024: range(2, 8, 1),
  2048: range(4, 16, 1),
  4096: range(8, 30, 1),
  8192: range(16, 60, 4),
  16384: range(32, 120, 8),
};

/** Objects unless Fargate has tasks of `cpu` units and `memory`. */
export function requireFargateSize(problems: Problems, cpu: number, memory: Size): void {
  const offered = SIZES[cpu];
  problems.require(offered !== undefined, {
    code: 'FargateCpuUnavailable',
    property: 'cpu',
    value: cpu,
    bound: `be one of ${Object.keys(SIZES).join(', ')}`,
    remedy: 'Fargate has no other sizes; 1024 units are one processor.',
  });
  const wanted = memory.toMebibytes();
  problems.require(offered === undefined || offered.includes(wanted), {
    code: 'FargateMemoryUnavailable',
    property: 'memory',
    value: `${wanted} MiB`,
    bound: `be one of ${(offered ?? []).join(', ')} MiB, with ${cpu} CPU units`,
    remedy: 'Choose a size that Fargate has, or change cpu.',
  });
}

/** From `first` to `last` GiB by `step`, in MiB. */
function range(first: number, last: number, step: number): number[] {
  return Array.from({ length: (last - first) / step + 1 }, (_, index) => (first + index * step) * GIB);
}
