import {
  GetObjectCommand,
  paginateListObjectsV2,
  PutObjectCommand,
  S3ServiceException,
  type S3Client,
} from '@aws-sdk/client-s3';
import {
  GetSecretValueCommand,
  ResourceNotFoundException,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import * as z from 'zod/mini';
import { messageCode, SignedText, type MessageCode } from './message-code';

const DAY = 24 * 60 * 60 * 1000;

/** A baseline is taken every day. One that is older says too little of a copy. */
const OLDEST_BASELINE_DAYS = 31;

const Environment = z.object({
  EVIDENCE_BUCKET: z.string(),
  EVIDENCE_PREFIX: z.string(),
  SIGNING_SECRET_ARN: z.string(),
});

/** What is known of the live database, and the key that tells whether it is true. */
export interface Evidence {
  readonly code: MessageCode;
  /** The newest baseline of before the recovery point. */
  readonly baseline?: SignedText;
  /** What was written of removals since, by name. */
  readonly removals: readonly (readonly [name: string, SignedText])[];
}

/** The bucket where evidence is kept, under a name that begins with the moment it is of. */
export class EvidenceStore {
  private readonly settings: z.infer<typeof Environment>;

  public constructor(
    private readonly s3: S3Client,
    private readonly secrets: SecretsManagerClient,
    environment: NodeJS.ProcessEnv,
  ) {
    this.settings = z.parse(Environment, environment);
  }

  /** The key that signs, and the one of before its last rotation: heartbeats of before that are in the copy too. */
  public async code(): Promise<MessageCode> {
    const key = await this.key('AWSCURRENT');
    const before = await this.key('AWSPREVIOUS').catch((error: unknown) => {
      if (error instanceof ResourceNotFoundException) {
        return undefined;
      }
      throw error;
    });
    return messageCode(key, ...(before === undefined ? [] : [before]));
  }

  /** Keeps a baseline. One that is there stays as it is. */
  public async keepBaseline(takenAt: string, baseline: SignedText): Promise<string> {
    const { EVIDENCE_BUCKET: Bucket } = this.settings;
    const Key = this.nameOf('baselines', takenAt);
    const Body = JSON.stringify(baseline);
    try {
      await this.s3.send(
        new PutObjectCommand({ Bucket, Key, Body, ContentType: 'application/json', IfNoneMatch: '*' }),
      );
    } catch (error) {
      // The same call once more, after an answer that was lost.
      if (!(error instanceof S3ServiceException) || error.$metadata.httpStatusCode !== 412) {
        throw error;
      }
    }
    return Key;
  }

  /** What a copy of this moment is measured by. */
  public async read(recoveryPoint: Date): Promise<Evidence> {
    const code = await this.code();
    const oldest = new Date(recoveryPoint.getTime() - OLDEST_BASELINE_DAYS * DAY).toISOString();
    const last = this.nameOf('baselines', recoveryPoint.toISOString());
    const newest = (await this.list('baselines', oldest)).filter((key) => key <= last).at(-1);
    if (newest === undefined) {
      return { code, removals: [] };
    }
    const takenAt = newest.slice(this.folder('baselines').length, -'.json'.length);
    const removals: [string, SignedText][] = [];
    for (const key of await this.list('removals', takenAt)) {
      removals.push([key.slice(this.settings.EVIDENCE_PREFIX.length), await this.get(key)]);
    }
    return { code, baseline: await this.get(newest), removals };
  }

  private async key(VersionStage: 'AWSCURRENT' | 'AWSPREVIOUS'): Promise<string> {
    const request = new GetSecretValueCommand({ SecretId: this.settings.SIGNING_SECRET_ARN, VersionStage });
    const { SecretString = '' } = await this.secrets.send(request);
    if (SecretString === '') {
      // With an empty key anybody could sign.
      throw new Error('SigningSecretEmpty');
    }
    return SecretString;
  }

  private folder(kind: 'baselines' | 'removals'): string {
    return `${this.settings.EVIDENCE_PREFIX}${kind}/`;
  }

  private nameOf(kind: 'baselines' | 'removals', moment: string): string {
    return `${this.folder(kind)}${moment}.json`;
  }

  /** Keys of after a moment, oldest first: S3 lists in the order of the names. */
  private async list(kind: 'baselines' | 'removals', after: string): Promise<string[]> {
    const [Prefix, StartAfter] = [this.folder(kind), `${this.folder(kind)}${after}`];
    const keys: string[] = [];
    const request = { Bucket: this.settings.EVIDENCE_BUCKET, Prefix, StartAfter };
    for await (const { Contents = [] } of paginateListObjectsV2({ client: this.s3 }, request)) {
      keys.push(...Contents.flatMap(({ Key }) => (Key?.endsWith('.json') === true ? [Key] : [])));
    }
    return keys;
  }

  private async get(Key: string): Promise<SignedText> {
    const { Body } = await this.s3.send(new GetObjectCommand({ Bucket: this.settings.EVIDENCE_BUCKET, Key }));
    return z.parse(SignedText, JSON.parse((await Body?.transformToString()) ?? ''));
  }
}
