import type { Restored } from '../core/restored';

/** How an application proves to a server who it is. */
export enum LoginMethod {
  /** With a token of its IAM role, valid for minutes. */
  IAM = 'iam',
  /** With a password from a secret that is rotated. */
  ROTATED_PASSWORD = 'rotated-password',
}

/** Which SQL an application speaks. */
export enum SqlDialect {
  /** PostgreSQL. */
  POSTGRESQL = 'postgresql',
  /** MySQL. */
  MYSQL = 'mysql',
}

/** The database an application needs. */
export interface ApplicationDatabase {
  /** How its processes log in. */
  readonly login: LoginMethod;

  /**
   * The only SQL it speaks.
   *
   * @default - whichever engine the store has
   */
  readonly dialect?: SqlDialect;

  /**
   * Name of its database.
   *
   * @default shop
   */
  readonly databaseName?: string;

  /**
   * What has to be in a restored copy of it.
   *
   * @default - nothing is known: the store says it
   */
  readonly restored?: Restored[];
}

/** What an application keeps in its cache. */
export enum CacheUse {
  /** Sessions, queues and cached answers: nothing may empty it. */
  SESSIONS = 'sessions',
  /** Only what can be read from the database again, as an object cache of WordPress: the application may empty it. */
  OBJECTS = 'objects',
}

/** The cache an application needs. */
export interface ApplicationCache {
  /** How its processes log in. */
  readonly login: LoginMethod;

  /**
   * What is kept in it.
   *
   * @default CacheUse.SESSIONS
   */
  readonly use?: CacheUse;
}

/** A directory that all processes of an application share, for an application that cannot keep its files in a bucket. */
export interface ApplicationFiles {
  /** Where every process sees it: `/var/www/html/wp-content/uploads`. It belongs to the user of the application. */
  readonly path: string;
}

/** The store for product pictures an application needs. */
export interface ApplicationMedia {
  /** Path under which visitors fetch them, and prefix of their keys in the bucket: `/media`. */
  readonly path: string;
}

/** A random value that a store generates for an application. */
export interface ApplicationSecret {
  /** Its name in the application: `JWT_SECRET`. */
  readonly name: string;

  /**
   * Why it must never be replaced, in a sentence: what becomes unreadable without it.
   *
   * @default - it is rotated; the application notices nothing but a restart
   */
  readonly keptBecause?: string;
}

/** A destination that an application calls by itself. */
export interface OutboundDestination {
  /** Host name: `api.stripe.com`. */
  readonly domain: string;

  /** What for. */
  readonly purpose: string;
}
