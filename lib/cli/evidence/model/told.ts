import { CannotTell } from '../../../compliance/template-graph/cannot-tell';

/** What `read` reads; nothing where the template does not show it. For texts to look at, never for a judgement. */
export function told<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof CannotTell) {
      return undefined;
    }
    throw error;
  }
}
