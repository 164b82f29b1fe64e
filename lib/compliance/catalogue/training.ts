import { attested, type Control } from './control';

/** Practice 6: training. */
export const training: readonly Control[] = [
  attested(
    {
      id: 'TRAINING-1',
      practice: 6,
      statement: 'Everybody who works with the shop has learnt what to watch for.',
      pci: ['12.6.1', '12.6.2', '12.6.3'],
      nist: ['AT-2', 'AT-3'],
    },
    {
      who: 'owner of the shop',
      every: 'P1Y',
      severity: 'medium',
      remedy: 'Hold the training, at the first day and every year, and note who took part.',
    },
  ),
  attested(
    {
      id: 'TRAINING-2',
      practice: 6,
      statement: 'Everybody knows phishing and how to say so.',
      pci: ['12.6.3.1', '5.4.1'],
      nist: ['AT-2(3)'],
    },
    {
      who: 'owner of the shop',
      every: 'P1Y',
      severity: 'medium',
      remedy: 'Add phishing and social engineering to the training.',
    },
  ),
  attested(
    {
      id: 'TRAINING-3',
      practice: 6,
      statement: 'Whoever writes the code of the shop knows how shops are attacked.',
      pci: ['6.2.2'],
      nist: ['AT-3', 'SA-16'],
    },
    {
      who: 'who maintains the shop',
      every: 'P1Y',
      severity: 'medium',
      remedy: 'Train developers in secure coding of the languages they use.',
    },
  ),
];
