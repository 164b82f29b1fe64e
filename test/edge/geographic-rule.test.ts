import { GeographicRule } from '../../lib';
import { isCountryCode } from '../../lib/edge/country-codes';
import { building, rulesWith } from '../support/firewall';
import { evaluate } from '../support/web-acl';

const page = { method: 'GET', path: '/' };

test('takes more countries than fit into one statement', () => {
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  const all = letters.flatMap((one) => letters.map((other) => `${one}${other}`)).filter(isCountryCode);
  const sixty = all.slice(0, 60);
  const rules = rulesWith({ geography: GeographicRule.only(...sixty) });
  const refused = all.filter((country) => evaluate(rules, page, { country }).refused !== undefined);
  expect(all).toHaveLength(250);
  expect(refused).toEqual(all.slice(60));
});

test.each([['UK'], ['ph'], ['PHL'], ['EU'], ['']])('refuses %j, which is no country', (code) => {
  expect(building({ geography: GeographicRule.allExcept('PH', code) })).toThrow(
    new RegExp(`geography is \\["${code}"\\]; it must name countries by their two-letter codes.*\\[CountryUnknown\\]`),
  );
});

test('refuses a rule without countries', () => {
  expect(building({ geography: GeographicRule.only() })).toThrow('[CountryUnknown]');
});
