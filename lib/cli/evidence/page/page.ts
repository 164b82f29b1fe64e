import type { Evidence } from '../model/evidence';
import {
  architectureChapter,
  ciphersChapter,
  costChapter,
  responsibilityChapter,
  scopeChapter,
  templatesChapter,
} from './assessor';
import { cardDataChapter } from './card-data';
import { practiceChapter } from './control';
import { copiesChapter } from './copies';
import { html, Html } from './html';
import { cover, missingChapter, summaryChapter } from './opening';
import { recordsChapter } from './records';
import { STYLE } from './style';
import { exceptionsChapter } from './waivers';

const CONTENTS = [
  ['missing', 'Not available for this shop'],
  ['summary', 'Summary'],
  ['practice-1', 'Controls by practice'],
  ['exceptions', 'Exceptions and ends'],
  ['scope', 'Scope'],
  ['architecture', 'Architecture and data flow'],
  ['card-data', 'Where card data goes'],
  ['responsibility', 'Responsibility'],
  ['ciphers', 'Ciphers, certificates and keys'],
  ['copies', 'Copies of the data'],
  ['cost', 'Cost'],
  ['records', 'Records'],
  ['templates', 'Templates'],
] as const;

/** Forbids a browser to fetch anything: the page holds all it needs, and no script. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** The page of `evidence`: one file that needs nothing else. */
export function pageOf(evidence: Evidence): string {
  const { title, day } = evidence.cover;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${new Html(POLICY)}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>Evidence of ${day}: ${title}</title>
        <style>
          ${new Html(STYLE)}
        </style>
      </head>
      <body>
        <a class="skip" href="#missing">Skip to the statements</a>
        <div class="sheet">
          ${cover(evidence)}
          <nav aria-label="Contents">
            <ol>
              ${CONTENTS.map(([id, name]) => html`<li><a href="#${id}">${name}</a></li>`)}
            </ol>
          </nav>
          <main>
            ${missingChapter(evidence)}${summaryChapter(evidence)}${evidence.practices.map(practiceChapter)}${exceptionsChapter(evidence)}${scopeChapter(evidence)}${architectureChapter(evidence)}${cardDataChapter(evidence)}${responsibilityChapter(evidence)}${ciphersChapter(evidence)}${copiesChapter(evidence)}${costChapter(evidence)}${recordsChapter(evidence)}${templatesChapter(evidence)}
          </main>
          <footer>
            <p>
              Computed from templates by cdk-commerce-baseline ${evidence.cover.tool}. The file
              <code>manifest.json</code> beside this page names every file of the bundle by its SHA-256;
              <code>commerce-baseline evidence --verify</code> compares them.
            </p>
          </footer>
        </div>
      </body>
    </html> `.text;
}
