import { Problems } from '../../lib/core/errors';
import { requireScaling, requireWorkerScaling, type TaskScaling } from '../../lib/compute/task-scaling';

const codesOf = (judge: (problems: Problems) => void): string[] => {
  const problems = new Problems('Test');
  judge(problems);
  return problems.recorded.map(({ code, property }) => `${code} at ${property}`);
};

test.each<[TaskScaling, string[]]>([
  [{}, []],
  [{ min: 2, max: 2, cpuPercent: 10, requestsPerTask: 1 }, []],
  [{ min: 1 }, ['TooFewTasks at scaling.min']],
  [{ min: 11 }, ['ScalingLimitsReversed at scaling.max']],
  [{ min: 2.5, max: 3.5 }, ['TasksNotWhole at scaling.min', 'TasksNotWhole at scaling.max']],
  [{ cpuPercent: 91 }, ['ScalingTargetUseless at scaling.cpuPercent']],
  [{ requestsPerTask: 0 }, ['ScalingTargetUseless at scaling.requestsPerTask']],
])('a service that scales by %j is judged %j', (scaling, codes) => {
  expect(codesOf((problems) => requireScaling(problems, scaling, 2))).toEqual(codes);
});

test.each<[TaskScaling, string[]]>([
  [{}, []],
  [{ min: 0 }, ['TooFewTasks at scaling.min']],
  [{ requestsPerTask: 0 }, ['ScalingByRequests at scaling.requestsPerTask']],
])('a worker that scales by %j is judged %j', (scaling, codes) => {
  expect(codesOf((problems) => requireWorkerScaling(problems, scaling))).toEqual(codes);
});
