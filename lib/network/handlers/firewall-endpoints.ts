import * as z from 'zod/mini';
import type { ResourceHandler, ResourceResult } from '../../core/handlers/custom-resource';

/** A firewall's endpoint in one subnet, as Network Firewall describes it. */
export interface Attachment {
  readonly SubnetId?: string;
  readonly EndpointId?: string;
  readonly Status?: string;
}

/** What is asked of Network Firewall, and how time passes between questions. */
export interface FirewallReader {
  attachmentsOf(firewallArn: string): Promise<readonly Attachment[]>;
  wait(milliseconds: number): Promise<void>;
}

/** An endpoint that will not come up by waiting. */
export class EndpointFailed extends Error {
  public override readonly name = 'EndpointFailed';
}

/** Nine minutes in all: the function has ten. */
const POLL_MILLISECONDS = 10_000;
const POLLS = 54;
const HOPELESS = ['FAILED', 'ERROR', 'DELETING'];

const Properties = z.object({
  FirewallArn: z.string().check(z.minLength(1)),
  SubnetIds: z.array(z.string()).check(z.minLength(1)),
});

/**
 * Answers with the endpoint of a firewall in each subnet, `EndpointId1` for the first: CloudFormation's own attribute
 * lists them in no particular order. Waits until every endpoint takes traffic; a route to one that does not is an outage.
 */
export function firewallEndpoints(reader: FirewallReader): ResourceHandler<z.infer<typeof Properties>> {
  const find = async ({ FirewallArn, SubnetIds }: z.infer<typeof Properties>): Promise<ResourceResult> => ({
    physicalId: `${FirewallArn}/endpoints`,
    attributes: Object.fromEntries(
      (await readyEndpoints(reader, FirewallArn, SubnetIds)).map((id, index) => [`EndpointId${index + 1}`, id]),
    ),
  });
  return { properties: Properties, create: find, update: find, delete: () => Promise.resolve() };
}

async function readyEndpoints(
  reader: FirewallReader,
  firewallArn: string,
  subnetIds: readonly string[],
): Promise<string[]> {
  for (let poll = 1; poll <= POLLS; poll++) {
    const attachments = await reader.attachmentsOf(firewallArn);
    const found = subnetIds.map((subnetId) => attachments.find(({ SubnetId }) => SubnetId === subnetId));
    const hopeless = found.find((attachment) => HOPELESS.includes(attachment?.Status ?? ''));
    if (hopeless !== undefined) {
      throw new EndpointFailed(`the endpoint in ${hopeless.SubnetId} is ${hopeless.Status}`);
    }
    const ids = found
      .filter((attachment) => attachment?.Status === 'READY')
      .map((attachment) => attachment?.EndpointId);
    if (ids.length === subnetIds.length && ids.every((id) => id !== undefined)) {
      return ids;
    }
    await reader.wait(POLL_MILLISECONDS);
  }
  throw new EndpointFailed('an endpoint takes no traffic after nine minutes: see the firewall in the VPC console');
}
