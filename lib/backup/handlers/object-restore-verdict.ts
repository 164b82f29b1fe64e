import * as z from 'zod/mini';
import {
  Answer,
  answerFindings,
  conclude,
  found,
  stepFindings,
  Tested,
  type Declared,
  type Verdict,
} from './restore-verdict';

/** What the state machine has gathered of one restored bucket. */
export const ObjectsRestored = z.extend(Tested, {
  check: z.optional(z.object({ answer: z.extend(Answer, { objects: z.looseObject({}) }) })),
});
export type ObjectsRestored = z.infer<typeof ObjectsRestored>;

/** Whether a restored bucket is what it was. */
export function judgeObjects(test: ObjectsRestored, declared: Declared): Verdict {
  const { check, usable } = test;
  return conclude(test, declared, {
    findings: [
      ...stepFindings(test, { failing: 'bucket', last: 'bucket' }),
      ...(check === undefined
        ? found(usable !== undefined, 'CheckMissing', 'objects', 'nobody compared them')
        : answerFindings(check.answer, 'objects')),
    ],
    more: { objects: check?.answer.objects },
  });
}
