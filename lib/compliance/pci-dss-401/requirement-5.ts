import { atRunTime, outside, Party, requirement } from './requirement';

const { AWS, MERCHANT, SHOP } = Party;

/** Malicious software. */
export const REQUIREMENT_5 = [
  requirement(
    '5.1.1',
    'Policies and procedures against malware are written, kept current, used, and known to whom they concern.',
    outside(),
    'The documents, and that people work by them.',
    [MERCHANT],
  ),
  requirement(
    '5.1.2',
    'Every duty against malware has somebody who knows it is theirs.',
    outside(),
    'Names against duties.',
    [MERCHANT],
  ),
  requirement(
    '5.2.1',
    'Something against malware runs on every component but those found not to be at risk.',
    atRunTime(
      'GuardDuty Runtime Monitoring and Malware Protection: AWS Config guardduty-runtime-monitoring-enabled and guardduty-malware-protection-enabled.',
    ),
    'Laptops of staff; which components are at no risk, and why.',
    [AWS, MERCHANT],
  ),
  requirement(
    '5.2.2',
    'It finds all known kinds of malware, and removes, blocks or contains them.',
    atRunTime('GuardDuty findings, and what was done about each.'),
    'Containment: GuardDuty reports and does not remove.',
    [AWS, MERCHANT],
  ),
  requirement(
    '5.2.3',
    'Components at no risk are listed, and the judgement is repeated.',
    outside(),
    'The list and its reasons.',
    [MERCHANT],
  ),
  requirement(
    '5.2.3.1',
    'A targeted risk analysis says how often that judgement is repeated.',
    outside(),
    'The analysis.',
    [MERCHANT],
  ),
  requirement(
    '5.3.1',
    'The solution keeps itself up to date.',
    atRunTime("AWS's attestation of GuardDuty."),
    'Laptops of staff.',
    [AWS, MERCHANT],
  ),
  requirement(
    '5.3.2',
    'It scans periodically and in real time, or watches behaviour continuously.',
    atRunTime('GuardDuty Runtime Monitoring and Malware Protection for S3 in the account.'),
    'Laptops of staff.',
    [AWS, MERCHANT],
  ),
  requirement('5.3.2.1', 'A targeted risk analysis says how often periodic scans run.', outside(), 'The analysis.', [
    MERCHANT,
  ]),
  requirement(
    '5.3.3',
    'Removable media are scanned when they are connected.',
    outside(),
    'Laptops of staff. AWS connects no media of yours.',
    [MERCHANT, AWS],
  ),
  requirement(
    '5.3.4',
    'Logs of the solution are kept and retained as audit logs are.',
    atRunTime('GuardDuty findings exported to a bucket that keeps them for a year.'),
    'The export.',
    [MERCHANT],
  ),
  requirement(
    '5.3.5',
    'Users cannot switch it off, but with approval for a limited time.',
    atRunTime('AWS Config guardduty-enabled-centralized; UpdateDetector and DeleteDetector in CloudTrail.'),
    'Who may change GuardDuty, and who approved it. Laptops of staff.',
    [MERCHANT],
  ),
  requirement(
    '5.4.1',
    'Something automatic finds phishing and protects people from it.',
    outside(),
    "Mail of staff. Customers' trust in the shop's own mail: SPF, DKIM and DMARC.",
    [MERCHANT, SHOP],
  ),
];
