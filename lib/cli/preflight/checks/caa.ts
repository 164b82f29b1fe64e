import { failure, ok, type Answer, type Check, type Context } from '../probe';
import { shopHostsOf } from '../shop-hosts';

/** What CAA records call Amazon's certificate authority. */
const AMAZON = ['amazon.com', 'amazontrust.com', 'awstrust.com', 'amazonaws.com'];

/** Whether CAA records let Amazon issue the certificates. */
export const caa: Check = (context) => {
  const { hosts, issues } = shopHostsOf(context.store);
  return (issues ? hosts : []).map((host) => ({
    check: 'CAA',
    subject: host,
    place: 'DNS',
    actions: [],
    ask: () => judge(context, host),
  }));
};

/** The nearest records on the way up to the root decide; all questions are asked at once. */
async function judge({ names }: Context, host: string): Promise<Answer> {
  const labels = host.split('.');
  const wayUp = labels.map((_, index) => labels.slice(index).join('.'));
  const found = await Promise.all(wayUp.map((name) => names.issuersAt(name)));
  const nearest = found.findIndex((issuers) => issuers !== undefined);
  const issuers = (found[nearest] ?? []).map((issuer) => issuer.split(';')[0].trim().toLowerCase());
  if (nearest === -1 || issuers.length === 0) {
    return ok('No record restricts who may issue certificates.');
  }
  const name = wayUp[nearest];
  return issuers.some((issuer) => AMAZON.includes(issuer))
    ? ok(`The records of ${name} name Amazon.`)
    : failure(
        `The records of ${name} allow ${issuers.filter(Boolean).join(', ') || 'nobody'}: ACM is refused.`,
        `Add the record ${name} CAA 0 issue "amazon.com"`,
      );
}
