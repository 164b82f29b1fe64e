/** What a store knows about itself that an application may want to be told. */
export enum StoreSetting {
  /** The canonical host with its scheme: `https://shop.acme.example`. */
  ORIGIN = 'origin',
  /** Every host with its scheme, separated by commas. */
  ORIGINS = 'origins',
  /** The Region in which the application runs. */
  REGION = 'region',
  /** What its pages may load, as the header carries it: for an application that sends a policy with a nonce of its own. */
  CONTENT_SECURITY_POLICY = 'content-security-policy',
  /** Name of the bucket for product pictures. */
  MEDIA_BUCKET = 'media-bucket',
  /** Host name of the database. */
  DATABASE_HOST = 'database-host',
  /** Port of the database. */
  DATABASE_PORT = 'database-port',
  /** Name of the database. */
  DATABASE_NAME = 'database-name',
  /** Name under which the process logs in to the database, where it does not change with the password. */
  DATABASE_USER = 'database-user',
  /** Host name of the cache. */
  CACHE_HOST = 'cache-host',
  /** Port of the cache. */
  CACHE_PORT = 'cache-port',
  /** How mail is sent: `ses` for the API of SES with the role of the task, `smtp` for a server with a login. */
  MAIL_TRANSPORT = 'mail-transport',
  /** The address that mail is sent from. */
  MAIL_FROM = 'mail-from',
  /** Host name of the mail server, or of the API of SES. */
  MAIL_HOST = 'mail-host',
  /** Port of the mail server. */
  MAIL_PORT = 'mail-port',
  /** When encryption begins: `tls` with the first byte, `starttls` after the greeting. */
  MAIL_TLS = 'mail-tls',
}

/** Which secret a variable is filled from. */
export enum SecretSource {
  /** The rotated login to the database. */
  DATABASE = 'database',
  /** The rotated login to the cache. */
  CACHE = 'cache',
  /** The login to the mail server. */
  MAIL = 'mail',
  /** A secret that the store generates for the application. */
  GENERATED = 'generated',
  /** A secret that somebody put into Secrets Manager: the key of a payment gateway. */
  EXISTING = 'existing',
}

/** A secret, or one field of it. */
export interface SecretField {
  /** Which secret. */
  readonly source: SecretSource;

  /**
   * Name of a generated secret, ARN of an existing one.
   *
   * @default - none: an application has one login to the database and one to the cache
   */
  readonly name?: string;

  /**
   * Field of the secret's JSON.
   *
   * @default - the whole value
   */
  readonly field?: string;
}

/** What an environment variable of an application holds: something known now, or something the store knows later. */
export class EnvironmentValue {
  /** A value that is not secret and the same in every store. */
  public static text(text: string): EnvironmentValue {
    return new EnvironmentValue(text);
  }

  /**
   * Something the store knows.
   *
   * @param followedBy appended as it is: a path, further origins
   */
  public static setting(setting: StoreSetting, followedBy = ''): EnvironmentValue {
    return new EnvironmentValue(followedBy, setting);
  }

  /** A field of the database login: `url`, `username`, `password`, `host`, `port`, `dbname`. */
  public static databaseSecret(field: string): EnvironmentValue {
    return new EnvironmentValue('', undefined, { source: SecretSource.DATABASE, field });
  }

  /** A field of the cache login: `url`, `username`, `password`, `host`, `port`. */
  public static cacheSecret(field: string): EnvironmentValue {
    return new EnvironmentValue('', undefined, { source: SecretSource.CACHE, field });
  }

  /** A field of the login to the mail server: `username`, `password`. */
  public static mailSecret(field: string): EnvironmentValue {
    return new EnvironmentValue('', undefined, { source: SecretSource.MAIL, field });
  }

  /** One of the secrets that the application has generated for it. */
  public static generatedSecret(name: string): EnvironmentValue {
    return new EnvironmentValue('', undefined, { source: SecretSource.GENERATED, name });
  }

  /**
   * A secret that somebody put into Secrets Manager, such as the key of a payment gateway.
   *
   * @param secretArn its complete ARN
   * @param field field of its JSON; without it, the whole value
   */
  public static existingSecret(secretArn: string, field?: string): EnvironmentValue {
    return new EnvironmentValue('', undefined, { source: SecretSource.EXISTING, name: secretArn, field });
  }

  private constructor(
    /** @internal */
    public readonly _text: string,
    /** @internal */
    public readonly _setting?: StoreSetting,
    /** @internal */
    public readonly _secret?: SecretField,
    /** @internal */
    public readonly _isOptional = false,
  ) {}

  /** The same, left out in a store that has no such thing: mail, for example. */
  public ifKnown(): EnvironmentValue {
    return new EnvironmentValue(this._text, this._setting, this._secret, true);
  }
}
