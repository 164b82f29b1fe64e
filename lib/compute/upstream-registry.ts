import { Token } from 'aws-cdk-lib';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Problems } from '../core/errors';

/** What ECR demands of the name of a secret with which it logs in elsewhere. */
const SECRET_PREFIX = 'ecr-pullthroughcache/';

/** A registry whose images the account's own registry can pull through. */
export class UpstreamRegistry {
  /** Amazon's public registry, which also holds Docker's official images under `docker/library`. */
  public static publicEcr(): UpstreamRegistry {
    return new UpstreamRegistry('public.ecr.aws');
  }

  /** Red Hat's public registry. */
  public static quay(): UpstreamRegistry {
    return new UpstreamRegistry('quay.io');
  }

  /**
   * Docker Hub.
   *
   * @param credentials JSON with `username` and `accessToken`, under a name that starts `ecr-pullthroughcache/`
   */
  public static dockerHub(credentials: ISecret): UpstreamRegistry {
    return new UpstreamRegistry('registry-1.docker.io', credentials);
  }

  /**
   * GitHub's registry.
   *
   * @param credentials JSON with `username` and `accessToken`, under a name that starts `ecr-pullthroughcache/`
   */
  public static github(credentials: ISecret): UpstreamRegistry {
    return new UpstreamRegistry('ghcr.io', credentials);
  }

  private constructor(
    /** Host name of the registry. */
    public readonly url: string,
    /** What ECR logs in with, if the registry demands it. */
    public readonly credentials?: ISecret,
  ) {
    const name = credentials?.secretName;
    const problems = new Problems('UpstreamRegistry');
    problems.require(name === undefined || Token.isUnresolved(name) || name.startsWith(SECRET_PREFIX), {
      code: 'RegistrySecretName',
      property: 'credentials',
      value: name,
      bound: `be a secret whose name starts ${SECRET_PREFIX}`,
      remedy: 'Create the secret under such a name; ECR reads no other.',
    });
    problems.throwIfAny();
  }
}
