import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { CONTROLS } from '../../../lib/compliance/catalogue';
import { QUESTIONNAIRES, requirementsFor } from '../../../lib/compliance/pci-dss-401/questionnaires';
import { RequirementGroup } from '../../../lib/compliance/pci-dss-401/requirement';
import { REQUIREMENTS, requirementsOf } from '../../../lib/compliance/pci-dss-401/requirements';
import { PCI_DSS_401_RULES } from '../../../lib/compliance/pci-dss-401/rules';
import { PaymentIntegration } from '../../../lib/core/payment-integration';
import { groupCounts, pciDss401Page } from '../../../scripts/docs/pci-dss-401';
import { ROOT } from '../../support/documents';

const numbers = REQUIREMENTS.map(({ number }) => number);

test('there are 250 requirements, each once and in order, of which 16 are for service providers alone', () => {
  const sortKey = (number: string): string =>
    number
      .split('.')
      .map((part) => part.padStart(2, '0'))
      .join('.');
  expect(numbers).toHaveLength(250);
  expect([...new Set(numbers)].sort((a, b) => sortKey(a).localeCompare(sortKey(b)))).toEqual(numbers);
  expect(REQUIREMENTS.filter(({ serviceProvidersOnly }) => serviceProvidersOnly)).toHaveLength(16);
});

test('every principal requirement has as many as the standard', () => {
  const perPrincipal = Array.from({ length: 12 }, (_, place) =>
    numbers.filter((number) => number.startsWith(`${place + 1}.`)),
  );
  expect(perPrincipal.map(({ length }) => length)).toEqual([19, 11, 29, 6, 13, 19, 12, 29, 27, 27, 21, 37]);
});

test('every requirement says what remains and who has to do it', () => {
  expect(REQUIREMENTS.filter(({ remains, responsible }) => remains === '' || responsible.length === 0)).toEqual([]);
});

test('a requirement is checked here by the rules it names, and by none in the other groups', () => {
  const inconsistent = REQUIREMENTS.filter(
    ({ check }) => check.rules.length > 0 !== (check.group === RequirementGroup.CHECKED_HERE),
  );
  expect(inconsistent.map(({ number }) => number)).toEqual([]);
});

test('every rule that the table names is a rule of the pack, and the other way round', () => {
  const named = [...new Set(REQUIREMENTS.flatMap(({ check }) => check.rules))].sort();
  expect(PCI_DSS_401_RULES.map(({ name }) => name)).toEqual(named);
});

test('a rule answers the requirements that name it', () => {
  expect(requirementsOf('key-rotation')).toEqual(['3.7.4']);
  expect(requirementsOf('no-such-rule')).toEqual([]);
});

test('every number of the control catalogue is one of the table', () => {
  const unknown = CONTROLS.flatMap(({ id, pci }) => pci.map((number) => [id, number])).filter(
    ([, number = '']) => !numbers.includes(number),
  );
  expect(CONTROLS.flatMap(({ pci }) => pci).length).toBeGreaterThan(50);
  expect(unknown).toEqual([]);
});

describe('a questionnaire', () => {
  const asked = (payments: PaymentIntegration | undefined): string[] =>
    requirementsFor(payments).map(({ number }) => number);

  test('is SAQ A of January 2025 for a redirect and for an embedded form: 27 requirements, none about scripts', () => {
    expect(asked(PaymentIntegration.redirect())).toHaveLength(27);
    expect(asked(PaymentIntegration.embedded())).toEqual(asked(PaymentIntegration.redirect()));
    expect(asked(PaymentIntegration.redirect())).not.toEqual(expect.arrayContaining(['6.4.3']));
    expect(asked(PaymentIntegration.redirect())).not.toEqual(expect.arrayContaining(['11.6.1']));
    expect(asked(PaymentIntegration.redirect())).not.toEqual(expect.arrayContaining(['12.3.1']));
    expect(PaymentIntegration.embedded().scriptCriterion).toBe(true);
    expect(PaymentIntegration.redirect().scriptCriterion).toBe(false);
  });

  test('grows with what the shop touches: all of A is in A-EP, all of A-EP in D', () => {
    const [a, aEp, d] = [
      asked(PaymentIntegration.redirect()),
      asked(PaymentIntegration.ownFormToGateway()),
      asked(PaymentIntegration.ownFormToShop()),
    ];
    expect(aEp).toEqual(expect.arrayContaining(a));
    expect(d).toEqual(expect.arrayContaining(aEp));
    expect([aEp.length, d.length]).toEqual([139, 233]);
  });

  test('asks a merchant nothing that is for service providers alone', () => {
    const wrong = Object.values(QUESTIONNAIRES).flatMap(({ includes }) =>
      REQUIREMENTS.filter((each) => each.serviceProvidersOnly && includes(each)),
    );
    expect(wrong).toEqual([]);
  });

  test('of a shop that has declared nothing is everything', () => {
    expect(asked(undefined)).toEqual(numbers);
  });

  test('names two sources at least, or three where they had to be told apart', () => {
    const counts = Object.values(QUESTIONNAIRES).map(({ sources }) => new Set(sources).size);
    expect(counts).toEqual([4, 2, 3]);
  });

  test('asks a merchant of tracks, which a shop never sees, and of issuing nothing', () => {
    const d = asked(PaymentIntegration.ownFormToShop());
    expect(d).toContain('3.3.1.1');
    expect(d).not.toContain('3.3.3');
  });
});

describe('docs/PCI-DSS-4.0.1.md', () => {
  const page = readFileSync(path.join(ROOT, 'docs/PCI-DSS-4.0.1.md'), 'utf8');

  test('is what the table says', () => {
    expect(page).toBe(pciDss401Page());
  });

  test('never says that a requirement is done', () => {
    expect(page).not.toMatch(/\b(met|compliant|passed|fulfilled|satisfied)\b/i);
  });

  test('counts every group', () => {
    const counts = groupCounts();
    expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(250);
    expect(page).toContain(`| all | ${Object.values(counts).join(' | ')} | 250 |`);
  });
});
