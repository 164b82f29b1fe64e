import {
  BatchGetImageCommand,
  DescribeImagesCommand,
  type ECRClient,
  ImageNotFoundException,
  RepositoryNotFoundException,
} from '@aws-sdk/client-ecr';
import { type CoveredResource, type Inspector2Client, ListCoverageCommand } from '@aws-sdk/client-inspector2';
import * as z from 'zod/mini';

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
  const scanned = (await coverageOf(inspector, repository))
    .filter(({ scanStatus }) => scanStatus?.statusCode === 'ACTIVE' && scanStatus.reason === 'SUCCESSFUL')
    .map(({ resourceId = '' }) => resourceId.slice(resourceId.lastIndexOf('/') + 1));
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

async function coverageOf(inspector: Pick<Inspector2Client, 'send'>, repository: string): Promise<CoveredResource[]> {
  const covered: CoveredResource[] = [];
  const equal = (value: string): { comparison: 'EQUALS'; value: string }[] => [{ comparison: 'EQUALS', value }];
  const filterCriteria = { resourceType: equal('AWS_ECR_CONTAINER_IMAGE'), ecrRepositoryName: equal(repository) };
  let nextToken: string | undefined;
  do {
    const page = await inspector.send(new ListCoverageCommand({ filterCriteria, maxResults: 100, nextToken }));
    covered.push(...(page.coveredResources ?? []));
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return covered;
}
