import { type Control } from './control';
import { access } from './access';
import { audit } from './audit';
import { edge } from './edge';
import { encryption } from './encryption';
import { identity } from './identity';
import { incident } from './incident';
import { network } from './network';
import { patching } from './patching';
import { privacy } from './privacy';
import { recovery } from './recovery';
import { storage } from './storage';
import { training } from './training';
import { vendors } from './vendors';

/** The control catalogue: every promise, who asks for it and how it is checked; in the order of the practices. */
export const CONTROLS: readonly Control[] = [
  ...edge,
  ...identity,
  ...patching,
  ...encryption,
  ...storage,
  ...recovery,
  ...network,
  ...access,
  ...training,
  ...privacy,
  ...audit,
  ...vendors,
  ...incident,
];

/** The rules that check `control`; none for a control that a person attests. */
export function rulesOf({ check }: Control): readonly string[] {
  return check.kind === 'rules' ? check.rules : [];
}

export { type Control };
