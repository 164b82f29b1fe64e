import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceExistsException,
  ResourceNotFoundException,
  UpdateSecretVersionStageCommand,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';

/** A rotation cannot go on. The name says why; the message holds no part of a value. */
export class RotationError extends Error {
  public constructor(
    public override readonly name:
      | 'RotationNotEnabled'
      | 'UnknownVersion'
      | 'VersionNotPending'
      | 'ValueMissing'
      | 'ValueMalformed'
      | 'NotAnnounced',
    message: string,
  ) {
    super(message);
  }
}

/** Which secret is rotated, and to which of its versions. */
export interface RotationTarget {
  readonly SecretId: string;
  readonly ClientRequestToken: string;
  /** Comes with the event where Secrets Manager demands it back. */
  readonly RotationToken?: string;
}

/** The versions of a secret during one rotation: the one in use, and the one that is to take its place. */
export class SecretVersions {
  public constructor(
    private readonly client: SecretsManagerClient,
    private readonly target: RotationTarget,
  ) {}

  /**
   * Whether this rotation made its version current already.
   *
   * @throws RotationError unless the secret is being rotated to this version
   */
  public async isFinished(): Promise<boolean> {
    const { ClientRequestToken } = this.target;
    const { RotationEnabled, stages } = await this.describe();
    const own = stages[ClientRequestToken];
    if (RotationEnabled !== true) {
      throw new RotationError('RotationNotEnabled', 'the secret is not set up to be rotated');
    }
    if (own === undefined) {
      throw new RotationError('UnknownVersion', `the secret has no version ${ClientRequestToken}`);
    }
    if (!own.includes('AWSCURRENT') && !own.includes('AWSPENDING')) {
      throw new RotationError('VersionNotPending', `version ${ClientRequestToken} is not the one being rotated to`);
    }
    return own.includes('AWSCURRENT');
  }

  /** The value in use, or undefined in a secret that never had one. */
  public current(): Promise<string | undefined> {
    return this.read({ VersionStage: 'AWSCURRENT' });
  }

  /** The value that is to take its place, or undefined before it was written. */
  public pending(): Promise<string | undefined> {
    return this.read({ VersionStage: 'AWSPENDING', VersionId: this.target.ClientRequestToken });
  }

  /** The value that is to take its place. */
  public async writtenPending(): Promise<string> {
    const value = await this.pending();
    if (value === undefined) {
      throw new RotationError('ValueMissing', `version ${this.target.ClientRequestToken} has no value yet`);
    }
    return value;
  }

  /** Writes the value that is to take its place. The first to write wins, also when two run at once. */
  public async write(SecretString: string): Promise<void> {
    try {
      await this.client.send(
        new PutSecretValueCommand({ ...this.target, SecretString, VersionStages: ['AWSPENDING'] }),
      );
    } catch (error) {
      if (!(error instanceof ResourceExistsException)) {
        throw error;
      }
    }
  }

  /** Has readers get the new value from now on. */
  public async makeCurrent(): Promise<void> {
    const { SecretId, ClientRequestToken } = this.target;
    const { stages } = await this.describe();
    const previous = Object.keys(stages).find((version) => stages[version]?.includes('AWSCURRENT'));
    if (previous === ClientRequestToken) {
      return;
    }
    await this.writtenPending();
    await this.client.send(
      new UpdateSecretVersionStageCommand({
        SecretId,
        VersionStage: 'AWSCURRENT',
        MoveToVersionId: ClientRequestToken,
        RemoveFromVersionId: previous,
      }),
    );
  }

  private async describe(): Promise<{ RotationEnabled?: boolean; stages: Record<string, string[]> }> {
    const { RotationEnabled, VersionIdsToStages } = await this.client.send(
      new DescribeSecretCommand({ SecretId: this.target.SecretId }),
    );
    return { RotationEnabled, stages: VersionIdsToStages ?? {} };
  }

  private async read(version: { VersionStage: string; VersionId?: string }): Promise<string | undefined> {
    try {
      const { SecretId } = this.target;
      return (await this.client.send(new GetSecretValueCommand({ SecretId, ...version }))).SecretString;
    } catch (error) {
      if (error instanceof ResourceNotFoundException) {
        return undefined;
      }
      throw error;
    }
  }
}
