import { Token } from 'aws-cdk-lib';
import type { Problems } from '../core/errors';
import { leadsTo } from '../network/egress-reach';
import type { IEgress } from '../network/egress-ref';

/** An image in the private registry of an account. */
export interface PrivateImage {
  readonly account: string;
  readonly region: string;
  readonly repository: string;
  readonly digest?: string;
  readonly tag?: string;
}

/** An image of Amazon's public registry, by its digest. */
export interface PublicImage {
  readonly repository: string;
  readonly digest: string;
}

const TAG_OR_DIGEST = /(?::(?<tag>[\w.-]+))?(?:@(?<digest>sha256:[0-9a-f]{64}))?$/.source;

const PRIVATE_IMAGE = new RegExp(
  /^(?<account>\d{12})\.dkr\.ecr\.(?<region>[a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/(?<repository>[^@:]+)/.source +
    TAG_OR_DIGEST,
);

const PUBLIC_IMAGE = new RegExp(/^public\.ecr\.aws\/(?<repository>[^@:]+)/.source + TAG_OR_DIGEST);

/** A digest by itself: an image of the store's own repository. */
const OWN_IMAGE = /^sha256:[0-9a-f]{64}$/;

/** Hosts that every pull from Docker Hub asks, whatever the image is called. */
const DOCKER_HUB = ['registry-1.docker.io', 'auth.docker.io'];

/** Whether `name` is an image of the store's own repository. */
export function isOwnImage(name: string): boolean {
  return OWN_IMAGE.test(name);
}

/** What `name` says, if it names an image in ECR. */
export function privateImage(name: string): PrivateImage | undefined {
  return PRIVATE_IMAGE.exec(name)?.groups as PrivateImage | undefined;
}

/** What `name` says, if it names an image of Amazon's public registry by its digest. */
export function publicImage(name: string): PublicImage | undefined {
  const found = PUBLIC_IMAGE.exec(name)?.groups;
  return found?.digest === undefined ? undefined : { repository: found.repository, digest: found.digest };
}

/** From where a store pulls. */
export interface ImageReach {
  /** The home Region. */
  readonly region: string;
  /** The way out of the network. */
  readonly egress: IEgress;
}

/**
 * Refuses an image that no task could pull. Amazon's public registry is reached through a cache, ECR of the home Region
 * always; every other registry has to be a destination.
 */
export function requireReachableImage(problems: Problems, image: string, { region, egress }: ImageReach): void {
  const inEcr = privateImage(image);
  const isNear = isOwnImage(image) || publicImage(image) !== undefined || inEcr?.region === region;
  if (isNear || Token.isUnresolved(image)) {
    return;
  }
  const problem = { property: 'application.image', value: image };
  const closed = registryHosts(image).filter((host) => hasPort(host) || !leadsTo(egress, host));
  if (inEcr !== undefined) {
    problems.require(closed.length === 0, {
      ...problem,
      code: 'ImageInOtherRegion',
      bound: `be in the home Region ${region}, where the network leads to ECR`,
      remedy: `Replicate the repository to ${region}, or push the image to the store's own repository and write its digest alone.`,
    });
    return;
  }
  const push = "Push it to the store's own repository and write its digest alone";
  problems.require(closed.length === 0, {
    ...problem,
    code: 'ImageRegistryNotReachable',
    ...(closed.some(hasPort)
      ? { bound: 'come from a registry on port 443: no other leads out of the network', remedy: `${push}.` }
      : {
          bound: `come from a registry that the network leads to, and it does not lead to ${closed.join(' and ')}`,
          remedy: `${push}, or add to egress ${closed.join(', ')} and the host that its layers come from.`,
        }),
  });
}

/** Hosts that a pull of `image` asks for, with a port where it is not that of HTTPS; the layers may come from others. */
function registryHosts(image: string): readonly string[] {
  const [first, ...rest] = image.split('/');
  const namesHost = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost');
  const host = namesHost ? first.replace(/:443$/, '') : 'docker.io';
  return ['docker.io', 'index.docker.io', ...DOCKER_HUB].includes(host) ? DOCKER_HUB : [host];
}

function hasPort(host: string): boolean {
  return host.includes(':');
}
