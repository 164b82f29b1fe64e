import type { CopiesLine } from '../model/copies';
import type { Digit, Standing } from '../model/digit';
import type { Evidence } from '../model/evidence';
import { html, type Html } from './html';
import { badge, chapter, code, mark, table } from './parts';

const TONES: Readonly<Record<Standing, Parameters<typeof badge>[0]>> = {
  yes: 'good',
  'in part': 'doubtful',
  'cannot tell': 'neutral',
  no: 'bad',
};

/** Where the copies of everything that holds data lie, counted as 3-2-1-1-0. */
export function copiesChapter({ copies }: Evidence): Html {
  const classes = [...new Set(copies.map(({ dataClass }) => dataClass))].sort();
  return chapter(
    'copies',
    'Copies of the data',
    html`<p>
      ${mark('designed')} Counted as 3-2-1-1-0. What is “in part” somebody can undo, or nobody looks at. “Cannot tell”
      is decided by a parameter, or in a vault of another app. Replicas do not count: they repeat a deletion. Which gap
      has to be closed, the controls of practice 5 say.
    </p>`,
    copies.length === 0
      ? html`<p>The templates make nothing that holds data.</p>`
      : classes.map((dataClass) => tableOf(dataClass, copies)),
  );
}

function tableOf(dataClass: string | undefined, copies: readonly CopiesLine[]): Html {
  const name = dataClass ?? 'data of no declared kind';
  return html`<h3>${name}</h3>
    ${table(
      `Copies of ${name}`,
      ['Data', '3 copies', '2 kinds of storage', '1 off site', '1 unalterable', '0 errors'],
      copies
        .filter((line) => line.dataClass === dataClass)
        .map(({ constructPath, type, ...line }) => [
          html`${code(constructPath)} ${type}`,
          ...[line.copies, line.storage, line.offsite, line.locked, line.restored].map(digit),
        ]),
    )}`;
}

function digit({ standing, says }: Digit): Html {
  const items = says.map((each) => html`<li>${each}</li>`);
  return html`${badge(TONES[standing], standing)}${
    items.length === 0
      ? undefined
      : html`<ul class="says">
          ${items}
        </ul>`
  }`;
}
