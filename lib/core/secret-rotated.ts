/**
 * The event on the default bus that says a secret has a new value: `detail: { secretArn }`. A rotation puts it when it
 * finishes; a service that read the secret when it started is deployed again on it. It may come more than once.
 */
export const SECRET_ROTATED_SOURCE = 'cdk-commerce-baseline';

/** Detail type of the event. */
export const SECRET_ROTATED_DETAIL_TYPE = 'Secret Rotated';

/** The event for a secret, as `PutEvents` takes it. */
export interface SecretRotatedEntry {
  readonly Source: string;
  readonly DetailType: string;
  readonly Detail: string;
}

/** The event that says `secretArn` has a new value. */
export function secretRotatedEntry(secretArn: string): SecretRotatedEntry {
  return {
    Source: SECRET_ROTATED_SOURCE,
    DetailType: SECRET_ROTATED_DETAIL_TYPE,
    Detail: JSON.stringify({ secretArn }),
  };
}
