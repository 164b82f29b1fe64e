import { Problems } from '../core/errors';
import type { ContentSecurityPolicy } from './content-security-policy';
import { SecretSource, StoreSetting, type EnvironmentValue, type SecretField } from './environment-value';

/** Where an application reaches a server, and under which name. All of it may be known only at deployment. */
export interface ServerCoordinates {
  /** Host name. */
  readonly host: string;

  /** Port. */
  readonly port: string;

  /**
   * Name of the database.
   *
   * @default - the server has none
   */
  readonly databaseName?: string;

  /**
   * Name under which the process logs in.
   *
   * @default - it stands in the secret, because it changes with the password
   */
  readonly username?: string;
}

/** How an application sends mail. All of it may be known only at deployment. */
export interface MailCoordinates {
  /** `ses` for the API of SES with the role of the task, `smtp` for a server. */
  readonly transport: string;

  /** The address that mail is sent from. */
  readonly from: string;

  /** Host name of the server, or of the API. */
  readonly host: string;

  /** Port. */
  readonly port: string;

  /** When encryption begins: `tls` or `starttls`. */
  readonly tls: string;

  /** Whether there is a secret with name and password. */
  readonly hasLogin: boolean;
}

/** What a store knows about itself when it composes the environment of a process. */
export interface ApplicationContext {
  /** The hosts of the shop, the canonical one first. */
  readonly hosts: string[];

  /** The Region in which the process runs. */
  readonly region: string;

  /**
   * What the pages of the shop may load: the policy of its profile, with what the store adds.
   *
   * @default - nobody asks
   */
  readonly contentSecurityPolicy?: ContentSecurityPolicy;

  /**
   * The database, for this process.
   *
   * @default - the application has none
   */
  readonly database?: ServerCoordinates;

  /**
   * The cache.
   *
   * @default - the application has none
   */
  readonly cache?: ServerCoordinates;

  /**
   * Name of the bucket for product pictures.
   *
   * @default - the application has none
   */
  readonly mediaBucketName?: string;

  /**
   * How mail is sent.
   *
   * @default - the store sends none
   */
  readonly mail?: MailCoordinates;
}

/** The environment of a process: what stands in the task definition, and what is fetched from a secret at start. */
export interface ApplicationEnvironment {
  /** Variables that are not secret. */
  readonly variables: { [name: string]: string };

  /** Variables that are filled from a secret when a task starts. */
  readonly secrets: { [name: string]: SecretField };
}

/**
 * Composes an environment.
 *
 * @throws BaselineError `SettingUnknown` for a variable that needs what the store does not have
 */
export function composeEnvironment(
  subject: string,
  values: { [name: string]: EnvironmentValue },
  context: ApplicationContext,
): ApplicationEnvironment {
  const variables: { [name: string]: string } = {};
  const secrets: { [name: string]: SecretField } = {};
  const problems = new Problems(subject);
  for (const [name, { _text, _setting, _secret, _isOptional }] of Object.entries(values)) {
    const known = _setting === undefined ? '' : settingsOf(context)[_setting];
    const isKnown = known !== undefined && (_secret?.source !== SecretSource.MAIL || context.mail?.hasLogin === true);
    problems.require(isKnown || _isOptional, {
      code: 'SettingUnknown',
      property: name,
      value: _setting ?? _secret?.source,
      bound: 'be something this store has',
      remedy: 'Give the application a database, cache or media store, the store its mail, or leave the variable out.',
    });
    if (isKnown && _secret !== undefined) {
      secrets[name] = _secret;
    } else if (isKnown) {
      variables[name] = `${known}${_text}`;
    }
  }
  problems.throwIfAny();
  return { variables, secrets };
}

function settingsOf(context: ApplicationContext): { [setting in StoreSetting]: string | undefined } {
  const { hosts, region, contentSecurityPolicy, database, cache, mediaBucketName, mail } = context;
  const origins = hosts.map((host) => `https://${host}`);
  return {
    [StoreSetting.ORIGIN]: origins[0],
    [StoreSetting.ORIGINS]: origins.join(','),
    [StoreSetting.REGION]: region,
    [StoreSetting.CONTENT_SECURITY_POLICY]: contentSecurityPolicy?.render(),
    [StoreSetting.MEDIA_BUCKET]: mediaBucketName,
    [StoreSetting.DATABASE_HOST]: database?.host,
    [StoreSetting.DATABASE_PORT]: database?.port,
    [StoreSetting.DATABASE_NAME]: database?.databaseName,
    [StoreSetting.DATABASE_USER]: database?.username,
    [StoreSetting.CACHE_HOST]: cache?.host,
    [StoreSetting.CACHE_PORT]: cache?.port,
    [StoreSetting.MAIL_TRANSPORT]: mail?.transport,
    [StoreSetting.MAIL_FROM]: mail?.from,
    [StoreSetting.MAIL_HOST]: mail?.host,
    [StoreSetting.MAIL_PORT]: mail?.port,
    [StoreSetting.MAIL_TLS]: mail?.tls,
  };
}
