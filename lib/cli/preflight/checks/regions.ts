import { DescribeRegionsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { failure, ok, type Check } from '../probe';

/** Whether the account has every Region of the store switched on. */
export const regions: Check = ({ store, aws }) => {
  const wanted = [...new Set(store.stacks.map(({ region }) => region))];
  const all = (): Promise<Map<string, string>> =>
    aws.once('regions', async () => {
      // us-east-1 cannot be switched off.
      const asked = aws.client(EC2Client, 'us-east-1').send(new DescribeRegionsCommand({ AllRegions: true }));
      const { Regions = [] } = await asked;
      return new Map(Regions.map(({ RegionName = '', OptInStatus = '' }) => [RegionName, OptInStatus]));
    });
  return wanted.map((region) => ({
    check: 'region',
    subject: region,
    place: 'global',
    actions: ['ec2:DescribeRegions'],
    ask: async () => {
      const status = (await all()).get(region);
      if (status === undefined) {
        return failure('There is no such Region for this account.', 'Name another Region in the configuration.');
      }
      return status === 'not-opted-in'
        ? failure('Not switched on.', `aws account enable-region --region-name ${region}   # takes minutes to hours`)
        : ok(status === 'opted-in' ? 'Switched on.' : 'Always on.');
    },
  }));
};
