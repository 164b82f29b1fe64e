import { randomText } from './random-text';
import { PLAIN_TEXT, rotationHandler, type SecretRotation } from './rotation';

/** Length of the first value of a secret that was made without one: 380 bits. */
const LENGTH = 64;

/** A random value that only its readers know: nothing has to be told about it. As long as the one before. */
export const generatedSecret: SecretRotation<string> = {
  format: PLAIN_TEXT,
  create: (current) => Promise.resolve(randomText(current?.length ?? LENGTH)),
  set: () => Promise.resolve(),
  test: () => Promise.resolve(),
};

export const handler = rotationHandler(generatedSecret);
