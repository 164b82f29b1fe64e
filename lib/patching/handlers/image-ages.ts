import type { RunningImage } from './running-images';

/** An image in a private registry: `<account>.dkr.ecr.<region>.amazonaws.com/<repository>`, with a tag or a digest. */
const IN_ECR = /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.[a-z0-9.-]+\/([^:@]+)/;

/** The repository of `image` in the registry of this account and Region; undefined when it comes from elsewhere. */
export function repositoryHere(image: RunningImage, account: string, region: string): string | undefined {
  const [, ofAccount, inRegion, repository] = IN_ECR.exec(image.name) ?? [];
  return ofAccount === account && inRegion === region ? repository : undefined;
}

/** What is known of an image that runs. */
export interface KnownImage {
  readonly image: RunningImage;
  readonly age?: number;
  /** Why nobody knows what is wrong with it; undefined when somebody does. */
  readonly unknown?: string;
  /** Findings in it that are over their limit. */
  readonly findings: readonly string[];
}

/** Why the image may not go on running as it is; empty when it may. What nobody knows counts as too old. */
export function reasonsAgainst({ age, unknown, findings }: KnownImage, limit: number): string[] {
  return [
    ...(unknown === undefined ? [] : [unknown]),
    ...(age === undefined ? ['of unknown age'] : age > limit ? [`${age} days old, limit ${limit}`] : []),
    ...findings,
  ];
}
