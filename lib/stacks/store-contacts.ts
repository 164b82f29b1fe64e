/** Whom a store tells. */
export interface StoreContacts {
  /** Told at once of what must be looked at now. A mailbox that somebody reads, or a pager's. */
  readonly security: string;

  /**
   * Told of what can wait until the next working day.
   *
   * @default - the contact for security
   */
  readonly operations?: string;
}
