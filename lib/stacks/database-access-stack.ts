import type { Construct } from 'constructs';
import type { Application } from '../application/application';
import { Waiver } from '../core/waiver';
import type { CacheTopology } from '../data/cache-topology';
import { DataMasking } from '../data/data-masking';
import { DatabaseAccess } from '../data/database-access';
import type { DatabaseProxy } from '../data/database-proxy';
import { GeneratedSecret } from '../data/generated-secret';
import type { MaskingPolicy } from '../data/masking-policy';
import { SessionCache } from '../data/session-cache';
import type { DataStack } from './data-stack';
import type { FoundationStack } from './foundation-stack';
import { StoreStack, type StoreStackProps } from './store-stack';

/** What leads to the data. */
export interface DatabaseAccessStackProps extends StoreStackProps {
  /** Keys, network and alerts. */
  readonly foundation: FoundationStack;

  /** The database. */
  readonly data: DataStack;

  /** The shop: the secrets and the cache it needs. */
  readonly application: Application;

  /**
   * A proxy for read-write logins by IAM.
   *
   * @default - none
   */
  readonly proxy?: DatabaseProxy;

  /**
   * What the cache runs on.
   *
   * @default - as `SessionCache` by itself
   */
  readonly cache?: CacheTopology;

  /**
   * What is masked in the database, which is a copy, before the stack of the shop is deployed.
   *
   * @default - nothing
   */
  readonly masking?: MaskingPolicy;

  /** Who answers for secrets that the shop cannot have rotated. */
  readonly owner: string;
}

/**
 * What leads to the data and may fail and be repeated without touching it: logins and their rotation, the proxy, the
 * cache, the secrets the shop signs with.
 */
export class DatabaseAccessStack extends StoreStack {
  /** Logins to the database, if there is one. `database.allow` delegates to it. */
  public readonly access?: DatabaseAccess;
  /** The cache, if the shop needs one. */
  public readonly cache?: SessionCache;
  /** Secrets that were generated for the shop, by their names there. */
  public readonly secrets: { [name: string]: GeneratedSecret };
  /** What masks the database, if it is a copy. The deployment fails unless it is clean. */
  public readonly masking?: DataMasking;

  public constructor(scope: Construct, id: string, props: DatabaseAccessStackProps) {
    super(scope, id, props, { role: 'database-access', description: 'Logins, cache and secrets', stateful: true });
    this.access = props.data.database && this.createAccess(props);
    this.cache = props.application.cache && this.createCache(props);
    this.secrets = this.createSecrets(props);
    this.masking = props.masking && this.createMasking(props, props.masking);
  }

  private createAccess({ foundation, data, proxy }: DatabaseAccessStackProps): DatabaseAccess | undefined {
    const { database } = data;
    return database && new DatabaseAccess(this, 'Access', { database, proxy, alerts: foundation.alerts });
  }

  private createMasking(
    { foundation, data: { database } }: DatabaseAccessStackProps,
    policy: MaskingPolicy,
  ): DataMasking | undefined {
    return (
      database && new DataMasking(this, 'Masking', { database, policy, alerts: foundation.alerts, onDeployment: true })
    );
  }

  private createCache({ foundation, cache }: DatabaseAccessStackProps): SessionCache {
    const { keys, network, alerts, patchCalendar } = foundation;
    return new SessionCache(this, 'Cache', {
      network,
      topology: cache,
      maintenanceWindow: patchCalendar.cacheWindow,
      key: keys.customerData,
      secretsKey: keys.secrets,
      alerts,
    });
  }

  private createSecrets(props: DatabaseAccessStackProps): { [name: string]: GeneratedSecret } {
    const { application, foundation, owner } = props;
    const { keys, alerts } = foundation;
    const created = application.generatedSecrets.map(({ name, keptBecause }) => {
      const withoutRotation = keptBecause === undefined ? undefined : Waiver.because(keptBecause, { owner });
      const secret = new GeneratedSecret(this, pascalCase(name), { key: keys.secrets, alerts, withoutRotation });
      return [name, secret] as const;
    });
    return Object.fromEntries(created);
  }
}

/** `JWT_SECRET` as `JwtSecret`. */
function pascalCase(name: string): string {
  return name.toLowerCase().replace(/(?:^|[^a-z0-9]+)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
