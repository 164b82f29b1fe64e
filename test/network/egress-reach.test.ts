import { Egress, InterfaceEndpoints, Waiver, type IEgress } from '../../lib';
import { Problems } from '../../lib/core/errors';
import { leadsTo, requireEndpoints } from '../../lib/network/egress-reach';

const to = (...domains: string[]): IEgress =>
  Egress.dnsAllowList(domains.map((domain) => ({ domain, purpose: 'payments' })));
const waiver = Waiver.because('Suppliers choose hosts that nobody can list', { owner: 'platform@acme.example' });

test.each<[string, IEgress, boolean]>([
  ['a destination', to('api.stripe.com'), true],
  ['a domain of which all names below it are', to('*.stripe.com'), true],
  ['a domain above it', to('stripe.com'), false],
  ['names below it', to('*.api.stripe.com'), false],
  ['another', to('api.adyen.com'), false],
  ['whatever there is', Egress.unrestricted(waiver), true],
  ['nothing', Egress.none(), false],
])('an egress to %s leads to api.stripe.com: %s', (_, egress, leads) => {
  expect(leadsTo(egress, 'api.stripe.com')).toBe(leads);
});

const missing = (egress: IEgress, endpoints?: InterfaceEndpoints): readonly string[] => {
  const problems = new Problems('Test');
  requireEndpoints(problems, egress, endpoints);
  return problems.recorded.map(({ code, bound }) => `${code}: ${bound}`);
};

test('without a way out, every endpoint is needed that a shop calls', () => {
  const few = InterfaceEndpoints.only(InterfaceEndpoints.complete().services.filter((service) => service !== 'kms'));
  expect(missing(Egress.none(), few)).toEqual([
    'EndpointsMissing: hold kms as well, because the network has no way out',
  ]);
  expect(missing(Egress.none())).toHaveLength(1);
  expect(missing(Egress.none(), InterfaceEndpoints.complete())).toEqual([]);
});

test('with a way out, none is', () => {
  expect(missing(to('api.stripe.com'))).toEqual([]);
});
