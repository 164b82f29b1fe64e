import { type Finding, type Inspector2Client, ListFindingsCommand } from '@aws-sdk/client-inspector2';
import { SEVERITIES } from './finding-ages';

/** The open findings that have a limit, also those that are suppressed: of the whole account, or of one repository. */
export async function openFindings(inspector: Pick<Inspector2Client, 'send'>, repository?: string): Promise<Finding[]> {
  const found: Finding[] = [];
  const equal = (value: string): { comparison: 'EQUALS'; value: string } => ({ comparison: 'EQUALS', value });
  const filterCriteria = {
    ecrImageRepositoryName: repository === undefined ? undefined : [equal(repository)],
    findingStatus: ['ACTIVE', 'SUPPRESSED'].map(equal),
    severity: SEVERITIES.map(equal),
  };
  let nextToken: string | undefined;
  do {
    const page = await inspector.send(new ListFindingsCommand({ filterCriteria, maxResults: 100, nextToken }));
    found.push(...(page.findings ?? []));
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return found;
}

/** The image that a finding is in. */
export function digestOf({ resources = [] }: Finding): string | undefined {
  return resources[0]?.details?.awsEcrContainerImage?.imageHash;
}
