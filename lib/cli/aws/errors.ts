/** Names under which services say that somebody may not. */
const DENIED =
  /^(AccessDenied|AccessDeniedException|AuthorizationError|AuthorizationErrorException|UnauthorizedOperation|NotAuthorized|UnauthorizedException)$/;

/** What an error of AWS is called: `AccessDeniedException`. */
export function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : '';
}

/** What an error says, on one line. */
export function messageOf(error: unknown): string {
  const message = error instanceof Error && error.message !== '' ? error.message : String(error);
  return message.replace(/\s+/g, ' ').trim();
}

/** Whether AWS refused because of missing permissions. */
export function isDenied(error: unknown): boolean {
  return DENIED.test(nameOf(error));
}

/** Whether a service answered that it will not. Anything else may have been done, and the answer lost. */
export function isRefusal(error: unknown): boolean {
  return error instanceof Error && '$fault' in error && error.$fault === 'client';
}

/**
 * What `ask` answers, or undefined when AWS says that there is no such thing.
 *
 * @param absent the names under which the service says so
 */
export async function unlessAbsent<Answer>(
  ask: Promise<Answer>,
  ...absent: readonly string[]
): Promise<Answer | undefined> {
  try {
    return await ask;
  } catch (error) {
    if (absent.includes(nameOf(error))) {
      return undefined;
    }
    throw error;
  }
}
