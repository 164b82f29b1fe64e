import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

/** The steps of a rotation, in the order in which Secrets Manager calls for them. */
export const STEPS = ['createSecret', 'setSecret', 'testSecret', 'finishSecret'] as const;

/** One step of a rotation, as Secrets Manager calls for it. */
export interface RotationRequest {
  readonly Step: (typeof STEPS)[number];
  readonly SecretId: string;
  readonly ClientRequestToken: string;
}

/** A call that is to fail: refused, or carried out and then answered with an error, as when the network breaks. */
export interface Fault {
  readonly action: string;
  readonly after: boolean;
  /** @default InternalServiceError */
  readonly error?: string;
}

interface StoredSecret {
  rotationEnabled: boolean;
  lastRotated?: number;
  readonly values: Map<string, string>;
  readonly stages: Map<string, Set<string>>;
}

/**
 * Secrets Manager and the default event bus as a rotation sees them: a real server on loopback that speaks the SDK's
 * protocol and keeps versions and stages as the API reference describes them (a token is written once; a stage stands on
 * one version; AWSPREVIOUS follows AWSCURRENT).
 */
export class SecretsManagerEndpoint {
  /** Details of the events that were put. */
  public readonly events: Readonly<Record<string, unknown>>[] = [];
  /** The event bus takes no event. */
  public busIsClosed = false;
  /** The next call of this action fails. */
  public fault?: Fault;
  private readonly secrets = new Map<string, StoredSecret>();
  private server?: Server;

  public async start(): Promise<void> {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const action = String(request.headers['x-amz-target']).split('.')[1] ?? '';
        const { status, body } = this.answer(action, JSON.parse(Buffer.concat(chunks).toString()) as Input);
        response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    this.server = server;
  }

  public async stop(): Promise<void> {
    await new Promise((resolve) => this.server?.close(resolve));
  }

