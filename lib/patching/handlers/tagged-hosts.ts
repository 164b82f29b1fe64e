import { DescribeInstancesCommand, type EC2Client, type Instance } from '@aws-sdk/client-ec2';
import {
  DescribeInstancePatchStatesCommand,
  type InstancePatchState,
  ListCommandsCommand,
  type SSMClient,
} from '@aws-sdk/client-ssm';

/** A host that runs and that somebody wants patched. */
export interface TaggedHost {
  readonly id: string;
  /** When it came to be, however often it was stopped since; undefined when EC2 does not say. */
  readonly created?: Date;
}

/** As many hosts as Systems Manager is asked about at once. */
const AT_ONCE = 50;

/** The hosts with `value` as `tag` that run, also those that Systems Manager does not see. */
export async function taggedHosts(ec2: Pick<EC2Client, 'send'>, tag: string, value: string): Promise<TaggedHost[]> {
  const hosts: TaggedHost[] = [];
  const Filters = [
    { Name: `tag:${tag}`, Values: [value] },
    { Name: 'instance-state-name', Values: ['running'] },
  ];
  let NextToken: string | undefined;
  do {
    const page = await ec2.send(new DescribeInstancesCommand({ Filters, NextToken, MaxResults: 1000 }));
    const instances = (page.Reservations ?? []).flatMap(({ Instances = [] }) => Instances);
    hosts.push(...instances.map((each) => ({ id: each.InstanceId ?? '', created: createdAt(each) })));
    NextToken = following(page.NextToken);
  } while (NextToken !== undefined);
  return hosts;
}

/** A host that is stopped each night is launched each morning; its first network interface stays since it was made. */
function createdAt({ LaunchTime, NetworkInterfaces = [] }: Instance): Date | undefined {
  const times = [LaunchTime, ...NetworkInterfaces.map(({ Attachment }) => Attachment?.AttachTime)]
    .filter((time) => time !== undefined)
    .map((time) => time.getTime());
  return times.length === 0 ? undefined : new Date(Math.min(...times));
}

/** What Patch Manager knows of each host, by its id. What it has no state of is not in it. */
export async function patchStates(
  ssm: Pick<SSMClient, 'send'>,
  hosts: readonly TaggedHost[],
): Promise<Map<string, InstancePatchState>> {
  const states = new Map<string, InstancePatchState>();
  for (let from = 0; from < hosts.length; from += AT_ONCE) {
    const InstanceIds = hosts.slice(from, from + AT_ONCE).map(({ id }) => id);
    let NextToken: string | undefined;
    do {
      const page = await ssm.send(new DescribeInstancePatchStatesCommand({ InstanceIds, NextToken }));
      page.InstancePatchStates?.forEach((state) => states.set(state.InstanceId ?? '', state));
      NextToken = following(page.NextToken);
    } while (NextToken !== undefined);
  }
  return states;
}

/** When `document` last installed something on a host and ended well; undefined when it has not, as far as AWS remembers. */
export async function lastInstalled(
  ssm: Pick<SSMClient, 'send'>,
  InstanceId: string,
  document: string,
): Promise<Date | undefined> {
  const times: number[] = [];
  const Filters = [
    { key: 'DocumentName' as const, value: document },
    { key: 'Status' as const, value: 'Success' },
  ];
  let NextToken: string | undefined;
  do {
    const page = await ssm.send(new ListCommandsCommand({ InstanceId, Filters, NextToken, MaxResults: 50 }));
    for (const { Parameters, RequestedDateTime } of page.Commands ?? []) {
      // A scan is the same document.
      if (Parameters?.Operation?.includes('Install') === true && RequestedDateTime !== undefined) {
        times.push(RequestedDateTime.getTime());
      }
    }
    NextToken = following(page.NextToken);
  } while (NextToken !== undefined);
  return times.length === 0 ? undefined : new Date(Math.max(...times));
}

/** Systems Manager ends with an empty token, where others have none. */
function following(token: string | undefined): string | undefined {
  return token === '' ? undefined : token;
}
