import { CONTROLS, rulesOf } from '../../../lib/compliance/catalogue';
import { RULES } from '../../../lib/compliance/rules';
import { PROTECTIONS } from '../../../lib/core/protection';

const ids = CONTROLS.map(({ id }) => id);

test('no two controls have one id, and no two rules one name', () => {
  expect(new Set(ids).size).toBe(ids.length);
  expect(new Set(RULES.map(({ name }) => name)).size).toBe(RULES.length);
});

test('every rule checks a control, and every rule that a control names exists', () => {
  const named = CONTROLS.flatMap(rulesOf);
  expect([...new Set(named)].sort()).toEqual(RULES.map(({ name }) => name).sort());
});

test('every protection that a waiver can drop is a control', () => {
  const protections = CONTROLS.flatMap((control) => control.protections);
  expect([...protections].sort()).toEqual(Object.keys(PROTECTIONS).sort());
});

test('every practice has controls', () => {
  expect(new Set(CONTROLS.map(({ practice }) => practice))).toEqual(new Set([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]));
});

test('no rule passes what a person attests, and each attestation says who and how often', () => {
  for (const { check } of CONTROLS) {
    expect(check.kind === 'rules' ? check.rules.length : 1).toBeGreaterThan(0);
    expect(check.kind === 'attestation' ? check.every : 'P1Y').toMatch(/^P\d+[DMY]$/);
    expect(check.kind === 'attestation' ? check.who : 'somebody').not.toBe('');
  }
});

test.each(CONTROLS.map((control) => [control.id, control] as const))(
  '%s names requirements as they are numbered',
  (_, control) => {
    expect(control.pci.length).toBeGreaterThan(0);
    expect(
      control.pci.filter((requirement) => !/^([1-9]|1[0-2])\.\d{1,2}\.\d{1,2}(\.\d{1,2})?$/.test(requirement)),
    ).toEqual([]);
    expect(control.nist.filter((each) => !/^[A-Z]{2}-\d{1,2}(\(\d{1,2}\))?$/.test(each))).toEqual([]);
    expect(control.cis.filter((each) => !/^[1-5]\.\d{1,2}(\.\d{1,2})?$/.test(each))).toEqual([]);
    expect(control.statement).toMatch(/^[A-Z].*\.$/);
    expect(control.remedy).toMatch(/^[A-Z].*\.$/);
  },
);

test.each(RULES.map((rule) => [rule.name, rule] as const))(
  '%s says in a sentence what holds and what to do',
  (name, rule) => {
    expect(name).toMatch(/^[a-z]+(-[a-z]+)+$/);
    expect(rule.statement).toMatch(/^[A-Z].*\.$/);
    expect(rule.fix).toMatch(/^[A-Z].*\.$/);
  },
);
