import type { Privileges } from '../login-name';

/** Where a database is, and its name there. */
export interface DatabaseTarget {
  /** The endpoint that takes writes. */
  readonly host: string;
  /** The endpoint that spreads reads over the readers. */
  readonly readerHost: string;
  readonly port: number;
  readonly database: string;
}

/** Somebody who logs in with a password. */
export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** A user that the application's code asks for. */
export interface DeclaredUser {
  readonly name: string;
  readonly privileges: Privileges;
  /** Whether a token of IAM lets it in; otherwise a password does, once `setPassword` was called. */
  readonly iam: boolean;
}

/** What the handlers need of a database server. One implementation for each engine. */
export interface DatabaseServer {
  /** Runs `work` as the master user; never two at a time, whoever starts them. */
  asMaster<Result>(work: (master: MasterSession) => Promise<Result>): Promise<Result>;

  /** Whether somebody is let in, over TLS with a certificate we trust. Throws when that cannot be found out. */
  accepts(credentials: Credentials): Promise<boolean>;
}

/** What the master user does. Each can be repeated, and then changes nothing. */
export interface MasterSession {
  /** Makes exactly `users` able to log in, each with exactly its privileges. Who was declared once and no longer is, is locked. */
  declare(users: readonly DeclaredUser[]): Promise<void>;

  /** Gives a declared user a password. The statement holds what the server stores of it, never the password. */
  setPassword(credentials: Credentials): Promise<void>;
}

/** The database refuses or cannot do what is asked. The name says why; the message holds no password. */
export class DatabaseError extends Error {
  public constructor(
    public override readonly name:
      | 'Busy'
      | 'ForeignOwner'
      | 'LoginDoesNotWork'
      | 'MasterLoginRefused'
      | 'MasterSecretMalformed'
      | 'NameTaken'
      | 'StaleVersion'
      | 'UnknownUser',
    message: string,
  ) {
    super(message);
  }
}
