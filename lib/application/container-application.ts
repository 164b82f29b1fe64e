import { Problems } from '../core/errors';
import type {
  ApplicationCache,
  ApplicationDatabase,
  ApplicationFiles,
  ApplicationMedia,
  ApplicationSecret,
  OutboundDestination,
} from './application-needs';
import { ProcessKind, type ApplicationProcess } from './application-process';
import type { ApplicationProfile } from './application-profile';
import { ContentSecurityPolicy } from './content-security-policy';
import type { EnvironmentValue } from './environment-value';
import type { LoginForm } from './login-form';
import { RequestClass } from './request-class';
import { RequestMatcher } from './request-matcher';
import { ControlStatement, ShopControl } from './shop-control';

/** What is special to a container of which this library knows nothing. */
export interface ContainerApplicationOptions {
  /** The image, by digest: `public.ecr.aws/acme/shop@sha256:…`. */
  readonly image: string;

  /** Port on which the server answers HTTP. */
  readonly port: number;

  /**
   * What kind of shop it is, for people.
   *
   * @default Container
   */
  readonly kind?: string;

  /**
   * Path that answers 200 when the server is well.
   *
   * @default /
   */
  readonly healthPath?: string;

  /**
   * Numeric user and group the processes run as.
   *
   * @default 10001:10001
   */
  readonly user?: string;

  /**
   * Directories that have to be writable.
   *
   * @default /tmp
   */
  readonly writablePaths?: string[];

  /**
   * The processes.
   *
   * @default - one server that runs what the image runs by itself
   */
  readonly processes?: ApplicationProcess[];

  /**
   * Variables that all processes share.
   *
   * @default - none
   */
  readonly environment?: { [name: string]: EnvironmentValue };

  /**
   * Shapes of its requests. Without them nothing is limited as a login, a sign-up or a checkout.
   *
   * @default - none
   */
  readonly requestClasses?: RequestClass[];

  /**
   * Paths of files that are the same for everybody, as CloudFront writes patterns: `/assets/*`.
   *
   * @default - none: nothing is cached
   */
  readonly cachedPaths?: string[];

  /**
   * Paths that are answered with data and never with a page: `/api/*`.
   *
   * @default - none
   */
  readonly apiPaths?: string[];

  /**
   * Names of cookies that say who somebody is.
   *
   * @default - none
   */
  readonly sessionCookies?: string[];

  /**
   * Destinations it calls by itself.
   *
   * @default - none
   */
  readonly outbound?: OutboundDestination[];

  /**
   * What its pages may load.
   *
   * @default - everything from the shop's own host, and nothing from elsewhere
   */
  readonly contentSecurityPolicy?: ContentSecurityPolicy;

  /**
   * Secrets to generate for it.
   *
   * @default - none
   */
  readonly generatedSecrets?: ApplicationSecret[];

  /**
   * What can be said about controls that its own code decides.
   *
   * @default - each is not available: nobody said otherwise
   */
  readonly controls?: ControlStatement[];

  /**
   * The database it needs.
   *
   * @default - none
   */
  readonly database?: ApplicationDatabase;

  /**
   * The cache it needs.
   *
   * @default - none
   */
  readonly cache?: ApplicationCache;

  /**
   * The store for pictures it needs.
   *
   * @default - none
   */
  readonly media?: ApplicationMedia;

  /**
   * A directory that its processes share.
   *
   * @default - none
   */
  readonly files?: ApplicationFiles;

  /**
   * How somebody logs in, for fraud rules.
   *
   * @default - unknown
   */
  readonly loginForm?: LoginForm;
}

/** A path below the root: literal, alone or with everything below it. */
const PATH = /^(?:\/[A-Za-z0-9._~-]+)+(?:\/\*)?$/;

/** A container, as data. */
export function containerProfile(options: ContainerApplicationOptions): ApplicationProfile {
  const { processes = [{ id: 'Server', kind: ProcessKind.SERVER }], requestClasses = [] } = options;
  const { cachedPaths = [], apiPaths = [] } = options;
  validate(processes, cachedPaths, apiPaths);
  const at = (paths: string[]): RequestMatcher[] => paths.map((path) => RequestMatcher.path(path));
  const stated = new Map((options.controls ?? []).map((statement) => [statement.control, statement]));
  return {
    ...options,
    processes,
    cachedPaths,
    apiPaths,
    kind: options.kind ?? 'Container',
    healthPath: options.healthPath ?? '/',
    user: options.user ?? '10001:10001',
    writablePaths: options.writablePaths ?? ['/tmp'],
    environment: options.environment ?? {},
    requestClasses: [...requestClasses, RequestClass.api(...at(apiPaths)), RequestClass.assets(...at(cachedPaths))],
    sessionCookies: options.sessionCookies ?? [],
    outbound: options.outbound ?? [],
    contentSecurityPolicy: options.contentSecurityPolicy ?? ContentSecurityPolicy.ownHostOnly(),
    generatedSecrets: options.generatedSecrets ?? [],
    controls: Object.values(ShopControl).map((control) => stated.get(control) ?? unknown(control)),
  };
}

function unknown(control: ShopControl): ControlStatement {
  return ControlStatement.notAvailable(control, 'Nobody has said what this container does about it.');
}

function validate(
  processes: readonly ApplicationProcess[],
  cachedPaths: readonly string[],
  apiPaths: readonly string[],
): void {
  const problems = new Problems('Application.container');
  const ids = processes.map(({ id }) => id);
  problems.require(new Set(ids).size === ids.length && ids.every((id) => /^[A-Z][A-Za-z0-9]*$/.test(id)), {
    code: 'ProcessIdInvalid',
    property: 'processes',
    value: ids,
    bound: 'have ids in PascalCase, each once',
    remedy: 'Name each process after what it does: Server, Worker, NightlyExport.',
  });
  const servers = processes.filter(({ kind }) => kind === ProcessKind.SERVER);
  problems.require(servers.length === 1, {
    code: 'ServerCount',
    property: 'processes',
    value: servers.map(({ id }) => id),
    bound: 'have exactly one of kind SERVER',
    remedy: 'Make the process that answers requests the server, and the others workers.',
  });
  for (const { id, kind, schedule } of processes) {
    problems.require((kind === ProcessKind.SCHEDULED) === (schedule !== undefined), {
      code: 'ScheduleMisplaced',
      property: `processes.${id}.schedule`,
      value: schedule?.expressionString,
      bound: 'be given for a process of kind SCHEDULED, and for no other',
      remedy: 'Give the schedule, or another kind.',
    });
  }
  for (const [property, paths] of Object.entries({ cachedPaths, apiPaths })) {
    const wrong = paths.filter((path) => !PATH.test(path));
    problems.require(wrong.length === 0, {
      code: 'PathInvalid',
      property,
      value: wrong,
      bound: 'be paths below the root, with /* at most at their end',
      remedy: 'Name the directory that holds nothing else: /assets/*, /api/*.',
    });
  }
  problems.throwIfAny();
}
