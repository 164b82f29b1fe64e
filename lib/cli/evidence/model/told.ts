import { CannotTell } from '../../../compliance/template-graph/cannot-tell';

/**
 * What `read` reads; nothing where the template does not show it. For texts to look at, never for a judgement.
 *
 * @param doubts where it is written down why the template does not show it
 */
export function told<T>(read: () => T, doubts?: Set<string>): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof CannotTell) {
      doubts?.add(error.why);
      return undefined;
    }
    throw error;
  }
}
