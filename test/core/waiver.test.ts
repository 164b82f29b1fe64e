import { Waiver } from '../../lib';
import { type BaselineError } from '../../lib/core/errors';

const options = { owner: 'platform@acme.example' };

function codesOf(action: () => unknown): readonly string[] {
  try {
    action();
    return [];
  } catch (error) {
    return (error as BaselineError).codes;
  }
}

test('keeps reason, owner, expiry and reference', () => {
  const given = { ...options, until: '2027-03-31', reference: 'SEC-142' };
  expect(Waiver.because('Shoppers in our market browse through VPNs', given)).toMatchObject({
    reason: 'Shoppers in our market browse through VPNs',
    ...given,
  });
});

test.each([
  ['too short to say why', 'because', options, ['WaiverReasonTooShort']],
  ['only spaces', ' '.repeat(40), options, ['WaiverReasonTooShort']],
  ['without an owner', 'Shoppers browse through VPNs', { owner: ' ' }, ['WaiverOwnerMissing']],
  [
    'until no day of the calendar',
    'Shoppers browse through VPNs',
    { ...options, until: '2027-02-30' },
    ['WaiverUntilNotADate'],
  ],
  [
    'until a day in another notation',
    'Shoppers browse through VPNs',
    { ...options, until: '31.3.2027' },
    ['WaiverUntilNotADate'],
  ],
  [
    'wrong in every way',
    '',
    { owner: '', until: 'soon' },
    ['WaiverReasonTooShort', 'WaiverOwnerMissing', 'WaiverUntilNotADate'],
  ],
])('refuses a waiver %s', (_, reason, given, codes) => {
  expect(codesOf(() => Waiver.because(reason, given))).toEqual(codes);
});

test('says what was given, what is allowed and what to do', () => {
  expect(() => Waiver.because('because', options)).toThrow(
    [
      'Waiver cannot be built:',
      '  - reason is "because"; it must be a sentence of at least 20 characters. Write why giving the protection up is acceptable here, as you would tell an auditor. [WaiverReasonTooShort]',
    ].join('\n'),
  );
});
