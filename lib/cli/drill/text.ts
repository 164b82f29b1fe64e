import { MARKDOWN, TEXT, type PageStyle } from '../page-style';
import { markdown, plain } from '../plain-text';
import type { Runbook, Step } from './runbook';

/** How prose and code are shown. */
interface Shown extends PageStyle {
  readonly prose: (text: string) => string;
  readonly code: PageStyle['commands'];
}

/** The runbook for a terminal. */
export function renderText(runbook: Runbook): string {
  return render(runbook, { ...TEXT, prose: plain, code: TEXT.commands });
}

/** The runbook as a page. */
export function renderMarkdown(runbook: Runbook): string {
  const code: PageStyle['commands'] = (lines) => ['', '```ts', ...lines, '```', ''].join('\n');
  const title = `${runbook.title}: ${runbook.store}`;
  return `# ${markdown(title)}\n\n${render(runbook, { ...MARKDOWN, prose: markdown, code })}\n`;
}

const NOTE =
  'Names are those of the synthesised store. Nothing of this was tried in an account yet: rehearse it before the day. ' +
  'What stands in <angle brackets> comes from a step before, or from you.';

function render({ gone, steps }: Runbook, style: Shown): string {
  const inOrder = steps.map((step, index) => renderStep(step, index + 1, style));
  return [style.prose(`Lost for good: ${gone}`), style.prose(NOTE), ...inOrder].join('\n\n');
}

function renderStep({ title, write, commands, shows }: Step, number: number, style: Shown): string {
  return [
    style.heading(`${number}. ${style.prose(title)}`),
    ...(write === undefined ? [] : [style.code(write.split('\n'))]),
    ...(commands === undefined ? [] : [style.commands(commands)]),
    style.prose(`It worked: ${shows}`),
  ]
    .map((part) => part.replace(/^\n+|\n+$/g, ''))
    .join('\n\n');
}
