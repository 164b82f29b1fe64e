/** What `toThrow` matches: a refusal of these problems, in this order, whose message says `text` to whoever reads it. */
export function refusal(codes: readonly string[], text: string): Error {
  return expect.objectContaining({ codes, message: expect.stringContaining(text) as string }) as Error;
}
