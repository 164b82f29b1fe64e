import * as z from 'zod/mini';
import type { MessageCode, SignedText } from './message-code';

/** What erasure or retention took out of a table on purpose. */
export const Removal = z.object({
  /** As a finding names it: `public.orders`, in MySQL `wp_users`. */
  table: z.string(),
  at: z.iso.datetime(),
  rows: z.number().check(z.int(), z.nonnegative()),
  /** Those of the rows that were immutable: their number, and their checksum as the baseline has it. */
  frozen: z.optional(z.object({ rows: z.number(), sum: z.string().check(z.regex(/^[0-9a-f]{1,32}$/)) })),
});
export type Removal = z.infer<typeof Removal>;

/** Says that rows were removed on purpose. */
export function signRemovals(removals: readonly Removal[], code: MessageCode): SignedText {
  const body = JSON.stringify(removals);
  return { body, code: code.sign(signed(body)) };
}

/** The removals as they were kept, if a holder of the key signed them: an excuse for missing rows is worth forging. */
export function openRemovals({ body, code: given }: SignedText, code: MessageCode): Removal[] | undefined {
  return code.verify(signed(body), given) ? z.parse(z.array(Removal), JSON.parse(body)) : undefined;
}

function signed(body: string): string {
  return `removals ${body}`;
}
