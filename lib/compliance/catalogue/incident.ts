import { alarmTellsSomebody } from '../rules/alarm-tells-somebody';
import { functionFailuresKept } from '../rules/function-failures-kept';
import { attested, checkedBy, type Control } from './control';

/** Practice 10: incident response. */
export const incident: readonly Control[] = [
  checkedBy(
    {
      id: 'INCIDENT-1',
      practice: 10,
      statement: 'An alarm reaches somebody.',
      pci: ['10.7.2', '10.7.3', '12.10.5'],
      nist: ['SI-4(5)', 'IR-6'],
    },
    alarmTellsSomebody,
  ),
  attested(
    {
      id: 'INCIDENT-2',
      practice: 10,
      statement: 'There is a plan for the day when something happens, and it was tried.',
      pci: ['12.10.1', '12.10.2'],
      nist: ['IR-3', 'IR-8'],
    },
    {
      who: 'owner of the shop',
      every: 'P1Y',
      severity: 'high',
      remedy: 'Go through the plan with everybody in it, once as if it had happened.',
    },
  ),
  attested(
    {
      id: 'INCIDENT-3',
      practice: 10,
      statement: 'Somebody can be reached at any hour.',
      pci: ['12.10.3'],
      nist: ['IR-7'],
    },
    {
      who: 'owner of the shop',
      every: 'P1M',
      severity: 'medium',
      remedy: 'Look at who is on call, and that the alarms reach them.',
    },
  ),
  attested(
    {
      id: 'INCIDENT-4',
      practice: 10,
      statement: 'Somebody reads what the logs say that no alarm does.',
      pci: ['10.4.1', '10.4.2'],
      nist: ['AU-6'],
    },
    {
      who: 'platform engineer',
      every: 'P7D',
      severity: 'medium',
      remedy: 'Read logins of administrators, refusals of the firewall and changes of rights.',
    },
  ),
  checkedBy(
    {
      id: 'INCIDENT-5',
      practice: 10,
      statement: 'What failed while nobody was looking is kept until somebody looks.',
      pci: ['10.7.2', '10.7.3'],
      nist: ['SI-11', 'AU-5'],
    },
    functionFailuresKept,
  ),
];
