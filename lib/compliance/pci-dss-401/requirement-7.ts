import { atRunTime, checkedHere, outside, Party, requirement } from './requirement';

const { AWS, LIBRARY, MERCHANT, SHOP } = Party;

/** Access by need to know. */
export const REQUIREMENT_7 = [
  requirement(
    '7.1.1',
    'Policies and procedures for access are written, kept current, used, and known to whom they concern.',
    outside(),
    'The documents, and that people work by them.',
    [MERCHANT],
  ),
  requirement(
    '7.1.2',
    'Every duty around access has somebody who knows it is theirs.',
    outside(),
    'Names against duties.',
    [MERCHANT],
  ),
  requirement(
    '7.2.1',
    'A model says who gets access: by need, by job, with the least privilege.',
    checkedHere(
      'No policy of a template gives every action on everything, or every action of a whole service.',
      'policy-no-administration',
      'policy-no-whole-service',
    ),
    'The model, and permissions given outside templates: IAM Access Analyzer.',
    [LIBRARY, MERCHANT],
  ),
  requirement(
    '7.2.2',
    'Access is given by job and with the least privilege needed.',
    checkedHere(
      'Policies are narrow, and no template makes a user: people and programs have roles.',
      'policy-no-administration',
      'policy-no-whole-service',
      'iam-no-user',
    ),
    'Whether a permission is needed: last-accessed data of IAM Access Analyzer. Roles inside the shop.',
    [LIBRARY, MERCHANT, SHOP],
  ),
  requirement('7.2.3', 'Somebody authorised approves each privilege.', outside(), 'The approvals.', [MERCHANT]),
  requirement(
    '7.2.4',
    'All accounts and their privileges are reviewed every six months, and management accepts what stays.',
    outside(),
    'The review, dated and signed. It also covers the accounts of the shop.',
    [MERCHANT],
  ),
  requirement(
    '7.2.5',
    'Accounts of systems and applications have the least privilege, and only where they need it.',
    checkedHere(
      'What runs has a role of its own, runs without privileges over its host, can hand on no role that was not meant for it, and no role can be assumed by everybody.',
      'task-no-capabilities',
      'instance-profile-attached',
      'policy-no-administration',
      'policy-no-whole-service',
      'role-trust-named',
      'task-unprivileged-user',
      'policy-pass-role',
    ),
    'Accounts inside the shop and the database.',
    [LIBRARY, MERCHANT, SHOP],
  ),
  requirement(
    '7.2.5.1',
    'Access of systems and applications is reviewed as often as a targeted risk analysis says.',
    outside(),
    'The review.',
    [MERCHANT],
  ),
  requirement(
    '7.2.6',
    'Stored cardholder data is queried through applications or by administrators alone.',
    atRunTime('Logins in the audit log of the database.'),
    'Who logs in to the database. A shop that leaves cards to a gateway stores none.',
    [MERCHANT, SHOP],
  ),
  requirement(
    '7.3.1',
    'An access control system covers every component.',
    checkedHere(
      'Methods of APIs, functions and clusters ask who calls.',
      'analytics-cluster-authenticates',
      'api-method-authorized',
      'function-not-public',
      'function-url-authenticated',
    ),
    'The access control of the shop and of its admin panel.',
    [AWS, LIBRARY, SHOP],
  ),
  requirement(
    '7.3.2',
    'It enforces permissions by job.',
    atRunTime("AWS's attestation of IAM; the roles of the account."),
    'Roles inside the shop.',
    [AWS, MERCHANT, SHOP],
  ),
  requirement(
    '7.3.3',
    'It denies all by default.',
    checkedHere(
      'No policy of a bucket, key, queue, topic, repository or secret opens it to everybody, no trust of a role does, and a service of AWS that is let in comes for named accounts.',
      'bucket-public-access',
      'key-policy-named',
      'resource-policy-named',
      'role-trust-named',
      'service-access-from-known-source',
    ),
    'Policies changed outside templates: IAM Access Analyzer. Defaults of the shop.',
    [AWS, LIBRARY, SHOP],
  ),
];