  /** Where it listens. */
  public get url(): string {
    const { port } = this.server?.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  /** Real SDK clients that talk to this server and do not repeat a failed call. */
  public clients(): { secrets: SecretsManagerClient; events: EventBridgeClient } {
    const options = {
      endpoint: this.url,
      region: 'eu-central-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      maxAttempts: 1,
    };
    return { secrets: new SecretsManagerClient(options), events: new EventBridgeClient(options) };
  }

  /** A secret that may be rotated; without `value`, one that has no version. */
  public create(value?: string, rotationEnabled = true): string {
    const arn = `arn:aws:secretsmanager:eu-central-1:111122223333:secret:test-${randomUUID()}`;
    const secret: StoredSecret = { rotationEnabled, values: new Map(), stages: new Map() };
    if (value !== undefined) {
      secret.values.set('first', value);
      secret.stages.set('AWSCURRENT', new Set(['first']));
    }
    this.secrets.set(arn, secret);
    return arn;
  }

  /** Begins a rotation as `RotateSecret` does: an empty version, pending. Returns its token. */
  public begin(arn: string): string {
    const token = randomUUID();
    this.secret(arn).stages.set('AWSPENDING', new Set([token]));
    return token;
  }

  /** Token of the rotation that was begun last. */
  public token(arn: string): string {
    const [token = ''] = this.secret(arn).stages.get('AWSPENDING') ?? [];
    return token;
  }

  /** Runs a whole rotation through `handler`. */
  public async rotate(handler: (event: RotationRequest) => Promise<void>, arn: string): Promise<void> {
    const ClientRequestToken = this.begin(arn);
    for (const Step of STEPS) {
      await handler({ Step, SecretId: arn, ClientRequestToken });
    }
    this.secret(arn).lastRotated = Date.now() / 1000;
  }

  /** The value that stands under `stage`. */
  public value(arn: string, stage: 'AWSCURRENT' | 'AWSPENDING' | 'AWSPREVIOUS'): string | undefined {
    const { stages, values } = this.secret(arn);
    const [version] = stages.get(stage) ?? [];
    return values.get(version ?? '');
  }

  private secret(arn: string): StoredSecret {
    const secret = this.secrets.get(arn);
    if (secret === undefined) {
      throw new ServiceError('ResourceNotFoundException');
    }
    return secret;
  }

  private answer(action: string, input: Input): { status: number; body: unknown } {
    const fault = this.fault?.action === action ? this.fault : undefined;
    this.fault = fault === undefined ? this.fault : undefined;
    try {
      if (fault?.after === false) {
        throw failure(fault);
      }
      const body = this.perform(action, input);
      if (fault?.after === true) {
        throw failure(fault);
      }
      return { status: 200, body };
    } catch (error) {
      const { type, status } = error instanceof ServiceError ? error : new ServiceError(String(error), 500);
      return { status, body: { __type: type, Message: type } };
    }
  }

  private perform(action: string, input: Input): unknown {
    if (action === 'PutEvents' && this.busIsClosed) {
      return { FailedEntryCount: 1, Entries: [{ ErrorCode: 'ThrottlingException' }] };
    }
    if (action === 'PutEvents') {
      this.events.push(...input.Entries);
      return { FailedEntryCount: 0, Entries: input.Entries.map(() => ({ EventId: randomUUID() })) };
    }
    const secret = this.secret(input.SecretId);
    switch (action) {
      case 'DescribeSecret':
        return {
          ARN: input.SecretId,
          RotationEnabled: secret.rotationEnabled,
          LastRotatedDate: secret.lastRotated,
          VersionIdsToStages: stagesByVersion(secret),
        };
      case 'GetSecretValue':
        return { ARN: input.SecretId, SecretString: read(secret, input) };
      case 'PutSecretValue':
        return write(secret, input);
      case 'UpdateSecretVersionStage':
        return move(secret, input);
      default:
        throw new ServiceError(`UnknownAction ${action}`);
    }
  }
}

interface Input {
  readonly SecretId: string;
  readonly VersionId?: string;
  readonly VersionStage: string;
  readonly ClientRequestToken: string;
  readonly SecretString: string;
  readonly VersionStages: readonly string[];
  readonly MoveToVersionId: string;
  readonly RemoveFromVersionId?: string;
  readonly Entries: readonly Readonly<Record<string, unknown>>[];
}

class ServiceError extends Error {
  public constructor(
    public readonly type: string,
    public readonly status = 400,
  ) {
    super(type);
  }
}

function failure({ error }: Fault): ServiceError {
  return error === undefined ? new ServiceError('InternalServiceError', 500) : new ServiceError(error);
}

function stagesByVersion({ stages }: StoredSecret): Record<string, string[]> {
  const byVersion: Record<string, string[]> = {};
  for (const [stage, versions] of stages) {
    versions.forEach((version) => (byVersion[version] ??= []).push(stage));
  }
  return byVersion;
}

function read({ stages, values }: StoredSecret, { VersionId, VersionStage }: Input): string {
  const [staged] = stages.get(VersionStage) ?? [];
  const value = VersionId === undefined || VersionId === staged ? values.get(staged ?? '') : undefined;
  if (value === undefined) {
    throw new ServiceError('ResourceNotFoundException');
  }
  return value;
}

function write({ stages, values }: StoredSecret, input: Input): object {
  const existing = values.get(input.ClientRequestToken);
  if (existing !== undefined && existing !== input.SecretString) {
    throw new ServiceError('ResourceExistsException');
  }
  values.set(input.ClientRequestToken, input.SecretString);
  input.VersionStages.forEach((stage) => stages.set(stage, new Set([input.ClientRequestToken])));
  return {};
}

function move({ stages }: StoredSecret, input: Input): object {
  const { VersionStage, MoveToVersionId, RemoveFromVersionId } = input;
  const [holder] = stages.get(VersionStage) ?? [];
  if (holder !== undefined && holder !== RemoveFromVersionId) {
    throw new ServiceError('InvalidParameterException');
  }
  stages.set(VersionStage, new Set([MoveToVersionId]));
  if (VersionStage === 'AWSCURRENT' && holder !== undefined) {
    stages.set('AWSPREVIOUS', new Set([holder]));
  }
  return {};
}
