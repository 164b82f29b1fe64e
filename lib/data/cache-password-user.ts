import { RemovalPolicy, type Duration } from 'aws-cdk-lib';
import { CfnUser } from 'aws-cdk-lib/aws-elasticache';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Secret, type ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { IAlertTopics } from '../core/alerts';
import type { HandlerFunction } from '../core/handler-function';
import { physicalName } from '../core/physical-names';
import type { CacheUser } from './cache-user';
import { SecretRotation } from './secret-rotation';

/** A user that logs in with a password, and the key of its secret. */
export interface CachePasswordUserProps {
  /** The user, with a password. */
  readonly user: CacheUser;
  /** Key of its secret. */
  readonly secretsKey: IKey;
}

/** What rotates the password. It needs the cache, and the cache needs the user: so it comes later. */
export interface CachePasswordRotation {
  /** Changes the password. */
  readonly handler: HandlerFunction;
  /** Key of the secret. */
  readonly secretsKey: IKey;
  /** @default - nobody is told of a rotation that failed */
  readonly alerts?: IAlertTopics;
}

/** A user of a cache with a generated password. */
export class CachePasswordUser extends Construct {
  /** Name under which it logs in. */
  public readonly username: string;
  /** What the cache's user group lists. */
  public readonly resource: CfnUser;

  private readonly generated: Secret;

  public constructor(scope: Construct, id: string, { user, secretsKey }: CachePasswordUserProps) {
    super(scope, id);
    const userId = physicalName(this, 'cacheUser');
    this.username = user.name;
    this.generated = new Secret(this, 'Secret', {
      description: `Login of ${user.name} to the session cache`,
      encryptionKey: secretsKey,
      generateSecretString: {
        secretStringTemplate: JSON.stringify({ username: user.name, userId }),
        generateStringKey: 'password',
        passwordLength: 64,
        excludePunctuation: true,
      },
      removalPolicy: RemovalPolicy.DESTROY,
    });
    // Any change of this resource sends the password again: the one in the secret at that moment, so that only the one
    // before stops working. Leave its properties as they are nevertheless.
    this.resource = new CfnUser(this, 'User', {
      engine: 'valkey',
      userId,
      userName: user.name,
      accessString: `on ${user.access.rules}`,
      passwords: [this.generated.secretValueFromJson('password').unsafeUnwrap()],
    });
  }

  /** Has `handler` rotate the password. The result is the secret, once it holds the address of the cache too. */
  public rotate(every: Duration, { handler, secretsKey, alerts }: CachePasswordRotation): ISecret {
    handler.role.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['elasticache:DescribeUsers', 'elasticache:ModifyUser'],
        resources: [this.resource.attrArn],
      }),
    );
    const secret = this.generated;
    return new SecretRotation(this, 'Rotation', { secret, key: secretsKey, handler, every, alerts }).secret;
  }
}
