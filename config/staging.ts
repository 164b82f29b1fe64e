import { Dns, Waiver } from '../lib';
import { stagingOf } from '../lib/app';
import medusa from './medusa';

/** The rehearsal of the Medusa shop. The zone is an example. */
export default stagingOf(medusa, {
  dns: Dns.route53({
    hosts: ['staging.acme.example'],
    hostedZoneId: 'Z0123456789ABCDEFGHIJ',
    zoneName: 'acme.example',
  }),
  disposable: Waiver.because('A rehearsal without data of anybody, made anew when it is wanted', {
    owner: 'platform@acme.example',
  }),
});
