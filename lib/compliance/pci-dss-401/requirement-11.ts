import { atRunTime, checkedHere, forServiceProviders, outside, Party, requirement } from './requirement';

const { AWS, GATEWAY, LIBRARY, MERCHANT, SHOP } = Party;

/** Tests of security. */
export const REQUIREMENT_11 = [
  requirement(
    '11.1.1',
    'Policies and procedures for tests are written, kept current, used, and known to whom they concern.',
    outside(),
    'The documents, and that people work by them.',
    [MERCHANT],
  ),
  requirement(
    '11.1.2',
    'Every duty around tests has somebody who knows it is theirs.',
    outside(),
    'Names against duties.',
    [MERCHANT],
  ),
  requirement(
    '11.2.1',
    'Authorised and unauthorised wireless access points are looked for every three months.',
    outside(),
    "Offices and shops of the merchant. Data centres: AWS's attestation.",
    [AWS, MERCHANT],
  ),
  requirement(
    '11.2.2',
    'There is an inventory of wireless access points, each with its reason.',
    outside(),
    'Offices and shops of the merchant.',
    [MERCHANT],
  ),
  requirement(
    '11.3.1',
    'Internal vulnerability scans run every three months; high and critical ones are resolved and scanned for again.',
    atRunTime(
      'Amazon Inspector scans instances, images and functions again and again: Security Hub Inspector.1 to Inspector.4.',
    ),
    'What Inspector does not cover; that what it found is corrected, and found no more.',
    [AWS, MERCHANT],
  ),
  requirement(
    '11.3.1.1',
    'Vulnerabilities of lower rank are dealt with by a targeted risk analysis.',
    outside(),
    'The analysis.',
    [MERCHANT],
  ),
  requirement(
    '11.3.1.2',
    'Internal scans are authenticated, where the component allows it.',
    atRunTime('Amazon Inspector sees inside instances by the SSM agent or by their volumes, and inside images.'),
    'Components that Inspector does not cover.',
    [AWS, MERCHANT],
  ),
  requirement(
    '11.3.1.3',
    'Internal scans run after every significant change.',
    atRunTime('Amazon Inspector scans again on each push and each new vulnerability.'),
    'Which changes count as significant.',
    [MERCHANT],
  ),
  requirement(
    '11.3.2',
    'An approved scanning vendor scans from outside every three months, until nothing is left that fails.',
    outside(),
    "The vendor's reports.",
    [MERCHANT],
  ),
  requirement('11.3.2.1', 'External scans run after every significant change.', outside(), 'The reports.', [MERCHANT]),
  requirement(
    '11.4.1',
    'There is a method for penetration tests: scope, inside and outside, application and network, what is kept.',
    outside(),
    'The method.',
    [MERCHANT],
  ),
  requirement(
    '11.4.2',
    'An internal penetration test is done once a year and after a significant change.',
    outside(),
    'The report.',
    [MERCHANT],
  ),
  requirement(
    '11.4.3',
    'An external penetration test is done once a year and after a significant change.',
    outside(),
    'The report.',
    [MERCHANT],
  ),
  requirement('11.4.4', 'What penetration tests find is corrected and tested again.', outside(), 'The corrections.', [
    MERCHANT,
  ]),
  requirement(
    '11.4.5',
    'Where segmentation reduces the scope, penetration tests try it once a year.',
    outside(),
    'The report.',
    [MERCHANT],
  ),
  forServiceProviders(
    requirement('11.4.6', 'A service provider has segmentation tried every six months.', outside(), 'The report.', [
      MERCHANT,
    ]),
  ),
  forServiceProviders(
    requirement(
      '11.4.7',
      'A service provider of many customers supports their external penetration tests.',
      outside(),
      'How it does.',
      [MERCHANT],
    ),
  ),
  requirement(
    '11.5.1',
    'Something detects or prevents intrusions into the network, watches its critical points, alerts people, and is kept up to date.',
    checkedHere('A detector of GuardDuty that a template makes is on.', 'detector-enabled'),
    'That the account has a detector at all: Security Hub GuardDuty.1. Who is told of its findings.',
    [AWS, LIBRARY, MERCHANT],
  ),
  forServiceProviders(
    requirement('11.5.1.1', 'A service provider detects covert channels of malware.', outside(), 'How it does.', [
      MERCHANT,
    ]),
  ),
  requirement(
    '11.5.2',
    'Changes of critical files are noticed: alerted, and compared weekly.',
    checkedHere(
      'Trails leave digests by which a changed file shows; containers cannot write their own root file system, which prevents a change instead of noticing it.',
      'task-read-only-root',
      'trail-file-validation',
    ),
    'Files of instances and of shared file systems; that somebody compares every week, and is alerted.',
    [LIBRARY, SHOP, MERCHANT],
  ),
  requirement(
    '11.6.1',
    "Changes of a payment page's headers and scripts, as the shopper's browser receives them, are noticed at least weekly.",
    atRunTime('A monitor that loads the page as a shopper does.'),
    'The monitor, and who answers its alerts.',
    [MERCHANT, GATEWAY],
  ),
];
