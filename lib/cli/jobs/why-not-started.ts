/** What ECS says of a task that never ran, and what to do about it. */
const REMEDIES: readonly (readonly [RegExp, string])[] = [
  [
    /CannotPullContainer|pull.?image|manifest/i,
    'The image is not there, or for another processor: see "What the image has to be" of the shop.',
  ],
  [
    /ResourceInitializationError.*(secret|ssm)|secretsmanager/is,
    'A secret of the task cannot be read: was it deleted, or its key disabled?',
  ],
  [/ResourceInitializationError.*logs?/is, 'The log group cannot be written to: is it there, and is its key enabled?'],
  [
    /ResourceInitializationError|efs/i,
    'Network, files or secrets of the task were not to be had: look at the endpoints of the network.',
  ],
  [/capacity is unavailable/i, 'Fargate has no room in these zones now: try again in some minutes.'],
  [/inactive/i, 'A deployment has replaced the task definition meanwhile: try again when it is through.'],
  [/vcpu|quota|limit/i, 'A quota of Fargate is used up: "npx commerce-baseline preflight --check quota" says which.'],
];

/** What to do about a task that did not start for `reason`. */
export function remedyFor(reason: string): string {
  return REMEDIES.find(([pattern]) => pattern.test(reason))?.[1] ?? 'Mend the cause, and run it again.';
}
