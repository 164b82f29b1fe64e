import { html, type Content, type Html } from './html';

/** How somebody knows what a statement says. */
export type Kind = 'designed' | 'observed' | 'attested';

/** The mark of a statement. */
export function mark(kind: Kind): Html {
  return html`<span class="mark mark-${kind}">${kind}</span>`;
}

/** A word on how something stands; its tone is never the only sign. */
export function badge(tone: 'good' | 'bad' | 'doubtful' | 'neutral', text: string): Html {
  return html`<span class="badge badge-${tone}">${text}</span>`;
}

/** A chapter, with its heading. */
export function chapter(id: string, title: string, ...contents: readonly Content[]): Html {
  return html`<section class="chapter" aria-labelledby="${id}">
    <h2 id="${id}">${title}</h2>
    ${contents}
  </section> `;
}

/** A table that becomes a list of cards on a narrow screen: each cell knows the name of its column. */
export function table(caption: string, head: readonly string[], rows: readonly (readonly Content[])[]): Html {
  return html`<table role="table">
    <caption>
      ${caption}
    </caption>
    <thead role="rowgroup">
      <tr role="row">
        ${head.map((name) => html`<th role="columnheader" scope="col">${name}</th>`)}
      </tr>
    </thead>
    <tbody role="rowgroup">
      ${rows.map(
        (cells) =>
          html`<tr role="row">
            ${cells.map((cell, place) => cellOf(head[place], cell))}
          </tr> `,
      )}
    </tbody>
  </table> `;
}

function cellOf(name: string, content: Content): Html {
  return html`<td role="cell" data-name="${name}"><div>${content}</div></td>`;
}

/** Something that most readers skip: folded on a screen, whole on paper. */
export function folded(summary: Content, ...contents: readonly Content[]): Html {
  return html`<details>
    <summary>${summary}</summary>
    <div class="folded">${contents}</div>
  </details> `;
}

/** A list of construct paths, file names and other words of machines. */
export function codes(texts: readonly string[]): Html {
  return html`<ul class="codes">
    ${texts.map((text) => html`<li><code>${text}</code></li>`)}
  </ul>`;
}

/** A word of a machine. */
export function code(text: string | undefined): Html | undefined {
  return text === undefined || text === '' ? undefined : html`<code>${text}</code>`;
}

/** Facts, each under its name. */
export function facts(entries: readonly (readonly [name: string, value: Content])[]): Html {
  return html`<dl>
    ${entries.map(
      ([name, value]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl> `;
}

/** `3 findings`, `1 finding`. */
export function counted(count: number, noun: string, several = `${noun}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? noun : several}`;
}
