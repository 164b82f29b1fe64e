import { byRules, type Control } from './control';

/** Practice 5: where data lies. */
export const storage: readonly Control[] = [
  {
    id: 'STORAGE-1',
    practice: 5,
    statement: 'Files and logs are never fetched or stored without encryption on the way.',
    pci: ['4.2.1', '2.2.7'],
    nist: ['SC-8', 'SC-8(1)'],
    cis: ['2.1.1'],
    severity: 'high',
    check: byRules('bucket-tls-only'),
    remedy: 'Set enforceSSL on the bucket.',
  },
  {
    id: 'STORAGE-2',
    practice: 5,
    statement: 'Stacks that hold data cannot be deleted by one call.',
    pci: ['6.5.1'],
    nist: ['CM-3', 'CP-9'],
    cis: [],
    severity: 'medium',
    check: byRules('stack-termination-protection'),
    remedy: 'Set terminationProtection on the stack.',
  },
  {
    id: 'STORAGE-3',
    practice: 8,
    statement: 'What is reviewed is what is deployed: nothing in a template is made up at deployment.',
    pci: ['6.5.1', '2.2.1'],
    nist: ['CM-3', 'CM-6'],
    cis: [],
    severity: 'low',
    check: byRules('template-readable'),
    remedy: 'Write out what the macro or loop creates.',
  },
];
