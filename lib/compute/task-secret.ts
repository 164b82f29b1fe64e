import { Secret } from 'aws-cdk-lib/aws-ecs';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';

/**
 * A value from Secrets Manager that a container receives as an environment variable when it starts. It stands in no
 * template, no task definition and no log.
 */
export class TaskSecret {
  /**
   * The whole value of a secret.
   *
   * @param secret the secret
   */
  public static whole(secret: ISecret): TaskSecret {
    return new TaskSecret(secret);
  }

  /**
   * One field of a secret that holds JSON.
   *
   * @param secret the secret
   * @param field the field's name
   */
  public static field(secret: ISecret, field: string): TaskSecret {
    return new TaskSecret(secret, field);
  }

  private constructor(
    /** The secret. A service whose task reads it is deployed again when it is rotated. */
    public readonly secret: ISecret,
    /** The field, if not the whole value. */
    public readonly fieldName?: string,
  ) {}

  /**
   * The secret as ECS takes it.
   *
   * @internal
   */
  public _forTask(): Secret {
    return Secret.fromSecretsManager(this.secret, this.fieldName);
  }
}
