import { GetHostedZoneCommand, Route53Client, type GetHostedZoneCommandOutput } from '@aws-sdk/client-route-53';
import { unlessAbsent } from '../../aws/errors';
import { failure, ok, warning, type Answer, type Check, type Context } from '../probe';
import { shopHostsOf } from '../shop-hosts';

/** Whether the zone of the shop exists, and whether the world asks its name servers: certificates wait for that. */
export const zone: Check = (context) => {
  const { hosts, hostedZoneId } = shopHostsOf(context.store);
  if (hostedZoneId === undefined) {
    return [];
  }
  const found = (): Promise<GetHostedZoneCommandOutput | undefined> =>
    context.aws.once('hosted zone', () => {
      const client = context.aws.client(Route53Client, 'us-east-1');
      return unlessAbsent(client.send(new GetHostedZoneCommand({ Id: hostedZoneId })), 'NoSuchHostedZone');
    });
  return [
    {
      check: 'zone',
      subject: hostedZoneId,
      place: 'global',
      actions: ['route53:GetHostedZone'],
      ask: async () => judgeZone(await found(), hosts),
    },
    {
      check: 'delegation',
      subject: hostedZoneId,
      place: 'DNS',
      actions: ['route53:GetHostedZone'],
      ask: async () => judgeDelegation(context, await found()),
    },
  ];
};

function judgeZone(found: GetHostedZoneCommandOutput | undefined, hosts: readonly string[]): Answer {
  if (found?.HostedZone === undefined) {
    return failure(
      'There is no such zone in this account.',
      'aws route53 list-hosted-zones-by-name   # and put the id into Dns.route53',
    );
  }
  const name = withoutDot(found.HostedZone.Name);
  if (found.HostedZone.Config?.PrivateZone === true) {
    return failure(`${name} is a private zone: nobody outside sees it.`, 'Name the public zone in Dns.route53.');
  }
  const outside = hosts.filter((host) => host !== name && !host.endsWith(`.${name}`));
  return outside.length > 0
    ? failure(
        `It is the zone ${name}: ${outside.join(', ')} is not in it.`,
        'Name the zone of the hosts in Dns.route53.',
      )
    : ok(`${name}, public.`);
}

async function judgeDelegation({ names }: Context, found: GetHostedZoneCommandOutput | undefined): Promise<Answer> {
  if (found?.HostedZone === undefined) {
    return failure('There is no zone to delegate to.', 'Make or name the zone first.');
  }
  const name = withoutDot(found.HostedZone.Name);
  const own = (found.DelegationSet?.NameServers ?? []).map(withoutDot);
  const asked = (await names.serversOf(name)).map((server) => server.toLowerCase());
  const repair = `At the registrar, or in the zone above, make ${name} NS ${own.join(' ')}`;
  if (asked.length === 0) {
    return failure(`${name} is not delegated: no name server answers for it.`, repair);
  }
  const strange = asked.filter((server) => !own.includes(server));
  if (strange.length === asked.length) {
    return failure(`The world asks ${asked.join(', ')} for ${name}, not this zone.`, repair);
  }
  return strange.length > 0
    ? warning(`The world asks ${strange.join(', ')} too, which this zone does not fill.`, repair)
    : ok(`${name} is delegated to this zone.`);
}

function withoutDot(name = ''): string {
  return name.replace(/\.$/, '').toLowerCase();
}
