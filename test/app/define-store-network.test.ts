import { Application, Egress, InterfaceEndpoints, Waiver, type EgressDestination, type IEgress } from '../../lib';
import { defineStore, type StoreConfig } from '../../lib/app';
import { BARE, DIGEST, EXISTING_NETWORK, expectRefusal, refusalOf } from '../support/stores';

const waiver = Waiver.because('Suppliers choose hosts that nobody can list', { owner: 'platform@acme.example' });
const stripe = { domain: 'api.stripe.com', purpose: 'payments' };
const anywhere = (): IEgress => Egress.unrestricted(waiver);

describe('an image can be pulled', () => {
  const running = (image: string): Partial<StoreConfig> => ({ application: Application.medusa({ image }) });
  const named = (registry: string): Partial<StoreConfig> => running(`${registry}/acme/shop@${DIGEST}`);
  const to = (...domains: string[]): EgressDestination[] => domains.map((domain) => ({ domain, purpose: 'images' }));

  test.each([
    ['the repository of the store', DIGEST],
    ["Amazon's public registry", `public.ecr.aws/acme/shop@${DIGEST}`],
    ["Amazon's public registry, with a tag beside the digest", `public.ecr.aws/acme/shop:2@${DIGEST}`],
    ['the registry of the account', `111122223333.dkr.ecr.eu-central-1.amazonaws.com/acme/shop@${DIGEST}`],
    ['the registry of another account', `444455556666.dkr.ecr.eu-central-1.amazonaws.com/acme/shop@${DIGEST}`],
  ])('from %s', (_, image) => {
    expect(refusalOf({ ...BARE, ...running(image) })).toEqual([]);
    expect(refusalOf({ ...BARE, ...running(image), tier: 'standard' })).toEqual([]);
  });

  test('from no other registry, and the refusal says how to go on', () => {
    expectRefusal(
      named('ghcr.io'),
      `application.image is "ghcr.io/acme/shop@${DIGEST}"; it must come from a registry that the network leads to, and it does not lead to ghcr.io. Push it to the store's own repository and write its digest alone, or add to egress ghcr.io and the host that its layers come from. [ImageRegistryNotReachable]`,
    );
  });

  test('from another registry once it is a destination', () => {
    expect(refusalOf({ ...BARE, ...named('ghcr.io'), egress: to('ghcr.io') })).toEqual([]);
    expect(refusalOf({ ...BARE, ...named('docker.acme.example'), egress: to('*.acme.example') })).toEqual([]);
    expect(refusalOf({ ...BARE, ...named('acme.example'), egress: to('*.acme.example') })[1]).toMatch('[ImageRegistry');
    const application = Application.medusa({ image: `ghcr.io/acme/shop@${DIGEST}`, outbound: to('ghcr.io') });
    expect(refusalOf({ ...BARE, application })).toEqual([]);
  });

  test.each([
    ['acme/shop', 'nobody names the registry'],
    ['docker.io/acme/shop', 'its name is not its address'],
  ])('%s is asked for at Docker Hub: %s', (name) => {
    const shop = running(`${name}@${DIGEST}`);
    expect(refusalOf({ ...BARE, ...shop, egress: to('docker.io') })[1]).toMatch(
      'it must come from a registry that the network leads to, and it does not lead to registry-1.docker.io and auth.docker.io.',
    );
    expect(refusalOf({ ...BARE, ...shop, egress: to('registry-1.docker.io', 'auth.docker.io') })).toEqual([]);
  });

  test('only over HTTPS on its own port', () => {
    expectRefusal(
      { ...named('registry.acme.example:5000'), egressFilter: anywhere },
      `application.image is "registry.acme.example:5000/acme/shop@${DIGEST}"; it must come from a registry on port 443: no other leads out of the network. Push it to the store's own repository and write its digest alone. [ImageRegistryNotReachable]`,
    );
    expect(refusalOf({ ...BARE, ...named('registry.acme.example:443'), egress: to('registry.acme.example') })).toEqual(
      [],
    );
  });

  test('from ECR of the home Region alone', () => {
    expectRefusal(
      named('111122223333.dkr.ecr.eu-west-1.amazonaws.com'),
      `application.image is "111122223333.dkr.ecr.eu-west-1.amazonaws.com/acme/shop@${DIGEST}"; it must be in the home Region eu-central-1, where the network leads to ECR. Replicate the repository to eu-central-1, or push the image to the store's own repository and write its digest alone. [ImageInOtherRegion]`,
    );
  });

  test.each(['ghcr.io', '111122223333.dkr.ecr.eu-west-1.amazonaws.com'])(
    'from %s where the network leads everywhere, or is not ours',
    (registry) => {
      expect(refusalOf({ ...BARE, ...named(registry), egressFilter: anywhere })).toEqual([]);
      expect(refusalOf({ ...BARE, ...named(registry), existingNetwork: EXISTING_NETWORK })).toEqual([]);
    },
  );
});

