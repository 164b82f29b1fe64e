import { Aws } from 'aws-cdk-lib';
import { Secret, type ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { Application } from '../application/application';
import type { ServerCoordinates } from '../application/application-environment';
import { CacheUse, LoginMethod, type ApplicationCache } from '../application/application-needs';
import { ProcessKind, type ApplicationProcess } from '../application/application-process';
import type { ContentSecurityPolicy } from '../application/content-security-policy';
import { SecretSource, type SecretField } from '../application/environment-value';
import { BaselineError } from '../core/errors';
import type { StorefrontJob } from '../compute/storefront-job';
import type { StorefrontService } from '../compute/storefront-service';
import type { StorefrontWorker } from '../compute/storefront-worker';
import { TaskSecret } from '../compute/task-secret';
import { CacheAccess } from '../data/cache-access';
import { CacheUser } from '../data/cache-user';
import { DatabaseRole } from '../data/database-role';
import { ObjectAccess } from '../data/object-access';
import type { Mail } from '../messaging/mail';
import type { OrderMail } from '../messaging/order-mail';
import type { DataStack } from './data-stack';
import type { DatabaseAccessStack } from './database-access-stack';
import { ShopMail } from './shop-mail';

/** What a store has to give to the processes of its shop. */
export interface ShopEquipmentProps {
  /** What the shop is. */
  readonly application: Application;
  /** The hosts of the shop, the canonical one first. */
  readonly hosts: string[];
  /** What pages of the shop may load, with what the store adds. */
  readonly contentSecurityPolicy: ContentSecurityPolicy;
  /** Database, pictures and files. */
  readonly data: DataStack;
  /** Logins, cache and secrets. */
  readonly access: DatabaseAccessStack;
  /**
   * How mail is sent.
   *
   * @default - not at all
   */
  readonly mail?: Mail;
  /**
   * What sends it, where that is SES.
   *
   * @default - none
   */
  readonly orderMail?: OrderMail;
}

/** How a process reaches a server: what is no secret, and the secret if there is one. */
interface Login {
  readonly coordinates: ServerCoordinates;
  readonly secret?: ISecret;
}

/** What a process runs as. */
type ShopWorkload = StorefrontService | StorefrontWorker | StorefrontJob;

/** The login of the shop's code to its servers. */
const SHOP = 'shop';

/**
 * Gives each process of a shop what its profile says it needs: logins with the least privileges for its kind, pictures,
 * settings and secrets. What only a workload that exists can be given, it is given here.
 */
export class ShopEquipment extends Construct {
  private readonly roles: { readonly shop: DatabaseRole; readonly migrations: DatabaseRole };
  private readonly cacheUser: CacheUser;
  private readonly mail?: ShopMail;

  public constructor(
    scope: Construct,
    id: string,
    private readonly props: ShopEquipmentProps,
  ) {
    super(scope, id);
    const { database, cache } = props.application;
    const byPassword = database?.login === LoginMethod.ROTATED_PASSWORD;
    const login = (role: DatabaseRole): DatabaseRole => (byPassword ? role.withRotatedPassword() : role);
    this.roles = {
      shop: login(DatabaseRole.readWrite(SHOP)),
      migrations: login(DatabaseRole.migrations(`${SHOP}_migrations`)),
    };
    this.cacheUser = cacheUserOf(cache);
    this.mail = props.mail && new ShopMail(this, 'Mail', props.mail, props.orderMail);
  }

  /** Equips `workload`, which runs `process`. */
  public equip(workload: ShopWorkload, process: ApplicationProcess): void {
    const { application, hosts, contentSecurityPolicy, data, access } = this.props;
    const database = this.databaseLogin(workload, process);
    const cache = this.cacheLogin(workload);
    data.media?.allow(workload, ObjectAccess.readWrite(this.mediaPrefix()));
    this.showFiles(workload);
    const { variables, secrets } = application.environment(process, {
      hosts,
      region: Aws.REGION,
      contentSecurityPolicy,
      database: database?.coordinates,
      cache: cache?.coordinates,
      mediaBucketName: data.media?.bucket.bucketName,
      mail: this.mail?.equip(workload),
    });
    Object.entries(variables).forEach(([name, value]) => workload.addEnvironment(name, value));
    const known = {
      [SecretSource.DATABASE]: database?.secret,
      [SecretSource.CACHE]: cache?.secret,
      [SecretSource.MAIL]: this.mail?.login,
    };
    for (const [name, field] of Object.entries(secrets)) {
      workload.addSecret(name, this.secretOf(field, access, known));
    }
  }

  private databaseLogin(workload: ShopWorkload, { kind }: ApplicationProcess): Login | undefined {
    const { data, access } = this.props;
    if (data.database === undefined || access.access === undefined) {
      return undefined;
    }
    const role = kind === ProcessKind.MIGRATION ? this.roles.migrations : this.roles.shop;
    const { host, port, databaseName, username, secret } = data.database.allow(workload, role);
    // A login by IAM refers to nothing that would make its declaration come first.
    workload.node.addDependency(access.access);
    return { coordinates: { host, port: String(port), databaseName, username }, secret };
  }

  private cacheLogin(workload: ShopWorkload): Login | undefined {
    const login = this.props.access.cache?.allow(workload, this.cacheUser);
    return login && { coordinates: { ...login, port: String(login.port) }, secret: login.secret };
  }

  private showFiles(workload: ShopWorkload): void {
    const { application, data } = this.props;
    if (application.files !== undefined && data.files !== undefined) {
      workload.mount(application.files.path, data.files.fileSystem.allow(workload, data.files.directory));
    }
  }

  private mediaPrefix(): string {
    const path = this.props.application.media?.path ?? '';
    return `${path.replace(/^\//, '')}/`;
  }

  private secretOf(
    { source, name = '', field }: SecretField,
    access: DatabaseAccessStack,
    known: { readonly [source: string]: ISecret | undefined },
  ): TaskSecret {
    const secret = known[source] ?? this.namedSecret(source, name, access);
    return field === undefined ? TaskSecret.whole(secret) : TaskSecret.field(secret, field);
  }

  private namedSecret(source: SecretSource, name: string, { secrets }: DatabaseAccessStack): ISecret {
    if (source === SecretSource.EXISTING) {
      // By its ARN: a process may read the same secret as another.
      const id = `Existing${name.slice(name.lastIndexOf(':') + 1)}`;
      return (this.node.tryFindChild(id) as ISecret | undefined) ?? Secret.fromSecretCompleteArn(this, id, name);
    }
    if (secrets[name] === undefined) {
      throw new BaselineError(`The environment of ${this.props.application.kind}`, [
        {
          code: 'SecretUnknown',
          property: 'generatedSecret',
          value: name,
          bound: `be one of ${Object.keys(secrets).join(', ') || 'none'}`,
          remedy: 'Add it to the generatedSecrets of the application, or correct the name.',
        },
      ]);
    }
    return secrets[name].secret;
  }
}

/** Whoever may empty the cache has it for itself. */
function cacheUserOf(cache?: ApplicationCache): CacheUser {
  const access = cache?.use === CacheUse.OBJECTS ? CacheAccess.objectCache() : CacheAccess.application();
  return cache?.login === LoginMethod.IAM
    ? CacheUser.withIam(SHOP, { access })
    : CacheUser.withRotatedPassword(SHOP, { access });
}
