import { ListResourceRecordSetsCommand, Route53Client } from '@aws-sdk/client-route-53';
import { unlessAbsent } from '../../aws/errors';
import { resourcesOf } from '../../store-assembly';
import { textOf } from '../../template-text';
import { failure, ok, type Check, type Probe } from '../probe';
import { allDistributions } from '../usage';
import { shopHostsOf } from '../shop-hosts';

/** Whether the hosts of the shop already lead somewhere else, as far as the stack that leads them is not there yet. */
export const hosts: Check = (context) => [...records(context), ...aliases(context)];

const records: Check = ({ store, aws, live }) =>
  resourcesOf(store)
    .filter(({ type }) => type === 'AWS::Route53::RecordSet')
    .flatMap(({ properties, stack }): Probe[] => {
      const name = textOf(properties.Name, stack);
      const zone = textOf(properties.HostedZoneId, stack);
      const type = textOf(properties.Type, stack);
      if (name === undefined || zone === undefined || (type !== 'A' && type !== 'AAAA')) {
        return [];
      }
      const host = name.replace(/\.$/, '');
      return [
        {
          check: 'host',
          subject: `record ${host} ${type}`,
          place: 'global',
          actions: ['route53:ListResourceRecordSets', 'cloudformation:DescribeStacks'],
          ask: async () => {
            if (!(await live.isStillToCome(stack))) {
              return ok(`${stack.name} is there.`);
            }
            const found = await aws.once(`records ${zone} ${host}`, () => {
              const command = new ListResourceRecordSetsCommand({ HostedZoneId: zone, StartRecordName: name });
              return unlessAbsent(aws.client(Route53Client, 'us-east-1').send(command), 'NoSuchHostedZone');
            });
            const own = (found?.ResourceRecordSets ?? []).filter(({ Name }) => Name === `${host}.`);
            // A CNAME stands alone at its name.
            const inTheWay = own.filter(({ Type }) => Type === type || Type === 'CNAME');
            return inTheWay.length > 0
              ? failure(
                  `There is a record ${inTheWay.map(({ Type }) => Type).join(', ')} already.`,
                  `aws route53 list-resource-record-sets --hosted-zone-id ${zone} --start-record-name ${host} ` +
                    '--max-items 3   # note it, and delete it when the shop moves: change-resource-record-sets',
                )
              : ok('No record is in the way.');
          },
        },
      ];
    });

const aliases: Check = ({ store, aws, live }) => {
  const stack = store.stacks.find(({ resources }) =>
    resources.some(({ type }) => type === 'AWS::CloudFront::Distribution'),
  );
  return (stack === undefined ? [] : shopHostsOf(store).hosts).map((host) => ({
    check: 'host',
    subject: `alias ${host}`,
    place: 'global',
    actions: ['cloudfront:ListDistributions', 'cloudformation:DescribeStacks'],
    ask: async () => {
      if (stack !== undefined && !(await live.isStillToCome(stack))) {
        return ok(`${stack.name} is there.`);
      }
      const holders = (await allDistributions(aws, 'us-east-1')).filter(({ Aliases }) =>
        Aliases?.Items?.includes(host),
      );
      return holders.length > 0
        ? failure(
            `The distribution ${holders.map(({ Id }) => Id).join(', ')} has it as its alias.`,
            `aws cloudfront get-distribution-config --id ${holders[0].Id}   # take the alias out of it: update-distribution`,
          )
        : ok('No distribution of this account has it.');
    },
  }));
};
