import { createHmac, timingSafeEqual } from 'node:crypto';

/** Says of a text that a holder of the key wrote it. */
export interface MessageCode {
  sign(text: string): string;
  verify(text: string, code: string): boolean;
}

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
