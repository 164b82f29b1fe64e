import { byRules, type Control } from './control';

/** Practice 1: TLS for the site and the payments. */
export const edge: readonly Control[] = [
  {
    id: 'EDGE-1',
    practice: 1,
    statement: 'Nobody can shop over an encryption that is known to be weak.',
    pci: ['4.2.1', '2.2.7'],
    nist: ['SC-8', 'SC-8(1)', 'SC-13'],
    cis: [],
    severity: 'high',
    check: byRules('distribution-minimum-tls'),
    remedy: 'Give the distribution a certificate of its own and the security policy TLSv1.2_2021 or newer.',
  },
];
