import { Stack } from 'aws-cdk-lib';
import { Repository, type IRepository } from 'aws-cdk-lib/aws-ecr';
import { Construct } from 'constructs';
import { PullThroughCache } from '../compute/pull-through-cache';
import { ShopImage } from '../compute/shop-image';
import { UpstreamRegistry } from '../compute/upstream-registry';
import type { Waiver } from '../core/waiver';
import type { DataKey } from '../encryption/data-key';
import type { EgressDestination } from '../network/egress-destination';

/** Where images of a store are kept. */
export interface ShopImagesProps {
  /** The store's own repository. */
  readonly own: IRepository;
  /** Key for cached images. */
  readonly key: DataKey;
  /** @default - an image without a digest is refused */
  readonly withoutDigest?: Waiver;
}

/** An image in the private registry of some account. */
const PRIVATE_IMAGE = /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/([^@:]+)@(sha256:[0-9a-f]{64})$/;

/** An image of Amazon's public registry. */
const PUBLIC_IMAGE = /^public\.ecr\.aws\/([^@:]+)@(sha256:[0-9a-f]{64})$/;

/** A digest by itself: an image of the store's own repository. */
const OWN_IMAGE = /^sha256:[0-9a-f]{64}$/;

/**
 * Hosts from which the layers of a public image come when it is pulled for the first time. After that, and for every
 * other task, they come from the account's own registry. AWS documents the first; the others were found in the
 * allow-lists of AWS's own projects (EKS Anywhere).
 */
export const PUBLIC_REGISTRY: EgressDestination[] = [
  { domain: 'public.ecr.aws', purpose: 'first pull of public container images' },
  { domain: 'd2glxqk2uabbnd.cloudfront.net', purpose: 'layers of public container images' },
  { domain: 'd5l0dvt14r5h8.cloudfront.net', purpose: 'layers of public container images' },
];

/** Finds out from its name how an image is pulled: the store's own, of another account, through a cache, or as it is. */
export class ShopImages extends Construct {
  /** For the containers that this library adds to a task. */
  public readonly helper: ShopImage;

  private readonly cache: PullThroughCache;

  public constructor(
    scope: Construct,
    id: string,
    private readonly props: ShopImagesProps,
  ) {
    super(scope, id);
    this.cache = new PullThroughCache(this, 'PublicImages', {
      upstream: UpstreamRegistry.publicEcr(),
      key: props.key,
    });
    this.helper = ShopImage.nginx(this.cache);
  }

  /** The image that a configuration names. */
  public named(name: string): ShopImage {
    const { own, withoutDigest } = this.props;
    const [, repository, digest] = PUBLIC_IMAGE.exec(name) ?? [];
    if (repository !== undefined) {
      return ShopImage.pulledThrough(this.cache, repository, digest);
    }
    if (OWN_IMAGE.test(name)) {
      return ShopImage.fromRepository(own, name);
    }
    if (PRIVATE_IMAGE.test(name)) {
      return this.privateImage(name);
    }
    const isPinned = name.includes('@sha256:');
    return withoutDigest === undefined || isPinned ? ShopImage.byDigest(name) : ShopImage.byTag(name, withoutDigest);
  }

  private privateImage(name: string): ShopImage {
    const [, account, region, repositoryName, digest] = PRIVATE_IMAGE.exec(name) ?? [];
    const resource = { service: 'ecr', account, region, resource: 'repository', resourceName: repositoryName };
    const repositoryArn = Stack.of(this).formatArn(resource);
    const repository = Repository.fromRepositoryAttributes(this, 'Private', { repositoryName, repositoryArn });
    return ShopImage.fromRepository(repository, digest);
  }
}
