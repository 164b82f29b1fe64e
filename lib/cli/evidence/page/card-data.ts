import type { CardDataFlow, CardDataStep, Party } from '../model/card-data';
import type { Evidence } from '../model/evidence';
import { html, type Html } from './html';
import { chapter, mark, table } from './parts';

const PARTIES: Readonly<Record<Party, string>> = {
  browser: 'Shopper’s browser',
  shop: 'The shop, on AWS',
  gateway: 'Payment gateway',
};

/** Where the middle of each box is. */
const PLACES: Readonly<Record<Party, { readonly x: number; readonly y: number }>> = {
  browser: { x: 100, y: 50 },
  shop: { x: 100, y: 190 },
  gateway: { x: 420, y: 120 },
};

const BOX = { width: 170, height: 44 };

/** Where card data goes when somebody pays, store by store. */
export function cardDataChapter({ cardData }: Evidence): Html {
  return chapter(
    'card-data',
    'Where card data goes',
    html`<p>
      ${mark('designed')} Drawn from how each store declares that it takes payments. No template shows it: whether the
      shop’s pages are like that, a person has to attest.
    </p>`,
    cardData.length === 0 ? html`<p>No store declares how it takes payments.</p>` : cardData.map(flow),
  );
}

function flow({ store, integration, steps }: CardDataFlow, place: number): Html {
  if (integration === undefined || steps.length === 0) {
    return html`<p>${store} does not declare how it takes payments: all that it runs is to be taken as in scope.</p>`;
  }
  const passes = steps.some(({ from, to, holdsCardData }) => holdsCardData && (from === 'shop' || to === 'shop'));
  return html`<h3>${store}: ${integration}</h3>
    <p>
      ${
        passes
          ? 'Card data passes the shop: every part that it passes is in scope of PCI DSS.'
          : 'Card data does not pass the shop: it goes from the browser to the gateway.'
      }
    </p>
    <div class="scroll" tabindex="0" role="region" aria-label="Where card data of ${store} goes">
      ${picture(store, steps, place)}
    </div>
    ${table(
      `Every arrow of ${store}`,
      ['From', 'To', 'What', 'Card data'],
      steps.map(({ from, to, carries, holdsCardData }) => [
        PARTIES[from],
        PARTIES[to],
        carries,
        holdsCardData ? 'yes' : 'no',
      ]),
    )}`;
}

function picture(store: string, steps: readonly CardDataStep[], place: number): Html {
  const id = `card-data-${place}`;
  return html`<svg
    class="picture"
    viewBox="0 0 520 240"
    width="520"
    height="240"
    role="img"
    aria-labelledby="${id}-title ${id}-description"
  >
    <title id="${id}-title">Where card data of ${store} goes</title>
    <desc id="${id}-description">
      ${steps.length} arrows between browser, shop and gateway; thick ones carry card data. The table below names each.
    </desc>
    ${steps.map((step) => arrow(step, id))}${(Object.keys(PARTIES) as Party[]).map(box)}
    <defs>
      <marker
        id="${id}-tip"
        viewBox="0 0 8 8"
        refX="7"
        refY="4"
        markerUnits="userSpaceOnUse"
        markerWidth="9"
        markerHeight="9"
        orient="auto"
      >
        <path d="M0 0 8 4 0 8z" class="tip" />
      </marker>
    </defs>
  </svg>`;
}

function box(party: Party): Html {
  const { x, y } = PLACES[party];
  return html`<g
    ><rect
      class="box"
      x="${x - BOX.width / 2}"
      y="${y - BOX.height / 2}"
      width="${BOX.width}"
      height="${BOX.height}"
      rx="7"
    /><text class="box-what" text-anchor="middle" x="${x}" y="${y + 5}">${PARTIES[party]}</text></g
  >`;
}

/** From the edge of one box to the edge of the other. */
function arrow({ from, to, carries, holdsCardData }: CardDataStep, id: string): Html {
  const [start, end] = [PLACES[from], PLACES[to]];
  const isUpright = start.x === end.x;
  const side = Math.sign(isUpright ? end.y - start.y : end.x - start.x);
  const reach = side * (isUpright ? BOX.height : BOX.width) * 0.5;
  const path = isUpright
    ? `M${start.x} ${start.y + reach}L${end.x} ${end.y - reach}`
    : `M${start.x + reach} ${start.y}L${end.x - reach} ${end.y}`;
  const thickness = holdsCardData ? 'line line-card' : 'line';
  return html`<path class="${thickness}" d="${path}" marker-end="url(#${id}-tip)"><title>${carries}</title></path>`;
}
