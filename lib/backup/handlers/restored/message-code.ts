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

/**
 * HMAC with SHA-256 (FIPS 198-1), in hexadecimal.
 *
 * @param before keys of before a rotation: what was signed with one is still ours, and nothing is signed with it any more
 */
export function messageCode(key: string, ...before: readonly string[]): MessageCode {
  return {
    sign: (text) => codeOf(text, key),
    verify: (text, code) => [key, ...before].some((each) => isSame(codeOf(text, each), code)),
  };
}

/** The same of texts about `whose`: what was signed about another is not verified. */
export function codeAbout(whose: string, by: MessageCode): MessageCode {
  return {
    sign: (text) => by.sign(`${whose} ${text}`),
    verify: (text, code) => by.verify(`${whose} ${text}`, code),
  };
}

function codeOf(text: string, key: string): string {
  return createHmac('sha256', key).update(text).digest('hex');
}

function isSame(one: string, other: string): boolean {
  const [right, given] = [Buffer.from(one), Buffer.from(other)];
  return right.length === given.length && timingSafeEqual(right, given);
}