describe('the way out of the network', () => {
  test.each<[string, StoreConfig['egressFilter']]>([
    ['the factory itself', Egress.networkFirewall.bind(Egress)],
    ['what makes one with options', (destinations) => Egress.dnsAllowList(destinations, { addresses: ['eipalloc-1'] })],
    ['what leads everywhere', anywhere],
  ])('is %s', (_, egressFilter) => {
    expect(refusalOf({ ...BARE, egress: [stripe], egressFilter })).toEqual([]);
  });

  test('is a function', () => {
    expect(refusalOf({ ...BARE, egressFilter: Egress.none() })[1]).toMatch(
      /^egressFilter is {.*}; it must be a function that makes an egress of destinations\. Write Egress\.networkFirewall, without calling it\. \[EgressFilterMissing\]$/,
    );
  });

  test('is a function that makes one', () => {
    expectRefusal(
      { egressFilter: () => undefined },
      'egressFilter is "a function that makes undefined"; it must make an egress of destinations. Write Egress.networkFirewall, or a function that returns what one of its kind makes. [EgressFilterMissing]',
    );
  });

  test('leads to what the shop calls', () => {
    expectRefusal(
      { egress: [stripe], egressFilter: () => Egress.dnsAllowList([{ domain: '*.adyen.com', purpose: 'payments' }]) },
      'egressFilter is ["api.stripe.com"]; it must lead to everything that the shop calls. Hand on the destinations that the function is given, or remove these where they are named. [EgressDestinationLost]',
    );
  });

  test('is nowhere only with an endpoint for whatever a shop calls at AWS', () => {
    const nowhere = {
      egressFilter: () => Egress.none(),
      network: { interfaceEndpoints: InterfaceEndpoints.standard() },
    };
    const missing = InterfaceEndpoints.complete().services.slice(InterfaceEndpoints.standard().services.length);
    expectRefusal(
      nowhere,
      `network.interfaceEndpoints is ["ecr.api","ecr.dkr","logs","secretsmanager","kms"]; it must hold ${missing.join(', ')} as well, because the network has no way out. Choose InterfaceEndpoints.complete(), or a way out that leads to named destinations. [EndpointsMissing]`,
    );
    const network = { interfaceEndpoints: InterfaceEndpoints.complete() };
    expect(refusalOf({ ...BARE, ...nowhere, network })).toEqual([]);
  });

  test('that refuses what it is given says so where it stands', () => {
    const own = [{ domain: 'https://api.stripe.com', purpose: 'payments' }];
    const [, problem, ...others] = refusalOf({ ...BARE, egressFilter: () => Egress.dnsAllowList(own) });
    expect(problem).toMatch(
      'egressFilter.destinations[0].domain is "https://api.stripe.com"; it must be a domain name',
    );
    expect(others).toEqual([]);
  });

  test('fails as its author made it fail', () => {
    const egressFilter = (): IEgress => {
      throw new RangeError('no more addresses');
    };
    expect(() => defineStore({ ...BARE, egressFilter })).toThrow(new RangeError('no more addresses'));
  });

  test('of a network that exists already is its own', () => {
    expectRefusal(
      { existingNetwork: EXISTING_NETWORK, egress: [stripe], egressFilter: anywhere },
      'egress is [{"domain":"api.stripe.com","purpose":"payments"}]; it must be left out beside existingNetwork, whose own way out decides. Remove it, or remove existingNetwork for a network of the store. [NetworkTwice]',
      'egressFilter is "a function"; it must be left out beside existingNetwork, whose own way out decides. Remove it, or remove existingNetwork for a network of the store. [NetworkTwice]',
    );
  });
});

describe('a destination', () => {
  test('may be needed by the shop and by its owner, and by the registry of images', () => {
    const application = Application.medusa({ image: DIGEST, outbound: [{ ...stripe, purpose: 'refunds' }] });
    const egress = [stripe, { domain: 'public.ecr.aws', purpose: 'themes' }];
    expect(refusalOf({ ...BARE, application, egress })).toEqual([]);
  });

  test('is not written twice in one place', () => {
    expectRefusal(
      { egress: [stripe, stripe] },
      'egress[1].domain is "api.stripe.com"; it must be named once. Keep one entry, and name every purpose in it. [EgressDomainTwice]',
    );
  });
});
