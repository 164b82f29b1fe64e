import { Duration, Lazy, type CfnResource } from 'aws-cdk-lib';
import { Connections, Port, SecurityGroup, type IConnectable } from 'aws-cdk-lib/aws-ec2';
import { CfnUser, CfnUserGroup } from 'aws-cdk-lib/aws-elasticache';
import { Grant } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { IAlertTopics } from '../core/alerts';
import { BaselineError } from '../core/errors';
import { HandlerFunction } from '../core/handler-function';
import { physicalName } from '../core/physical-names';
import { DataClass } from '../core/tags';
import type { IWorkload } from '../core/workload';
import { DataKey } from '../encryption/data-key';
import type { INetwork } from '../network/network-ref';
import { CachePasswordUser } from './cache-password-user';
import { CacheTopology, type CacheEndpoint } from './cache-topology';
import type { CacheUser } from './cache-user';

/** Where the cache is, what it runs on, and under which keys. */
export interface SessionCacheProps {
  /** Network whose data zone holds the cache, and in whose application zone its passwords are rotated. */
  readonly network: INetwork;

  /**
   * What the cache runs on. Changing it makes a new, empty cache.
   *
   * @default CacheTopology.replicated()
   */
  readonly topology?: CacheTopology;

  /**
   * When AWS may patch, in UTC: `sun:03:00-sun:04:00`. A topology that names a window keeps its own, and one without nodes
   * has none.
   *
   * @default - an hour that AWS chooses, at night in the Region
   */
  readonly maintenanceWindow?: string;

  /**
   * Key for what the cache writes to disk.
   *
   * @default - a `DataKey` for customer data
   */
  readonly key?: IKey;

  /**
   * Key for the passwords of its users and for the logs of their rotation.
   *
   * @default - a `DataKey` for secrets, if any user has a password
   */
  readonly secretsKey?: IKey;

  /**
   * Who is told that the cache is full, slow or attacked, and that a rotation failed.
   *
   * @default - no alarms are created
   */
  readonly alerts?: IAlertTopics;
}

/** How a workload logs in to a `SessionCache`, always over TLS with a certificate of a public authority. */
export interface CacheLogin {
  /** Host name of the cache. */
  readonly host: string;

  /** Port of the cache. */
  readonly port: number;

  /** Name of the user. */
  readonly username: string;

  /** Name of the cache: part of the token of a user that logs in by IAM. */
  readonly cacheName: string;

  /**
   * Secret of a user that logs in with a password: JSON with `username`, `password`, `host`, `port`, and `url`
   * (`rediss://…`).
   *
   * @default - none: the user logs in by IAM
   */
  readonly secret?: ISecret;
}

/** Twice the time that the function gives ElastiCache to bring a password to every node, and some for the rest. */
const ROTATION_STEP = Duration.minutes(8);

/** A user that was created, and how it logs in. */
interface KnownLogin {
  readonly user: CacheUser;
  readonly resource: CfnUser;
  readonly login: CacheLogin;
}

/**
 * A Valkey cache for sessions, queues and cached answers: reached over TLS in the data zone, encrypted, with a snapshot
 * a day kept for 15 days and a last one when it is deleted. Everybody logs in as a user of their own, with the commands
 * they need; there is no default user.
 *
 * Passwords are rotated from a function in the application zone. It calls Secrets Manager, ElastiCache and EventBridge,
 * through the network's egress or its interface endpoints.
 */
export class SessionCache extends Construct implements IConnectable {
  /** Who may reach the cache. */
  public readonly connections: Connections;
  /** Host name of the cache. */
  public readonly host: string;
  /** Port of the cache. */
  public readonly port: number;
  /** Name of the cache. */
  public readonly cacheName: string;
  /** The cache itself: a `CfnReplicationGroup`, or a `CfnServerlessCache`. */
  public readonly resource: CfnResource;

  private readonly props: SessionCacheProps;
  private readonly securityGroup: SecurityGroup;
  private readonly endpoint: CacheEndpoint;
  private readonly members: CfnUser[] = [];
  private readonly logins = new Map<string, KnownLogin>();
  private rotation?: { readonly handler: HandlerFunction; readonly secretsKey: IKey };

  public constructor(scope: Construct, id: string, props: SessionCacheProps) {
    super(scope, id);
    this.props = props;
    this.securityGroup = new SecurityGroup(this, 'SecurityGroup', {
      vpc: props.network.vpc,
      description: 'Session cache: in from who is allowed, out to nobody',
      allowAllOutbound: false,
    });
    this.endpoint = this.createCache(this.createUserGroup());
    this.host = this.endpoint.host;
    this.port = this.endpoint.port;
    this.cacheName = this.endpoint.cacheName;
    this.resource = this.endpoint.resource;
    const defaultPort = Port.tcp(this.port);
    this.connections = new Connections({ securityGroups: [this.securityGroup], defaultPort });
  }

