import { Duration, Token, type CfnResource } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Secret, type ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { IAlertTopics } from '../core/alerts';
import { Problems } from '../core/errors';
import { keeps } from '../core/keeps';
import { retain } from '../core/stateful';
import { DataClass, tagDataClass } from '../core/tags';
import type { Waiver } from '../core/waiver';
import { DataKey } from '../encryption/data-key';
import { readableSecret } from './readable-secret';
import { requireInterval, SecretRotation } from './secret-rotation';
import { sharedHandler } from './shared-handler';

/** How long the value is, and how long it lives. */
export interface GeneratedSecretProps {
  /**
   * Letters and digits of the value: 32 to 4096. Changing it makes CloudFormation replace the value at once, without
   * telling anybody: choose it when you create the secret.
   *
   * @default 64
   */
  readonly length?: number;

  /**
   * How long a value is used: 1 to 1000 whole days. Changing it rotates the secret at once.
   *
   * @default - 90 days, after which Security Hub (SecretsManager.4) reports a secret as stale
   */
  readonly rotateEvery?: Duration;

  /**
   * Key for the secret and for the log of its rotation.
   *
   * @default - a `DataKey` for secrets
   */
  readonly key?: IKey;

  /**
   * Who is told of a rotation that failed. The event reaches EventBridge only in an account with a CloudTrail trail of
   * management events.
   *
   * @default - nobody
   */
  readonly alerts?: IAlertTopics;

  /**
   * Gives up rotation: for a value that must stay as it is because data was encrypted or hashed with it.
   *
   * @default - rotated
   */
  readonly withoutRotation?: Waiver;
}

/** Shortest value that cannot be guessed offline: 32 letters and digits are 190 bits. */
const SHORTEST = 32;

/** The longest value that Secrets Manager generates. */
const LONGEST = 4096;

/**
 * A random value that nobody has seen, for what an application signs its tokens and cookies with: encrypted, retained,
 * and replaced regularly. Each replacement is announced by an event, on which a service that holds the value is deployed
 * again; what was signed with the old value ends then, so customers may have to log in again.
 *
 * The value before stays readable under the stage `AWSPREVIOUS`, for an application that can check against two.
 *
 * Costs about 0.40 USD a month.
 */
export class GeneratedSecret extends Construct {
  /** The secret; its whole text is the value. What refers to it is created once it has been rotated for the first time. */
  public readonly secret: ISecret;

  public constructor(scope: Construct, id: string, props: GeneratedSecretProps = {}) {
    super(scope, id);
    const { length = 64, rotateEvery = Duration.days(90) } = props;
    this.validate(length, rotateEvery);
    const key = props.key ?? new DataKey(this, 'Key', { dataClass: DataClass.SECRETS });
    const secret = this.createSecret(length, key);
    this.secret = keeps(this, 'generated-secret.rotation', props.withoutRotation)
      ? this.rotate(secret, key, rotateEvery, props.alerts)
      : readableSecret(this, 'Readable', secret.secretArn, key);
    tagDataClass(this, DataClass.SECRETS);
  }

  private validate(length: number, rotateEvery: Duration): void {
    const problems = new Problems(`GeneratedSecret ${this.node.path}`);
    problems.require(Token.isUnresolved(length) || (length >= SHORTEST && length <= LONGEST), {
      code: 'GeneratedSecretLengthOutOfRange',
      property: 'length',
      value: length,
      bound: `be from ${SHORTEST} to ${LONGEST} characters`,
      remedy: 'Leave it out: 64 letters and digits fit every signing algorithm.',
    });
    requireInterval(problems, 'rotateEvery', rotateEvery);
    problems.throwIfAny();
  }

  private createSecret(passwordLength: number, encryptionKey: IKey): Secret {
    const secret = new Secret(this, 'Secret', {
      encryptionKey,
      generateSecretString: { passwordLength, excludePunctuation: true, includeSpace: false },
    });
    retain(this, secret.node.defaultChild as CfnResource, 'Secret');
    return secret;
  }

  private rotate(secret: ISecret, key: IKey, every: Duration, alerts?: IAlertTopics): ISecret {
    const handler = sharedHandler(this, 'GeneratedSecretRotation', {
      handler: 'rotate-generated-secret',
      description: 'Replaces generated secrets by new random values',
      key,
    });
    return new SecretRotation(this, 'Rotation', { secret, key, handler, every, alerts }).secret;
  }
}
