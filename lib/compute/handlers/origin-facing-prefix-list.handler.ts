import { DescribeManagedPrefixListsCommand, EC2Client } from '@aws-sdk/client-ec2';
import * as z from 'zod/mini';
import { customResource, type ResourceResult } from '../../core/handlers/custom-resource';

/** Name under which AWS keeps the list in every Region: CloudFront Developer Guide, "Locations and IP ranges". */
const NAME = 'com.amazonaws.global.cloudfront.origin-facing';

export class PrefixListMissing extends Error {
  public override readonly name = 'PrefixListMissing';
}

/** Looks up the prefix list of the addresses from which CloudFront calls origins. */
export function createHandler(ec2: Pick<EC2Client, 'send'>): ReturnType<typeof customResource> {
  const lookUp = async (): Promise<ResourceResult> => {
    const { PrefixLists = [] } = await ec2.send(
      new DescribeManagedPrefixListsCommand({ Filters: [{ Name: 'prefix-list-name', Values: [NAME] }] }),
    );
    const id = PrefixLists.find(({ PrefixListName }) => PrefixListName === NAME)?.PrefixListId;
    if (id === undefined) {
      throw new PrefixListMissing(`this Region has no prefix list ${NAME}; give originFacingPrefixListId`);
    }
    return { physicalId: id, attributes: { PrefixListId: id } };
  };
  return customResource({
    properties: z.object({}),
    create: lookUp,
    update: lookUp,
    delete: () => Promise.resolve(),
  });
}

export const handler = createHandler(new EC2Client());
