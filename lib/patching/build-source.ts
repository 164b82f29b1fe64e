import { Token } from 'aws-cdk-lib';
import type { CfnProject } from 'aws-cdk-lib/aws-codebuild';
import { PolicyStatement, type IRole } from 'aws-cdk-lib/aws-iam';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Problems } from '../core/errors';

/** A repository that AWS CodeConnections reaches. */
export interface ConnectedRepository {
  /** ARN of the connection: somebody made it, and confirmed it in the console. */
  readonly connectionArn: string;

  /** Address of the repository: `https://github.com/acme/shop`. */
  readonly url: string;

  /**
   * What is built: a branch, a tag or a commit.
   *
   * @default 'main'
   */
  readonly version?: string;
}

/** What CodeBuild calls each host that a connection reaches. */
const HOSTS: Readonly<Record<string, string>> = {
  'github.com': 'GITHUB',
  'gitlab.com': 'GITLAB',
  'bitbucket.org': 'BITBUCKET',
};

/** Services that a connection may be of: the former name stays in the ARN of what was made under it. */
const SERVICES = ['codeconnections', 'codestar-connections'];

/** What a build does with a connection. */
const ACTIONS = ['GetConnection', 'GetConnectionToken', 'UseConnection'];

/** Where the source of an image is: a joint between the pipeline and whoever keeps the code. */
export abstract class BuildSource {
  /**
   * A repository at GitHub, GitLab or Bitbucket, through a connection: no token is stored.
   *
   * @param repository where it is
   * @throws BaselineError `RepositoryUnreachable`, `ConnectionMalformed`
   */
  public static connection(repository: ConnectedRepository): BuildSource {
    return new ConnectionSource(repository);
  }

  /**
   * A zip archive in S3, put there by whatever keeps the code. The bucket has versions, or the archive that is built may
   * not be the one that was reviewed.
   *
   * @param bucket where it is
   * @param key of the archive: `shop/source.zip`
   */
  public static archive(bucket: IBucket, key: string): BuildSource {
    return new ArchiveSource(bucket, key);
  }

  /**
   * The source as a project of CodeBuild takes it; `role` may read it afterwards.
   *
   * @internal
   */
  public abstract _for(role: IRole): Omit<CfnProject.SourceProperty, 'buildSpec'>;

  /**
   * What is built of it.
   *
   * @internal
   */
  public abstract readonly _version: string | undefined;
}

class ConnectionSource extends BuildSource {
  public readonly _version: string;
  private readonly type: string;
  private readonly services: readonly string[];

  public constructor(private readonly repository: ConnectedRepository) {
    super();
    const { url, connectionArn, version = 'main' } = repository;
    const host = /^https:\/\/([a-z.]+)\/[\w.-]+\/[\w./-]+$/.exec(url)?.[1] ?? '';
    const problems = new Problems('BuildSource.connection');
    problems.require(host in HOSTS, {
      code: 'RepositoryUnreachable',
      property: 'url',
      value: url,
      bound: `be the address of a repository at ${Object.keys(HOSTS).join(', ')}, without credentials`,
      remedy: 'Write https://github.com/acme/shop, or put an archive into S3 and use BuildSource.archive.',
    });
    const service = /^arn:[a-z-]+:([a-z-]+):[a-z0-9-]+:\d{12}:connection\//.exec(connectionArn)?.[1] ?? '';
    const isUnknown = Token.isUnresolved(connectionArn);
    problems.require(isUnknown || SERVICES.includes(service), {
      code: 'ConnectionMalformed',
      property: 'connectionArn',
      value: connectionArn,
      bound: 'be the ARN of a connection',
      remedy: 'Copy it from "aws codeconnections list-connections".',
    });
    problems.throwIfAny();
    this.type = HOSTS[host];
    this.services = isUnknown ? SERVICES : [service];
    this._version = version;
  }

  public override _for(role: IRole): Omit<CfnProject.SourceProperty, 'buildSpec'> {
    const { url, connectionArn } = this.repository;
    role.addToPrincipalPolicy(
      new PolicyStatement({
        // IAM compares the service of an action with that of the resource.
        actions: this.services.flatMap((service) => ACTIONS.map((action) => `${service}:${action}`)),
        resources: [connectionArn],
      }),
    );
    return {
      type: this.type,
      location: url,
      gitCloneDepth: 1,
      auth: { type: 'CODECONNECTIONS', resource: connectionArn },
    };
  }
}

class ArchiveSource extends BuildSource {
  public readonly _version = undefined;

  public constructor(
    private readonly bucket: IBucket,
    private readonly key: string,
  ) {
    super();
  }

  public override _for(role: IRole): Omit<CfnProject.SourceProperty, 'buildSpec'> {
    const { bucket, key } = this;
    role.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['s3:GetObject', 's3:GetObjectVersion'],
        resources: [bucket.arnForObjects(key)],
      }),
    );
    role.addToPrincipalPolicy(
      new PolicyStatement({ actions: ['s3:GetBucketLocation'], resources: [bucket.bucketArn] }),
    );
    bucket.encryptionKey?.grantDecrypt(role);
    return { type: 'S3', location: `${bucket.bucketName}/${key}` };
  }
}
