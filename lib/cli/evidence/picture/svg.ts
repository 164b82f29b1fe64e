import { html, type Html } from '../page/html';
import type { Drawing, DrawnNode } from './drawing';
import { BOX, laidOut, type Box, type Line } from './layout';
import { ZONES } from './zones';

/** Longest text that fits in a box, in characters. */
const LONGEST = 23;

/** `drawing` as a picture in a page. What it says stands in a table, too: the page links it. */
export function svgOf(drawing: Drawing): Html {
  const { width, height, boxes, zones, lines } = laidOut(drawing);
  const size = { width: Math.ceil(width), height: Math.ceil(height) };
  return html`<svg
    class="picture"
    viewBox="0 0 ${size.width} ${size.height}"
    width="${size.width}"
    height="${size.height}"
    role="img"
    aria-labelledby="picture-title picture-description"
  >
    <title id="picture-title">Architecture: what talks to what</title>
    <desc id="picture-description">
      ${drawing.nodes.length} parts and ${drawing.edges.length} connections, from visitors on the left to data on the
      right. The table below names each connection.
    </desc>
    <defs>
      <marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
        <path d="M0 0 8 4 0 8z" class="tip" />
      </marker>
    </defs>
    ${[...zones].map(([zone, box]) => frame(ZONES[zone], box, zone))} ${lines.map(arrow)}
    ${drawing.nodes.map((node) => boxOf(node, boxes.get(node.id)))}
  </svg>`;
}

function frame(title: string, { x, y, width, height }: Box, zone: string): Html {
  const [left, top] = [x - width / 2, y - height / 2];
  return html`<rect
      class="zone zone-${zone}"
      x="${at(left)}"
      y="${at(top)}"
      width="${at(width)}"
      height="${at(height)}"
      rx="10"
    /><text class="zone-title" x="${at(left + 10)}" y="${at(top + 15)}">${title}</text> `;
}

function boxOf({ what, name, zone }: DrawnNode, box: Box | undefined): Html | undefined {
  if (box === undefined) {
    return undefined;
  }
  const [left, top] = [box.x - BOX.width / 2, box.y - BOX.height / 2];
  return html`<g
    ><rect
      class="box box-${zone}"
      x="${at(left)}"
      y="${at(top)}"
      width="${BOX.width}"
      height="${BOX.height}"
      rx="7"
    /><text class="box-what" x="${at(left + 11)}" y="${at(top + 22)}">${what}</text
    ><text class="box-name" x="${at(left + 11)}" y="${at(top + 39)}">${clipped(name)}</text></g
  > `;
}

function arrow({ edge, points }: Line): Html {
  const path = points.map(({ x, y }, place) => `${place === 0 ? 'M' : 'L'}${at(x)} ${at(y)}`).join(' ');
  return html`<path class="line" d="${path}" marker-end="url(#tip)"><title>${edge.how.join(', ')}</title></path> `;
}

function at(place: number): string {
  return String(Math.round(place * 10) / 10);
}

function clipped(text: string): string {
  return text.length <= LONGEST ? text : `…${text.slice(1 - LONGEST)}`;
}
