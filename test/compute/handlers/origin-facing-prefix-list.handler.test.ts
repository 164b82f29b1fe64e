import { type DescribeManagedPrefixListsCommand, type ManagedPrefixList } from '@aws-sdk/client-ec2';
import { type CloudFormationCustomResourceEvent } from 'aws-lambda';
import { createHandler } from '../../../lib/compute/handlers/origin-facing-prefix-list.handler';
import { CloudFormationEndpoint, invocation } from '../../support/cloudformation';

const NAME = 'com.amazonaws.global.cloudfront.origin-facing';

const cloudFormation = new CloudFormationEndpoint();
beforeAll(() => cloudFormation.start());
afterAll(() => cloudFormation.stop());
beforeEach(() => (cloudFormation.answers.length = 0));

/** EC2 of a Region that has `lists`; it filters by name as EC2 does. */
const handlerIn = (lists: readonly ManagedPrefixList[]): ReturnType<typeof createHandler> =>
  createHandler({
    send: ({ input }: DescribeManagedPrefixListsCommand) => {
      const wanted = input.Filters?.find(({ Name }) => Name === 'prefix-list-name')?.Values ?? [];
      return Promise.resolve({
        PrefixLists: lists.filter(({ PrefixListName = '' }) => wanted.includes(PrefixListName)),
      });
    },
  } as never);

const create = (): CloudFormationCustomResourceEvent => cloudFormation.event({ RequestType: 'Create' }, {});

test('finds the list of the Region', async () => {
  const lists = [
    { PrefixListName: 'com.amazonaws.eu-central-1.s3', PrefixListId: 'pl-1' },
    { PrefixListName: NAME, PrefixListId: 'pl-2' },
  ];
  await handlerIn(lists)(create(), invocation());
  expect(cloudFormation.answers).toEqual([
    expect.objectContaining({ Status: 'SUCCESS', PhysicalResourceId: 'pl-2', Data: { PrefixListId: 'pl-2' } }),
  ]);
});

test('fails the deployment, with the way out, in a Region without it', async () => {
  await handlerIn([])(create(), invocation());
  expect(cloudFormation.answers).toEqual([
    expect.objectContaining({
      Status: 'FAILED',
      Reason: `PrefixListMissing: this Region has no prefix list ${NAME}; give originFacingPrefixListId`,
    }),
  ]);
});
