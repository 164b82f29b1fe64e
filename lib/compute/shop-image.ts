import { Token } from 'aws-cdk-lib';
import type { IRepository } from 'aws-cdk-lib/aws-ecr';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';
import { Problems } from '../core/errors';
import { keeps } from '../core/keeps';
import type { Waiver } from '../core/waiver';
import { CachedImage, type PullThroughCache } from './pull-through-cache';

/** How a registry outside the account is reached. */
export interface RegistryOptions {
  /**
   * User name and password of the registry, as JSON with `username` and `password`.
   *
   * @default - the registry asks for none
   */
  readonly credentials?: ISecret;
}

/** The nginx 1.30.5 image of Docker's official images (Debian 13, AMD64 and ARM64), `nginx:1.30.5-trixie`. */
const NGINX_DIGEST = 'sha256:b972f831f200b19ef0767938224f9711e74cd783718738cd7405d5cabf75c442';

/** Where the official images are, in Amazon's public registry and behind a cache of it. */
const NGINX_REPOSITORY = 'docker/library/nginx';

/**
 * Which image a container runs. An image is named by its digest, so that what runs is what was reviewed and a task that
 * starts at night is the task that started in the morning; anything else takes a waiver.
 */
export abstract class ShopImage {
  /**
   * An image of any registry that the network's egress lets through.
   *
   * @param uri registry, repository and digest: `public.ecr.aws/acme/shop@sha256:…`
   * @param options credentials of a private registry
   * @throws BaselineError `ImageNotPinned`
   */
  public static byDigest(uri: string, options: RegistryOptions = {}): ShopImage {
    const pinned = /^[^\s@]+@sha256:[0-9a-f]{64}$/.test(uri);
    const problems = new Problems('ShopImage');
    problems.require(pinned || Token.isUnresolved(uri), {
      code: 'ImageNotPinned',
      property: 'uri',
      value: uri,
      bound: 'end in @sha256: and the 64 hexadecimal digits of the digest',
      remedy: 'Read the digest with "docker buildx imagetools inspect <image>", or use ShopImage.byTag with a waiver.',
    });
    problems.throwIfAny();
    return new ResolvedImage(ContainerImage.fromRegistry(uri, options));
  }

  /**
   * An image by its tag: what runs changes when somebody moves the tag.
   *
   * @param uri registry, repository and tag
   * @param waiver why the image is not pinned
   */
  public static byTag(uri: string, waiver: Waiver): ShopImage {
    return new ResolvedImage(ContainerImage.fromRegistry(uri), waiver);
  }

  /**
   * An image of a repository in ECR, such as an `ImageRepository`.
   *
   * @param repository where the image is
   * @param digest `sha256:…`
   * @throws BaselineError `DigestMalformed`
   */
  public static fromRepository(repository: IRepository, digest: string): ShopImage {
    return new ResolvedImage(ContainerImage.fromEcrRepository(repository, requireDigest(digest)));
  }

  /**
   * An image of a repository in ECR by its tag: what runs changes when somebody moves the tag.
   *
   * @param repository where the image is
   * @param tag of the image
   * @param waiver why the image is not pinned
   */
  public static fromRepositoryByTag(repository: IRepository, tag: string, waiver: Waiver): ShopImage {
    return new ResolvedImage(ContainerImage.fromEcrRepository(repository, tag), waiver);
  }

  /**
   * The image of a repository in ECR that was promoted last: a parameter of Systems Manager holds its digest, and
   * CloudFormation reads it whenever the stack is deployed. What runs is an image by its digest, and the next deployment
   * runs the same.
   *
   * @param repository where the image is
   * @param parameterName of the parameter that holds the 64 hexadecimal digits, which exists before the stack is deployed:
   * `promotedParameterName` of a `PatchedImagePipeline`
   */
  public static fromPromotion(repository: IRepository, parameterName: string): ShopImage {
    return new PromotedImage(repository, parameterName);
  }

  /**
   * An image of another registry, pulled through the account's own.
   *
   * @param cache the cache of that registry
   * @param repository the repository's name there: `acme/shop`
   * @param digest `sha256:…`
   * @throws BaselineError `DigestMalformed`
   */
  public static pulledThrough(cache: PullThroughCache, repository: string, digest: string): ShopImage {
    return new ResolvedImage(new CachedImage(cache, repository, requireDigest(digest)));
  }

  /**
   * nginx 1.30.5 of Docker's official images, which this library uses for the containers it adds to a task: it holds
   * nginx, OpenSSL and a shell. Its digest was found pinned by several public repositories as `nginx:1.30.5-trixie`.
   *
   * @param cache a cache of `UpstreamRegistry.publicEcr()`; without one the image comes from `public.ecr.aws`, which the
   * network's egress then has to let through
   */
  public static nginx(cache?: PullThroughCache): ShopImage {
    return cache === undefined
      ? ShopImage.byDigest(`public.ecr.aws/${NGINX_REPOSITORY}@${NGINX_DIGEST}`)
      : ShopImage.pulledThrough(cache, NGINX_REPOSITORY, NGINX_DIGEST);
  }

  /**
   * The image as ECS takes it, for a container inside `workload`.
   *
   * @internal
   */
  public abstract _imageFor(workload: Construct): ContainerImage;
}

class ResolvedImage extends ShopImage {
  public constructor(
    private readonly image: ContainerImage,
    private readonly waiver?: Waiver,
  ) {
    super();
  }

  public override _imageFor(workload: Construct): ContainerImage {
    keeps(workload, 'shop-image.digest', this.waiver);
    return this.image;
  }
}

class PromotedImage extends ShopImage {
  public constructor(
    private readonly repository: IRepository,
    private readonly parameterName: string,
  ) {
    super();
  }

  public override _imageFor(workload: Construct): ContainerImage {
    const digits = StringParameter.valueForStringParameter(workload, this.parameterName);
    return ContainerImage.fromEcrRepository(this.repository, `sha256:${digits}`);
  }
}

function requireDigest(digest: string): string {
  const problems = new Problems('ShopImage');
  // CDK tells a digest from a tag by how it begins: of a token that holds the whole of it, it would make a tag.
  const isKnownLater = digest.startsWith('sha256:') && Token.isUnresolved(digest);
  problems.require(/^sha256:[0-9a-f]{64}$/.test(digest) || isKnownLater, {
    code: 'DigestMalformed',
    property: 'digest',
    value: digest,
    bound: 'be sha256: followed by 64 hexadecimal digits, of which a token may stand for the digits',
    remedy: 'Copy the digest that the push printed, or that "aws ecr describe-images" shows.',
  });
  problems.throwIfAny();
  return digest;
}
