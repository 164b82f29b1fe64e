import { Application, Dns, PaymentIntegration, Vault, VaultLock, Waiver } from '../lib';
import { defineStore } from '../lib/app';

/** A Medusa shop in the tier `regulated`. The account, the zone and the image's digest are examples. */
export default defineStore({
  id: 'acme',
  environment: 'production',
  name: 'Acme Supplies',
  tier: 'regulated',
  dns: Dns.route53({
    hosts: ['shop.acme.example'],
    hostedZoneId: 'Z0123456789ABCDEFGHIJ',
    zoneName: 'acme.example',
  }),
  workload: { account: '111122223333', region: 'ap-southeast-1' },
  offsite: { region: 'ap-northeast-1' },
  application: Application.medusa({
    // By its digest alone: an image of the store's own repository, which the stack "data" creates.
    image: 'sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  }),
  egress: [{ domain: 'api.stripe.com', purpose: 'payments' }],
  payments: PaymentIntegration.redirect(),
  backup: {
    // In this tier somebody decides. An example must not lock copies for ever in the account of whoever tries it.
    vault: Vault.locked(
      VaultLock.governance({
        insteadOfCompliance: Waiver.because(
          'Until a restore of a copy has been rehearsed, the lock has to be liftable',
          {
            owner: 'platform@acme.example',
          },
        ),
      }),
    ),
  },
  administrators: ['arn:aws:iam::111122223333:role/platform'],
  contacts: { security: 'security@acme.example', operations: 'platform@acme.example' },
});
