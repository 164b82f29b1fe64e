import { CONTROLS, rulesOf } from './catalogue';
import { type RulePack } from './rule-pack';
import { RULES } from './rules';

/** The pack of the control catalogue: every rule that a control is checked by. */
export const COMMERCE_BASELINE: RulePack = {
  name: 'CommerceBaseline',
  rules: RULES,
  answers: (rule) => CONTROLS.filter((control) => rulesOf(control).includes(rule)).map(({ id }) => id),
};
