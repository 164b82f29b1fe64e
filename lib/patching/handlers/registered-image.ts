import {
  BatchGetImageCommand,
  DescribeImagesCommand,
  type ECRClient,
  ImageNotFoundException,
  RepositoryNotFoundException,
} from '@aws-sdk/client-ecr';
import { type Inspector2Client } from '@aws-sdk/client-inspector2';
import * as z from 'zod/mini';
import { scannedImages } from './inspector-coverage';

/** Lists of images, one for each platform, and images. */
const MEDIA_TYPES = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
];

const Manifest = z.object({ manifests: z.optional(z.array(z.object({ digest: z.string() }))) });

/** When the image came into its repository. Undefined when it is not there any more; anything else that fails, fails. */
export async function pushedAt(
  ecr: Pick<ECRClient, 'send'>,
  repositoryName: string,
  imageDigest: string,
): Promise<Date | undefined> {
  try {
    const imageIds = [{ imageDigest }];
    const { imageDetails = [] } = await ecr.send(new DescribeImagesCommand({ repositoryName, imageIds }));
    return imageDetails[0]?.imagePushedAt;
  } catch (error) {
    if (error instanceof ImageNotFoundException || error instanceof RepositoryNotFoundException) {
      return undefined;
    }
    throw error;
  }
}

/**
 * What Inspector has scanned of the image `digest`. A task may name a list with an image for each platform; Inspector scans
 * those, and knows nothing of the list.
 */
export async function scannedDigests(
  { ecr, inspector }: { readonly ecr: Pick<ECRClient, 'send'>; readonly inspector: Pick<Inspector2Client, 'send'> },
  repository: string,
  digest: string,
): Promise<Set<string>> {
  const ecrRepositoryName = [{ comparison: 'EQUALS', value: repository } as const];
  const images = await scannedImages(inspector, { ecrRepositoryName });
  const scanned = images.map((arn) => arn.slice(arn.lastIndexOf('/') + 1));
  if (scanned.includes(digest)) {
    return new Set([digest]);
  }
  const parts = await partsOf(ecr, repository, digest);
  return new Set(scanned.filter((each) => parts.includes(each)));
}

async function partsOf(ecr: Pick<ECRClient, 'send'>, repositoryName: string, imageDigest: string): Promise<string[]> {
  const imageIds = [{ imageDigest }];
  const request = new BatchGetImageCommand({ repositoryName, imageIds, acceptedMediaTypes: MEDIA_TYPES });
  const { images = [] } = await ecr.send(request);
  const { manifests = [] } = z.parse(Manifest, JSON.parse(images[0]?.imageManifest ?? '{}'));
  return manifests.map(({ digest }) => digest);
}
