import { checkedHere, outside, Party, requirement } from './requirement';

const { AWS, LIBRARY, MERCHANT, SHOP } = Party;

/** Secure configurations. */
export const REQUIREMENT_2 = [
  requirement(
    '2.1.1',
    'Policies and procedures for secure configuration are written, kept current, used, and known to whom they concern.',
    outside(),
    'The documents, and that people work by them.',
    [MERCHANT],
  ),
  requirement(
    '2.1.2',
    'Every duty around secure configuration has somebody who knows it is theirs.',
    outside(),
    'Names against duties.',
    [MERCHANT],
  ),
  requirement(
    '2.2.1',
    'Hardening standards cover every kind of component, answer known weaknesses, and are in force before anything is connected.',
    checkedHere(
      'Instances speak only the second version of their metadata service; containers run without privileges.',
      'task-no-capabilities',
      'instance-metadata-version-2',
    ),
    'The written standard for each kind of component; what is inside images and machine images.',
    [LIBRARY, MERCHANT, SHOP],
  ),
  requirement(
    '2.2.2',
    'Vendor default accounts are removed, disabled or have their password changed.',
    checkedHere('No template holds a password, default or otherwise.', 'secret-not-in-template'),
    'Default accounts of the shop, its plugins and its admin panel. The root user: Security Hub IAM.4 and IAM.6.',
    [LIBRARY, MERCHANT, SHOP],
  ),
  requirement(
    '2.2.3',
    'Functions of different security levels do not share a component, or are isolated or raised to the higher level.',
    checkedHere('Containers run as users without privileges.', 'task-unprivileged-user'),
    'What the shop itself puts into one image, and containers that share the network of a host of their own.',
    [LIBRARY, SHOP],
  ),
  requirement(
    '2.2.4',
    'Only what is needed is enabled: services, protocols, daemons, functions.',
    checkedHere(
      'Security groups open HTTP and HTTPS alone to everybody; containers have none of the privileges of Linux.',
      'task-no-capabilities',
      'security-group-ingress',
    ),
    'What runs inside images. Amazon Inspector shows packages, not whether they are needed.',
    [LIBRARY, SHOP, MERCHANT],
  ),
  requirement(
    '2.2.5',
    'An insecure service that stays has a written reason and added protection.',
    checkedHere('File transfer servers offer no plain FTP.', 'transfer-server-encrypted'),
    'The reason, where one stays.',
    [MERCHANT],
  ),
  requirement(
    '2.2.6',
    'Security parameters are set against misuse.',
    checkedHere(
      'Load balancers drop malformed headers; instances refuse the first version of the metadata service.',
      'instance-metadata-version-2',
      'load-balancer-invalid-headers',
    ),
    'Parameters of the shop, its runtime and its database beyond these. Security Hub FSBP and CIS checks see more of them.',
    [LIBRARY, MERCHANT, SHOP],
  ),
  requirement(
    '2.2.7',
    'Administration that does not happen at a console is encrypted.',
    checkedHere(
      'Databases, caches, warehouses and search domains can be talked to over TLS alone.',
      'cache-encrypted',
      'database-tls',
      'search-domain-requires-https',
      'warehouse-requires-tls',
    ),
    'How staff reach the admin panel of the shop. AWS itself answers over TLS alone.',
    [AWS, LIBRARY, MERCHANT],
  ),
  requirement(
    '2.3.1',
    'Wireless networks of the cardholder data environment have no vendor defaults.',
    outside(),
    'Wireless networks of offices and shops; a store in AWS has none.',
    [MERCHANT, AWS],
  ),
  requirement(
    '2.3.2',
    'Wireless keys change when somebody who knew them leaves, or when they may be known.',
    outside(),
    'Wireless networks of offices and shops; a store in AWS has none.',
    [MERCHANT, AWS],
  ),
];
