import { createHmac, timingSafeEqual } from 'node:crypto';
import * as z from 'zod/mini';

/** Says of a text that a holder of the key wrote it. */
export interface MessageCode {
  sign(text: string): string;
  verify(text: string, code: string): boolean;
}

/** A text as it is kept, with the code that says who wrote it. */
export const SignedText = z.object({ body: z.string(), code: z.string() });
export type SignedText = z.infer<typeof SignedText>;

/** HMAC with SHA-256 (FIPS 198-1), in hexadecimal. */
export function messageCode(key: string): MessageCode {
  const sign = (text: string): string => createHmac('sha256', key).update(text).digest('hex');
  return {
    sign,
    verify(text, code) {
      const [right, given] = [Buffer.from(sign(text)), Buffer.from(code)];
      return right.length === given.length && timingSafeEqual(right, given);
    },
  };
}
