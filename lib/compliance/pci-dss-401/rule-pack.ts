import { type RulePack } from '../rule-pack';
import { requirementsOf } from './requirements';
import { PCI_DSS_401_RULES } from './rules';

/** The pack of PCI DSS 4.0.1: a rule for each aspect of a requirement that a template shows. */
export const PCI_DSS_401: RulePack = {
  name: 'PCI.DSS.401',
  rules: PCI_DSS_401_RULES,
  answers: requirementsOf,
};
