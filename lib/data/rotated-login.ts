import { RemovalPolicy, type Duration } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Secret, type ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { IAlertTopics } from '../core/alerts';
import type { HandlerFunction } from '../core/handler-function';
import { DataClass, tagDataClass } from '../core/tags';
import type { DatabaseRole } from './database-role';
import type { LoginDeclaration } from './login-declaration';
import { alternatingUsers } from './login-name';
import { SecretRotation } from './secret-rotation';

/** Which login, who declares it, and what rotates its password. */
export interface RotatedLoginProps {
  /** The login. */
  readonly role: DatabaseRole;
  /** How long a password is used. */
  readonly every: Duration;
  /** What declares its users. */
  readonly declaration: LoginDeclaration;
  /** A function that runs the rotation of the engine. */
  readonly handler: HandlerFunction;
  /** Key of its secret. */
  readonly secretsKey: IKey;
  /** @default - nobody is told of a rotation that failed */
  readonly alerts?: IAlertTopics;
}

/** A login with a rotated password: its secret is made first, then its two users, then the first password. */
export class RotatedLogin extends Construct {
  /** The secret. What refers to it is created once the login works. */
  public readonly secret: ISecret;

  public constructor(scope: Construct, id: string, props: RotatedLoginProps) {
    super(scope, id);
    const { role, declaration, secretsKey: key, handler, every, alerts } = props;
    const secret = this.createSecret(role, key);
    declaration.add(role, secret);
    declaration.letComplete(secret, key);
    const rotation = new SecretRotation(this, 'Rotation', { secret, key, handler, every, alerts });
    rotation.node.addDependency(declaration);
    this.secret = rotation.secret;
  }

  /**
   * The generated password is nobody's: the first rotation gives the *other* user its first one. CloudFormation would
   * generate a new value in the place of a good one if anything of this changed.
   */
  private createSecret({ loginName }: DatabaseRole, encryptionKey: IKey): Secret {
    const secret = new Secret(this, 'Secret', {
      description: `Login of ${loginName} to the database`,
      encryptionKey,
      generateSecretString: {
        secretStringTemplate: JSON.stringify({ username: alternatingUsers(loginName)[1] }),
        generateStringKey: 'password',
        passwordLength: 48,
        excludePunctuation: true,
      },
      removalPolicy: RemovalPolicy.DESTROY,
    });
    tagDataClass(secret, DataClass.SECRETS);
    return secret;
  }
}
