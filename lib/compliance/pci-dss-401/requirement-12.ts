import {
  atRunTime,
  checkedHere,
  forServiceProviders,
  outside,
  Party,
  requirement,
  type Requirement,
} from './requirement';

const { GATEWAY, LIBRARY, MERCHANT } = Party;

/** Something that people do or write, and that no template shows. */
function byPeople(number: string, asks: string, remains: string, responsible = [MERCHANT]): Requirement {
  return requirement(number, asks, outside(), remains, responsible);
}

/** Policies and programs of the organisation. */
export const REQUIREMENT_12 = [
  byPeople(
    '12.1.1',
    'An information security policy is set, published, kept up, and given to staff, vendors and partners.',
    'The policy.',
  ),
  byPeople('12.1.2', 'It is reviewed once a year and follows changes of the business and its risks.', 'The review.'),
  byPeople('12.1.3', 'It says who does what for security, and everybody has accepted their part.', 'The acceptance.'),
  byPeople('12.1.4', 'Somebody in management with knowledge of security answers for it.', 'The appointment.'),
  byPeople('12.2.1', 'Rules say how staff may use technology, which products, and with whose approval.', 'The rules.'),
  byPeople(
    '12.3.1',
    'Wherever the standard leaves a frequency open, a targeted risk analysis sets it and is reviewed once a year.',
    'The analyses.',
  ),
  byPeople(
    '12.3.2',
    'A targeted risk analysis stands behind each requirement done by the customized approach.',
    'Only where that approach is used; a self-assessment does not use it.',
  ),
  requirement(
    '12.3.3',
    'Cipher suites and protocols in use are listed and reviewed once a year, with a plan for their end.',
    checkedHere(
      'Listeners of HTTPS and TLS, distributions, domains of APIs and search domains name a policy of TLS 1.2 or newer.',
      'api-domain-minimum-tls',
      'distribution-minimum-tls',
      'listener-tls',
      'search-domain-requires-https',
    ),
    'The list, of which the evidence page writes what templates show; the review and the plan.',
    [LIBRARY, MERCHANT],
  ),
  requirement(
    '12.3.4',
    'Hardware and software are reviewed once a year: still supported, still within the standard, and a plan where not.',
    checkedHere('Functions that are no images run on runtimes that AWS still supports.', 'function-runtime'),
    'Engines, images, plugins; the review and the plan.',
    [LIBRARY, MERCHANT],
  ),
  forServiceProviders(
    byPeople('12.4.1', 'Management of a service provider answers for protection and for the program.', 'The charter.'),
  ),
  forServiceProviders(
    byPeople('12.4.2', 'A service provider checks every three months that staff follow the procedures.', 'The checks.'),
  ),
  forServiceProviders(byPeople('12.4.2.1', 'Those checks are written down, with what was done.', 'The records.')),
  requirement(
    '12.5.1',
    'There is an inventory of what is in scope, with what each is for.',
    atRunTime('AWS Config and Resource Explorer list what the account has.'),
    'What is in scope and why; what is outside AWS.',
    [LIBRARY, MERCHANT],
  ),
  byPeople(
    '12.5.2',
    'The scope is documented and confirmed once a year and after significant changes.',
    'The confirmation.',
  ),
  forServiceProviders(
    byPeople('12.5.2.1', 'A service provider confirms its scope every six months.', 'The confirmation.'),
  ),
  forServiceProviders(
    byPeople(
      '12.5.3',
      'A service provider reviews what a change of its organisation does to scope and controls.',
      'The review.',
    ),
  ),
  byPeople('12.6.1', 'A program makes everybody aware of the policy and of their part in it.', 'The program.'),
  byPeople('12.6.2', 'The program is reviewed once a year against new threats.', 'The review.'),
  byPeople(
    '12.6.3',
    'Staff are trained when hired and once a year, and confirm that they have read the policy.',
    'The records.',
  ),
  byPeople('12.6.3.1', 'Training speaks of threats such as phishing and social engineering.', 'The material.'),
  byPeople('12.6.3.2', 'Training speaks of how staff may use technology.', 'The material.'),
  byPeople(
    '12.7.1',
    'Who will have access to the cardholder data environment is screened before, as the law allows.',
    'The screening.',
  ),
  byPeople(
    '12.8.1',
    'Third parties that get account data, or could affect it, are listed with what they do.',
    'The list.',
  ),
  byPeople('12.8.2', 'Each has accepted in writing what it answers for.', 'The contracts.', [MERCHANT, GATEWAY]),
  byPeople('12.8.3', 'A third party is looked into before it is engaged.', 'The procedure, and its use.'),
  byPeople('12.8.4', "Each one's PCI DSS status is checked once a year.", 'The attestations.', [MERCHANT, GATEWAY]),
  byPeople(
    '12.8.5',
    'It is known which requirements each answers for, which the merchant, and which both.',
    'The matrix.',
    [MERCHANT, GATEWAY],
  ),
  forServiceProviders(
    byPeople(
      '12.9.1',
      'A service provider acknowledges to its customers in writing what it answers for.',
      'The agreements.',
    ),
  ),
  forServiceProviders(
    byPeople(
      '12.9.2',
      'A service provider gives its customers, when asked, its status and who answers for what.',
      'The answers.',
    ),
  ),
  byPeople(
    '12.10.1',
    'A plan says what happens in an incident: roles, contacts, containment, recovery, law, payment brands.',
    'The plan.',
  ),
  byPeople('12.10.2', 'The plan is reviewed and tried once a year.', 'The exercise.'),
  byPeople('12.10.3', 'Somebody is reachable at any hour to answer.', 'The rota.'),
  byPeople('12.10.4', 'Who answers is trained for it.', 'The records.'),
  byPeople('12.10.4.1', 'A targeted risk analysis says how often.', 'The analysis.'),
  requirement(
    '12.10.5',
    'The plan takes in alerts: intrusion detection, network controls, changes of files and of payment pages, wireless access points.',
    checkedHere('Alarms of CloudWatch have an action, which is on.', 'alarm-tells-somebody'),
    'Where the alerts go, and that the plan names them.',
    [LIBRARY, MERCHANT],
  ),
  byPeople('12.10.6', 'The plan follows what was learned and what the industry does.', 'The changes.'),
  byPeople('12.10.7', 'Procedures exist for card numbers found where they should not be.', 'The procedures.', [
    MERCHANT,
  ]),
];
