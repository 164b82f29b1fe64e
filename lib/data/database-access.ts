import { Lazy, Stack, type Duration } from 'aws-cdk-lib';
import { Port } from 'aws-cdk-lib/aws-ec2';
import { Grant } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import type { CfnDBProxy } from 'aws-cdk-lib/aws-rds';
import { Construct } from 'constructs';
import type { IAlertTopics } from '../core/alerts';
import { BaselineError, Problems } from '../core/errors';
import type { HandlerFunction } from '../core/handler-function';
import type { IWorkload } from '../core/workload';
import type { INetwork } from '../network/network-ref';
import { connectAs, DatabaseFunction } from './database-function';
import type { DatabaseProxy } from './database-proxy';
import type { DatabaseLogin, ICustomerDatabase } from './database-ref';
import type { DatabaseRole } from './database-role';
import { IamProxy } from './iam-proxy';
import { LoginDeclaration } from './login-declaration';
import { EVERY_PRIVILEGES, groupOf } from './login-name';
import { RotatedLogin } from './rotated-login';

/** Which database, and what stands in front of it. */
export interface DatabaseAccessProps {
  /** The database. */
  readonly database: ICustomerDatabase;

  /**
   * The network. The functions that declare logins and rotate passwords stand in its application zone. They call
   * Secrets Manager, EventBridge and, through S3, CloudFormation: through its egress or its endpoints.
   *
   * @default - the network of the database
   */
  readonly network?: INetwork;

  /**
   * A proxy for the read-write logins by IAM.
   *
   * @default - none: logins connect to the database itself
   */
  readonly proxy?: DatabaseProxy;

  /**
   * Key for the secrets of logins with a password.
   *
   * @default - the key of the database's secrets
   */
  readonly secretsKey?: IKey;

  /**
   * Key for the logs of proxy and functions.
   *
   * @default - the key of the database's logs
   */
  readonly logsKey?: IKey;

  /**
   * Who is told when a rotation fails.
   *
   * @default - nobody
   */
  readonly alerts?: IAlertTopics;
}

/** A login that was declared, and how it is used. */
interface KnownLogin {
  readonly role: DatabaseRole;
  readonly login: DatabaseLogin;
}

const ACCESS = new WeakMap<ICustomerDatabase, DatabaseAccess>();

/** The access to `database`: the one that was made for it, or else a new one in `scope`. */
export function accessTo(scope: Construct, database: ICustomerDatabase): DatabaseAccess {
  return ACCESS.get(database) ?? new DatabaseAccess(scope, 'Access', { database });
}

/**
 * The logins to a database, each with exactly the privileges of its role. Whoever is not declared cannot log in, and
 * PUBLIC may do nothing. A login that is no longer declared is locked, never dropped; no data is touched.
 *
 * `database.allow(…)` makes one inside the database. To have it in a stack of its own, which may fail and be repeated
 * without touching data, make it before the first `allow`, and put it between the database and the workloads. A login
 * that nobody is allowed any more is then locked before the stack of its workload is deployed.
 *
 * Costs nothing by itself; each login with a password about 0.40 USD a month.
 */
export class DatabaseAccess extends Construct {
  /** The function that declares the logins. */
  public readonly loginsFunction: Function;
  /** The proxy, if there is one. */
  public readonly proxy?: CfnDBProxy;

  private readonly database: ICustomerDatabase;
  private readonly network: INetwork;
  private readonly secretsKey: IKey;
  private readonly logsKey: IKey;
  private readonly alerts?: IAlertTopics;
  private readonly known = new Map<string, KnownLogin>();
  private readonly declaration: LoginDeclaration;
  private readonly iamProxy?: IamProxy;
  private rotation?: HandlerFunction;

  public constructor(scope: Construct, id: string, props: DatabaseAccessProps) {
    super(scope, id);
    this.database = props.database;
    this.network = props.network ?? props.database.network;
    this.secretsKey = props.secretsKey ?? props.database.secretsKey;
    this.logsKey = props.logsKey ?? props.database.logsKey;
    this.alerts = props.alerts;
    this.register();
    this.declaration = this.createDeclaration();
    this.loginsFunction = this.declaration.function;
    this.iamProxy = props.proxy && this.createProxy(props.proxy);
    this.proxy = this.iamProxy?.proxy;
  }

  /**
   * Lets `workload` log in as `role`: opens network, IAM and, where there is a password, its secret, for that login and
   * nothing else. All of it stands with the workload.
   *
   * @param workload what logs in: a `StorefrontService`, a function in the VPC
   * @param role which login it uses; several workloads may use one
   * @throws BaselineError `LoginDeclaredTwice`, `LoginNameTaken`
   */
  public allow(workload: IWorkload, role: DatabaseRole): DatabaseLogin {
    const { login } = this.loginOf(role);
    const { securityGroup, resourceId } = this.proxyFor(role) ?? this.database;
    workload.connections.allowTo(securityGroup, Port.tcp(login.port), 'Database');
    if (login.secret === undefined) {
      const { actions, resources: resourceArns } = connectAs(Stack.of(this), resourceId, role.loginName);
      Grant.addToPrincipal({ grantee: workload, actions, resourceArns }).assertSuccess();
    } else {
      login.secret.grantRead(workload).assertSuccess();
    }
    return login;
  }

