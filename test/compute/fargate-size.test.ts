import { Size } from 'aws-cdk-lib';
import { requireFargateSize } from '../../lib/compute/fargate-size';
import { Problems } from '../../lib/core/errors';
import { refusal } from '../support/refusal';

const check = (cpu: number, memory: Size) => () => {
  const problems = new Problems('Test');
  requireFargateSize(problems, cpu, memory);
  problems.throwIfAny();
};

test.each([
  [256, 512],
  [256, 2048],
  [512, 1024],
  [1024, 8192],
  [4096, 30720],
  [16384, 122880],
])('takes %d CPU units with %d MiB', (cpu, memory) => {
  expect(check(cpu, Size.mebibytes(memory))).not.toThrow();
});

test.each([
  [256, 1536],
  [256, 4096],
  [512, 512],
  [512, 1500],
  [8192, 17408],
])('refuses %d CPU units with %d MiB', (cpu, memory) => {
  expect(check(cpu, Size.mebibytes(memory))).toThrow(
    refusal(['FargateMemoryUnavailable'], `memory is "${memory} MiB"; it must be one of `),
  );
});

test('says what there is', () => {
  expect(check(300, Size.gibibytes(1))).toThrow(
    'cpu is 300; it must be one of 256, 512, 1024, 2048, 4096, 8192, 16384. Fargate has no other sizes; 1024 units are one processor. [FargateCpuUnavailable]',
  );
  expect(check(512, Size.gibibytes(8))).toThrow(
    'memory is "8192 MiB"; it must be one of 1024, 2048, 3072, 4096 MiB, with 512 CPU units. Choose a size that Fargate has, or change cpu. [FargateMemoryUnavailable]',
  );
});
