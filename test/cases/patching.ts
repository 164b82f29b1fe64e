import { CriticalFix, Freeze, PatchCalendar } from '../../lib';
import { type ConstructCases } from '../support/cases';

export const patching: ConstructCases = {
  PatchCalendar: {
    minimal: (stack) => new PatchCalendar(stack, 'Calendar'),
    loaded: (stack) =>
      new PatchCalendar(stack, 'Calendar', {
        timeZone: 'Asia/Manila',
        freezes: [Freeze.between('2026-11-20', '2027-01-06', 'Christmas')],
        criticalFixes: [
          CriticalFix.on('2026-12-03', { because: 'CVE-2026-1234 is exploited', owner: 'platform@acme.example' }),
        ],
      }),
  },
};
