import { atRunTime, checkedHere, outside, Party, requirement } from './requirement';

const { AWS, LIBRARY, MERCHANT, SHOP } = Party;

/** Transmission over open, public networks. */
export const REQUIREMENT_4 = [
  requirement(
    '4.1.1',
    'Policies and procedures for transmission are written, kept current, used, and known to whom they concern.',
    outside(),
    'The documents, and that people work by them.',
    [MERCHANT],
  ),
  requirement(
    '4.1.2',
    'Every duty around transmission has somebody who knows it is theirs.',
    outside(),
    'Names against duties.',
    [MERCHANT],
  ),
  requirement(
    '4.2.1',
    'Card numbers cross open networks under strong cryptography alone, with trusted certificates and no fallback.',
    checkedHere(
      'Distributions, load balancers, domains of APIs and search domains speak TLS 1.2 or newer and send plain HTTP away; buckets, queues and topics refuse requests without TLS; file transfer offers no plain FTP. Behind them, where the requirement asks it only of networks that are open, origins, target groups, shared files, caches, brokers and warehouses speak TLS too.',
      'api-domain-minimum-tls',
      'bucket-tls-only',
      'cache-encrypted',
      'classic-load-balancer-tls',
      'distribution-minimum-tls',
      'distribution-origin-tls',
      'distribution-https-only',
      'listener-tls',
      'message-broker-encrypted-in-transit',
      'search-domain-encrypted-between-nodes',
      'search-domain-requires-https',
      'task-volume-tls',
      'transfer-server-encrypted',
      'warehouse-requires-tls',
      'queue-tls-only',
      'target-group-tls',
      'topic-tls-only',
      'vpc-origin-tls',
      'distribution-hsts',
    ),
    'Calls that the shop makes to others; listeners that pass TCP through; that certificates are valid: what an outside scan sees at the address of the shop.',
    [LIBRARY, MERCHANT, SHOP],
  ),
  requirement(
    '4.2.1.1',
    'There is an inventory of trusted keys and certificates.',
    checkedHere(
      'Classic load balancers take their certificates from ACM, which lists them.',
      'classic-load-balancer-tls',
    ),
    'The inventory; certificates of everything else. Expiry: AWS Config acm-certificate-expiration-check.',
    [AWS, LIBRARY, MERCHANT],
  ),
  requirement(
    '4.2.1.2',
    'Wireless networks that carry card numbers use strong cryptography.',
    outside(),
    'Wireless networks of offices and shops; a store in AWS has none.',
    [MERCHANT, AWS],
  ),
  requirement(
    '4.2.2',
    'A card number sent by mail, chat or message is under strong cryptography.',
    atRunTime("A look at the shop's mails and at how staff talk to customers."),
    'That nobody sends one at all.',
    [MERCHANT, SHOP],
  ),
];
