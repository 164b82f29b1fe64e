import { DatabaseSource, Dns, MaskingPolicy, Waiver } from '../../lib';
import { type DefinedStore, type StagingDifferences, stagingOf } from '../../lib/app';

/** Why the stores of the tests may go. */
export const DISPOSABLE = Waiver.because('A rehearsal, made anew whenever it is wanted', {
  owner: 'platform@acme.example',
});

/** A host that is not production's, and what makes the store go. */
export const DIFFERENCES: StagingDifferences = {
  dns: Dns.route53({
    hosts: ['staging.acme.example'],
    hostedZoneId: 'Z0123456789ABCDEFGHIJ',
    zoneName: 'acme.example',
  }),
  disposable: DISPOSABLE,
};

/** The rehearsal of `production`. */
export function rehearsalOf(production: DefinedStore, differences: Partial<StagingDifferences> = {}): DefinedStore {
  return stagingOf(production, { ...DIFFERENCES, ...differences });
}

/** With the data of production, masked as a shop of its kind is. */
export function copyOf(production: DefinedStore, differences: Partial<StagingDifferences> = {}): DefinedStore {
  const masking =
    production.application.kind.toLowerCase() === 'woocommerce' ? MaskingPolicy.woocommerce() : MaskingPolicy.medusa();
  return rehearsalOf(production, {
    database: { source: DatabaseSource.snapshot('acme-2026-11-27') },
    masking,
    ...differences,
  });
}
