import { Application, Dns, PaymentIntegration } from '../lib';
import { defineStore } from '../lib/app';

/** A WooCommerce shop in the tier `standard`. The account, the zone and the image's digest are examples. */
export default defineStore({
  id: 'outfitters',
  environment: 'production',
  name: 'Acme Outfitters',
  tier: 'standard',
  dns: Dns.route53({
    hosts: ['outfitters.acme.example'],
    hostedZoneId: 'Z0123456789ABCDEFGHIJ',
    zoneName: 'acme.example',
  }),
  workload: { account: '111122223333', region: 'ap-southeast-1' },
  offsite: { region: 'ap-northeast-1' },
  application: Application.woocommerce({
    // By its digest alone: an image of the store's own repository, built as examples/woocommerce shows.
    image: 'sha256:2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae',
  }),
  egress: [{ domain: 'api.stripe.com', purpose: 'payments' }],
  payments: PaymentIntegration.embedded(),
  distribution: {
    contentSources: {
      'script-src': ['https://js.stripe.com'],
      'frame-src': ['https://js.stripe.com', 'https://hooks.stripe.com'],
      'connect-src': ['https://api.stripe.com'],
    },
  },
  administrators: ['arn:aws:iam::111122223333:role/platform'],
  contacts: { security: 'security@acme.example', operations: 'platform@acme.example' },
});
