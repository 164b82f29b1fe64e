import { outside, Party, requirement, type Requirement } from './requirement';

const { AWS, MERCHANT } = Party;

const IN_AWS = "Offices and shops of the merchant. Data centres: AWS's attestation.";
const MEDIA = 'Paper and media of the merchant. AWS handles the disks: its attestation.';
const DEVICES = 'Devices that read cards in shops; a web shop has none.';

function building(number: string, asks: string): Requirement {
  return requirement(number, asks, outside(), IN_AWS, [AWS, MERCHANT]);
}

function media(number: string, asks: string): Requirement {
  return requirement(number, asks, outside(), MEDIA, [AWS, MERCHANT]);
}

function device(number: string, asks: string): Requirement {
  return requirement(number, asks, outside(), DEVICES, [MERCHANT]);
}

/** Physical access. */
export const REQUIREMENT_9 = [
  requirement(
    '9.1.1',
    'Policies and procedures for physical access are written, kept current, used, and known to whom they concern.',
    outside(),
    'The documents, and that people work by them.',
    [MERCHANT],
  ),
  requirement(
    '9.1.2',
    'Every duty around physical access has somebody who knows it is theirs.',
    outside(),
    'Names against duties.',
    [MERCHANT],
  ),
  building('9.2.1', 'Entrances to where systems with cardholder data stand are controlled.'),
  building(
    '9.2.1.1',
    'Cameras or access controls watch sensitive areas, are protected, and are reviewed and kept for three months.',
  ),
  building('9.2.2', 'Network jacks that everybody can reach are controlled.'),
  building('9.2.3', 'Access to network devices, cabling and wireless access points is restricted.'),
  building('9.2.4', 'Consoles in sensitive areas are locked when not in use.'),
  building('9.3.1', 'Physical access of staff is authorised, managed and identified.'),
  building('9.3.1.1', 'Physical access to sensitive areas is given by job and ends with it; keys and cards come back.'),
  building('9.3.2', 'Visitors are authorised, accompanied, and told apart from staff.'),
  building('9.3.3', 'Badges of visitors are handed back or end.'),
  building('9.3.4', 'A log says which visitor came when, for whom, and is kept for three months.'),
  media('9.4.1', 'Media with cardholder data are physically secured.'),
  media('9.4.1.1', 'Offline backups of them lie in a secure place.'),
  media('9.4.1.2', 'The security of that place is reviewed once a year.'),
  media('9.4.2', 'Media are classified by how sensitive their data are.'),
  media('9.4.3', 'Media sent out are logged, tracked, and sent securely.'),
  media('9.4.4', 'Management approves media that leave.'),
  media('9.4.5', 'There is an inventory of electronic media.'),
  media('9.4.5.1', 'It is taken once a year.'),
  media('9.4.6', 'Paper with cardholder data is destroyed when no longer needed, so that nobody can put it together.'),
  media('9.4.7', 'Electronic media with cardholder data are destroyed, or made unreadable, when no longer needed.'),
  device('9.5.1', 'Devices that read cards are listed, inspected, and watched over by trained people.'),
  device('9.5.1.1', 'The list has make, model, place and serial number of each, and is current.'),
  device('9.5.1.2', 'Their surfaces are inspected for tampering and for exchange.'),
  device('9.5.1.2.1', 'A targeted risk analysis says how often and how they are inspected.'),
  device('9.5.1.3', 'Staff are trained to notice tampering and exchange.'),
];
