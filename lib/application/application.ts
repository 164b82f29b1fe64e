import { composeEnvironment, type ApplicationContext, type ApplicationEnvironment } from './application-environment';
import type {
  ApplicationCache,
  ApplicationDatabase,
  ApplicationFiles,
  ApplicationMedia,
  ApplicationSecret,
  OutboundDestination,
} from './application-needs';
import type { ApplicationProcess } from './application-process';
import type { ApplicationProfile } from './application-profile';
import { containerProfile, type ContainerApplicationOptions } from './container-application';
import type { ContentSecurityPolicy } from './content-security-policy';
import type { LoginForm } from './login-form';
import { medusaProfile, type MedusaApplicationOptions } from './medusa-application';
import type { RequestClass } from './request-class';
import type { ControlStatement } from './shop-control';
import { wooCommerceProfile, type WooCommerceApplicationOptions } from './woocommerce-application';

/**
 * Everything that is special to one kind of shop, as data: its processes, its environment, the shape of its requests,
 * what it needs around it, and an honest statement about each control that only its own code can enforce. A store
 * builds what is written here; nothing else in this library knows a shop by name.
 */
export class Application {
  /**
   * Any container that answers HTTP. What is special to it has to be said: without request classes no request is
   * limited as a login or a checkout, and no control counts as enforced inside it.
   *
   * @throws BaselineError when ids of processes repeat, none is a server, or a path cannot be cached
   */
  public static container(options: ContainerApplicationOptions): Application {
    return new Application(containerProfile(options));
  }

  /**
   * Medusa 2: server and worker from one image, migrations before each rollout, PostgreSQL and Valkey with rotated
   * passwords, pictures in S3.
   *
   * The image's `medusa-config.ts` has to read its settings from the environment, as Medusa's deployment guide shows:
   * `workerMode: process.env.MEDUSA_WORKER_MODE`, `admin.disable`, `redisUrl`, and for the module `file-s3`
   * `authentication_method: 's3-iam-role'`, `acl: false`, `file_url`, `prefix`, `bucket` and `region`. Releases before
   * mid-2026 do not know `acl` and ask for public objects, which the bucket refuses. The image's working directory has
   * to be the one that `medusa build` made, and the image has to hold the certificate authorities of RDS and name them
   * in `NODE_EXTRA_CA_CERTS`: without them every connection to the database is refused.
   */
  public static medusa(options: MedusaApplicationOptions): Application {
    return new Application(medusaProfile(options));
  }

  /**
   * WooCommerce in a static image: WordPress, plugins and themes are part of the image and change with it alone. Server
   * and worker from one image, database changes before each rollout, MySQL and Valkey with rotated passwords, uploads on
   * a shared file system.
   *
   * The image has to be built as examples/woocommerce in the repository of this library shows; what is said of its
   * controls is true of the plugin that stands there.
   *
   * @throws BaselineError `PathPatternInvalid`, `TablePrefixInvalid`
   */
  public static woocommerce(options: WooCommerceApplicationOptions): Application {
    return new Application(wooCommerceProfile(options));
  }

  /** What kind of shop it is, for people: `Medusa`. */
  public readonly kind: string;
  /** The image all processes run from. */
  public readonly image: string;
  /** The processes. */
  public readonly processes: ApplicationProcess[];
  /** Port on which the server answers. */
  public readonly port: number;
  /** Path that answers 200 when the server is well. */
  public readonly healthPath: string;
  /** Numeric user and group the processes run as. */
  public readonly user: string;
  /** Directories that have to be writable; everything else is not. */
  public readonly writablePaths: string[];
  /** Shapes of its requests. */
  public readonly requestClasses: RequestClass[];
  /** Paths of files that are the same for everybody, as CloudFront writes patterns: `/app/assets/*`. */
  public readonly cachedPaths: string[];
  /** Paths that are answered with data and never with a page: `/store/*`. */
  public readonly apiPaths: string[];
  /** Names of cookies that say who somebody is. */
  public readonly sessionCookies: string[];
  /** Destinations it calls by itself, in every store. */
  public readonly outbound: OutboundDestination[];
  /** What its pages may load. */
  public readonly contentSecurityPolicy: ContentSecurityPolicy;
  /** Secrets to generate for it. */
  public readonly generatedSecrets: ApplicationSecret[];
  /** What can be said about each control that its own code decides. */
  public readonly controls: ControlStatement[];
  /** The database it needs, if any. */
  public readonly database?: ApplicationDatabase;
  /** The cache it needs, if any. */
  public readonly cache?: ApplicationCache;
  /** The store for pictures it needs, if any. */
  public readonly media?: ApplicationMedia;
  /** The directory its processes share, if any. */
  public readonly files?: ApplicationFiles;
  /** Filter pattern of the line that its server logs for each order, if it logs one: `{ $.event = "order.placed" }`. */
  public readonly orderLogPattern?: string;
  /** How somebody logs in, for fraud rules, if there is one way. */
  public readonly loginForm?: LoginForm;

  private constructor(private readonly profile: ApplicationProfile) {
    this.kind = profile.kind;
    this.image = profile.image;
    this.processes = profile.processes;
    this.port = profile.port;
    this.healthPath = profile.healthPath;
    this.user = profile.user;
    this.writablePaths = profile.writablePaths;
    this.requestClasses = profile.requestClasses;
    this.cachedPaths = profile.cachedPaths;
    this.apiPaths = profile.apiPaths;
    this.sessionCookies = profile.sessionCookies;
    this.outbound = profile.outbound;
    this.contentSecurityPolicy = profile.contentSecurityPolicy;
    this.generatedSecrets = profile.generatedSecrets;
    this.controls = profile.controls;
    this.database = profile.database;
    this.cache = profile.cache;
    this.media = profile.media;
    this.files = profile.files;
    this.orderLogPattern = profile.orderLogPattern;
    this.loginForm = profile.loginForm;
  }

  /**
   * The environment of one of the processes, in a store of which `context` is known.
   *
   * @throws BaselineError `SettingUnknown` when a variable needs what the store does not have
   */
  public environment(process: ApplicationProcess, context: ApplicationContext): ApplicationEnvironment {
    const values = { ...this.profile.environment, ...process.environment };
    return composeEnvironment(`${this.kind} ${process.id}`, values, context);
  }
}
