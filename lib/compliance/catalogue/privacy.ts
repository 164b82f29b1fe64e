import { mailDmarc } from '../rules/mail-dmarc';
import { mailTls } from '../rules/mail-tls';
import { webAclLogRedaction } from '../rules/web-acl-log-redaction';
import { attested, checkedBy, type Control } from './control';

/** Practice 7: privacy. */
export const privacy: readonly Control[] = [
  checkedBy(
    {
      id: 'PRIVACY-1',
      practice: 7,
      statement: 'No password and no session stands in the logs of the firewall.',
      pci: ['3.3.1', '8.3.2', '10.3.1'],
      nist: ['AU-9', 'SI-18'],
    },
    webAclLogRedaction,
  ),
  attested(
    {
      id: 'PRIVACY-2',
      practice: 7,
      statement: 'Data of customers is deleted when nobody needs it any more.',
      pci: ['3.2.1'],
      nist: ['SI-12', 'PM-21'],
    },
    {
      who: 'owner of the shop',
      every: 'P3M',
      severity: 'medium',
      remedy: 'Compare the oldest records with what the policy says, and delete.',
    },
  ),
  attested(
    {
      id: 'PRIVACY-3',
      practice: 7,
      statement: 'The published privacy policy says what the shop does.',
      pci: ['12.1.1', '12.1.2'],
      nist: ['PT-5', 'PM-20'],
    },
    {
      who: 'owner of the shop',
      every: 'P1Y',
      severity: 'medium',
      remedy: 'Read the policy beside the register of vendors.',
    },
  ),
  checkedBy(
    {
      id: 'PRIVACY-4',
      practice: 7,
      statement: 'Mail to customers is read by nobody on the way, and nobody writes it in your name.',
      pci: ['5.4.1', '4.2.2'],
      nist: ['SC-8', 'SI-8'],
      protections: ['order-mail.tls', 'order-mail.dmarc'],
    },
    mailTls,
    mailDmarc,
  ),
];
