import { type CoverageFilterCriteria, type Inspector2Client, ListCoverageCommand } from '@aws-sdk/client-inspector2';

/** The ARNs of the images that Inspector has scanned and scans again: of the whole account, or of those that `only` lets through. */
export async function scannedImages(
  inspector: Pick<Inspector2Client, 'send'>,
  only: CoverageFilterCriteria,
): Promise<string[]> {
  const scanned: string[] = [];
  const resourceType = [{ comparison: 'EQUALS', value: 'AWS_ECR_CONTAINER_IMAGE' } as const];
  const filterCriteria = { ...only, resourceType };
  let nextToken: string | undefined;
  do {
    const page = await inspector.send(new ListCoverageCommand({ filterCriteria, maxResults: 100, nextToken }));
    const current = (page.coveredResources ?? []).filter(
      ({ scanStatus }) => scanStatus?.statusCode === 'ACTIVE' && scanStatus.reason === 'SUCCESSFUL',
    );
    scanned.push(...current.map(({ resourceId = '' }) => resourceId));
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return scanned;
}

/** The repositories of which Inspector sees an image run. One that it does not scan is none: nobody knows what is in it. */
export async function runningRepositories(inspector: Pick<Inspector2Client, 'send'>): Promise<Set<string>> {
  const images = await scannedImages(inspector, { ecrImageInUseCount: [{ lowerInclusive: 1 }] });
  return new Set(images.map((arn) => /:repository\/(.+)\/sha256:[0-9a-f]+$/.exec(arn)?.[1] ?? arn));
}
