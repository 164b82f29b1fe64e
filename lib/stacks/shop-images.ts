import { Stack } from 'aws-cdk-lib';
import { Repository, type IRepository } from 'aws-cdk-lib/aws-ecr';
import { AnyPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { PullThroughCache } from '../compute/pull-through-cache';
import { ShopImage } from '../compute/shop-image';
import { UpstreamRegistry } from '../compute/upstream-registry';
import type { Waiver } from '../core/waiver';
import type { DataKey } from '../encryption/data-key';
import type { EgressDestination } from '../network/egress-destination';
import { Network } from '../network/network';
import type { INetwork } from '../network/network-ref';
import { isOwnImage, privateImage, publicImage, type PrivateImage } from './image-source';

/** Where images of a store are kept. */
export interface ShopImagesProps {
  /** The store's own repository. */
  readonly own: IRepository;
  /** The network in which images are pulled. */
  readonly network: INetwork;
  /** Key for cached images. */
  readonly key: DataKey;
  /** @default - an image without a digest is refused */
  readonly withoutDigest?: Waiver;
}

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
    const inPublic = publicImage(name);
    if (inPublic !== undefined) {
      return ShopImage.pulledThrough(this.cache, inPublic.repository, inPublic.digest);
    }
    if (isOwnImage(name)) {
      return ShopImage.fromRepository(own, name);
    }
    if (withoutDigest === undefined || name.includes('@sha256:')) {
      return this.pinned(name);
    }
    const inEcr = privateImage(name);
    return inEcr === undefined
      ? ShopImage.byTag(name, withoutDigest)
      : ShopImage.fromRepositoryByTag(this.privateRepository(inEcr), inEcr.tag ?? 'latest', withoutDigest);
  }

  private pinned(name: string): ShopImage {
    const inEcr = privateImage(name);
    return inEcr?.digest === undefined
      ? ShopImage.byDigest(name)
      : ShopImage.fromRepository(this.privateRepository(inEcr), inEcr.digest);
  }

  private privateRepository({ account, region, repository }: PrivateImage): IRepository {
    const resource = { service: 'ecr', account, region, resource: 'repository', resourceName: repository };
    const repositoryArn = Stack.of(this).formatArn(resource);
    if (account !== Stack.of(this).account) {
      this.letPull(repositoryArn);
    }
    return Repository.fromRepositoryAttributes(this, 'Private', { repositoryName: repository, repositoryArn });
  }

  /**
   * Endpoints of a network of ours let through what is of the account: tasks get past them to this one repository as
   * well. Whoever owns it has to let this account pull.
   */
  private letPull(repositoryArn: string): void {
    const { network } = this.props;
    if (!(network instanceof Network)) {
      return;
    }
    const ownCallers = {
      principals: [new AnyPrincipal()],
      conditions: { StringEquals: { 'aws:PrincipalAccount': Stack.of(this).account } },
    };
    network.interfaceEndpointPolicy.addStatements(
      new PolicyStatement({
        sid: 'ImageOfAnotherAccount',
        ...ownCallers,
        actions: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
        resources: [repositoryArn],
      }),
      new PolicyStatement({
        sid: 'LoginToRegistries',
        ...ownCallers,
        actions: ['ecr:GetAuthorizationToken'],
        // A login names no repository, and gives no more than the caller may do without it.
        resources: ['*'],
      }),
    );
  }
}
