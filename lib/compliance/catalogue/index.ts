import { type Control } from './control';
import { edge } from './edge';
import { storage } from './storage';

/** The control catalogue: every promise, who asks for it and how it is checked. */
export const CONTROLS: readonly Control[] = [...edge, ...storage];

/** The rules that check `control`; none for a control that a person attests. */
export function rulesOf({ check }: Control): readonly string[] {
  return check.kind === 'rules' ? check.rules : [];
}

export { type Control };