  private register(): void {
    const other = ACCESS.get(this.database);
    if (other !== undefined) {
      throw new BaselineError(`DatabaseAccess ${this.node.path}`, [
        {
          code: 'DatabaseAccessDeclaredTwice',
          property: 'database',
          value: other.node.path,
          bound: 'have one access',
          remedy: 'Make the DatabaseAccess once, and before the first database.allow(), which otherwise makes one.',
        },
      ]);
    }
    ACCESS.set(this.database, this);
  }

  private createDeclaration(): LoginDeclaration {
    const { database, network, logsKey, alerts } = this;
    return new LoginDeclaration(this, 'Logins', { database, network, logsKey, alerts });
  }

  private createProxy(proxy: DatabaseProxy): IamProxy {
    const { database, network, logsKey, declaration: after } = this;
    return new IamProxy(this, 'Proxy', { database, network, proxy, logsKey, after });
  }

  /** The login of `role`: a new one, unless it was declared before. */
  private loginOf(role: DatabaseRole): KnownLogin {
    const known = this.known.get(role.loginName);
    this.refuseConflicts(role, known?.role);
    if (known !== undefined) {
      return known;
    }
    const every = role._rotateEvery;
    const login = every === undefined ? this.createIamLogin(role) : this.createRotatedLogin(role, every);
    const made = { role, login };
    this.known.set(role.loginName, made);
    return made;
  }

  private createIamLogin(role: DatabaseRole): DatabaseLogin {
    const { loginName: username } = role;
    this.declaration.add(role);
    const proxy = this.proxyFor(role);
    if (proxy === undefined) {
      return { ...this.endpointFor(role), username };
    }
    proxy.letThrough(username);
    const { host, port } = proxy;
    return { host, port, databaseName: this.database.databaseName, username };
  }

  private createRotatedLogin(role: DatabaseRole, every: Duration): DatabaseLogin {
    const { declaration, secretsKey, alerts } = this;
    this.rotation ??= this.createRotation();
    const props = { role, every, declaration, handler: this.rotation, secretsKey, alerts };
    const { secret } = new RotatedLogin(this, role.loginName, props);
    return { ...this.endpointFor(role), secret };
  }

  private endpointFor({ _privileges }: DatabaseRole): DatabaseLogin {
    const { port, databaseName } = this.database;
    const { writerHost, readerHost } = this.declaration;
    return { host: _privileges === 'readOnly' ? readerHost : writerHost, port, databaseName };
  }

  /** Many short connections read and write; migrations and reports would hold one for themselves. */
  private proxyFor({ _privileges, _rotateEvery }: DatabaseRole): IamProxy | undefined {
    return _privileges === 'readWrite' && _rotateEvery === undefined ? this.iamProxy : undefined;
  }

  private createRotation(): HandlerFunction {
    const { database, network, logsKey, alerts } = this;
    const roles = (): DatabaseRole[] => [...this.known.values()].map(({ role }) => role);
    const readOnly = (): DatabaseRole[] => roles().filter(({ _privileges }) => _privileges === 'readOnly');
    return new DatabaseFunction(this, 'Rotation', {
      database,
      network,
      logsKey,
      alerts,
      handler: database.engine._traits.rotationHandler,
      description: 'Rotates the passwords of logins to the database',
      environment: {
        DATABASE_HOST: database.writerHost,
        DATABASE_READER_HOST: database.readerHost,
        DATABASE_PORT: String(database.port),
        DATABASE_NAME: database.databaseName,
        MASTER_SECRET_ARN: database.masterSecret.secretArn,
        READ_ONLY_LOGINS: Lazy.string({
          produce: () =>
            readOnly()
              .map(({ loginName }) => loginName)
              .join(','),
        }),
      },
    }).handler;
  }

  private refuseConflicts(role: DatabaseRole, known: DatabaseRole | undefined): void {
    const problems = new Problems(`DatabaseAccess ${this.node.path}`);
    problems.require(known === undefined || known._isSameAs(role), {
      code: 'LoginDeclaredTwice',
      property: 'role',
      value: role.loginName,
      bound: 'have the same privileges and the same way in wherever it is allowed',
      remedy: 'Declare the role once and give the same object to every allow(), or choose another name.',
    });
    const taken = this.usersBeside(role);
    problems.require(!role._users.some((user) => taken.includes(user)), {
      code: 'LoginNameTaken',
      property: 'role',
      value: role.loginName,
      bound: `stand for none of the users ${taken.join(', ')}`,
      remedy:
        'Choose another name. A login with a rotated password stands for two users, whose names end in _a and _b.',
    });
    problems.throwIfAny();
  }

  private usersBeside({ loginName }: DatabaseRole): string[] {
    const { databaseName, masterUsername } = this.database;
    const groups = EVERY_PRIVILEGES.map((privileges) => groupOf(databaseName, privileges));
    const others = [...this.known.values()].filter(({ role }) => role.loginName !== loginName);
    return [masterUsername, ...groups, ...others.flatMap(({ role }) => role._users)];
  }
}