  /**
   * Lets `workload` log in as `user`, and nothing else: network, and either the user's secret or IAM's leave to connect.
   * Two workloads may share a user.
   *
   * @param workload a `StorefrontService`, a function
   * @param user who it logs in as
   * @throws BaselineError `CacheUserDeclaredTwice` when the same name was given other rights or another way in before
   */
  public allow(workload: IWorkload, user: CacheUser): CacheLogin {
    const { login, resource } = this.loginOf(user);
    workload.connections.allowTo(this, Port.tcp(this.port), 'Session cache');
    if (login.secret === undefined) {
      Grant.addToPrincipal({
        grantee: workload,
        actions: ['elasticache:Connect'],
        resourceArns: [this.endpoint.cacheArn, resource.attrArn],
      }).assertSuccess();
    } else {
      login.secret.grantRead(workload);
    }
    return login;
  }

  private createUserGroup(): CfnUserGroup {
    // A group must have a member. This one can do nothing, and there is no password to try.
    this.members.push(this.createIamUser('Nobody', 'off -@all'));
    return new CfnUserGroup(this, 'Users', {
      engine: 'valkey',
      userGroupId: physicalName(this, 'cacheUserGroup'),
      userIds: Lazy.list({ produce: () => this.members.map(({ ref }) => ref) }),
    });
  }

  private createCache(users: CfnUserGroup): CacheEndpoint {
    const { network, alerts, maintenanceWindow, topology = CacheTopology.replicated() } = this.props;
    const key = this.props.key ?? new DataKey(this, 'Key', { dataClass: DataClass.CUSTOMER_DATA });
    const { securityGroup } = this;
    return topology._create(this, { network, securityGroup, key, userGroupId: users.ref, maintenanceWindow, alerts });
  }

  private loginOf(user: CacheUser): KnownLogin {
    const known = this.logins.get(user.name) ?? this.createLogin(user);
    if (!known.user._isSameAs(user)) {
      throw new BaselineError(`SessionCache ${this.node.path}`, [
        {
          code: 'CacheUserDeclaredTwice',
          property: 'user',
          value: user.name,
          bound: 'have the same rights and the same way in wherever it is named',
          remedy: 'Declare the user once and give the same object to every allow(), or choose another name.',
        },
      ]);
    }
    this.logins.set(user.name, known);
    return known;
  }

  private createLogin(user: CacheUser): KnownLogin {
    const { host, port, cacheName } = this.endpoint;
    if (user.rotateEvery === undefined) {
      const resource = this.createIamUser(user.name, `on ${user.access.rules}`);
      this.members.push(resource);
      return { user, resource, login: { host, port, cacheName, username: resource.userName } };
    }
    this.rotation ??= this.createRotation();
    const { secretsKey } = this.rotation;
    const created = new CachePasswordUser(this, user.name, { user, secretsKey });
    this.members.push(created.resource);
    const secret = created.rotate(user.rotateEvery, { ...this.rotation, alerts: this.props.alerts });
    return { user, resource: created.resource, login: { host, port, cacheName, username: created.username, secret } };
  }

  /** ElastiCache wants the name of such a user to be its id, which is unique in the account. */
  private createIamUser(id: string, accessString: string): CfnUser {
    const scope = new Construct(this, id);
    const name = physicalName(scope, 'cacheUser');
    return new CfnUser(scope, 'User', {
      engine: 'valkey',
      userId: name,
      userName: name,
      accessString,
      authenticationMode: { Type: 'iam' },
    });
  }

  private createRotation(): { handler: HandlerFunction; secretsKey: IKey } {
    const { network } = this.props;
    const { vpc, applicationSubnets: subnets } = network;
    const secretsKey = this.props.secretsKey ?? new DataKey(this, 'SecretsKey', { dataClass: DataClass.SECRETS });
    const securityGroup = new SecurityGroup(this, 'RotationSecurityGroup', {
      vpc,
      description: 'Rotation of the passwords of the session cache',
      allowAllOutbound: false,
    });
    const handler = new HandlerFunction(this, 'Rotation', {
      handler: 'rotate-cache-password',
      description: 'Rotates the passwords of the session cache',
      key: secretsKey,
      environment: { CACHE_HOST: this.host, CACHE_PORT: `${this.port}` },
      timeout: ROTATION_STEP,
      placement: { vpc, subnets: { subnets }, securityGroups: [securityGroup] },
      alerts: this.props.alerts,
    });
    network.allowEgress(handler.function);
    handler.function.connections.allowTo(this, Port.tcp(this.port), 'Test of a new password');
    handler.node.addDependency(network.ready, securityGroup, this.securityGroup);
    return { handler, secretsKey };
  }
}
