import type { Evidence } from '../model/evidence';
import { svgOf } from '../picture/svg';
import { html, type Html } from './html';
import { chapter, code, counted, facts, folded, mark, table } from './parts';

/** What is in scope. */
export function scopeChapter({ scope }: Evidence): Html {
  const stacks = [...new Set(scope.map(({ stack }) => stack))];
  return chapter(
    'scope',
    'Scope: what there is',
    html`<p>
      ${mark('designed')} Every resource of every template. The kind of data is the tag
      <code>commerce-baseline:data-class</code>.
    </p>`,
    stacks.map((stack) => {
      const lines = scope.filter((line) => line.stack === stack);
      return folded(
        html`${code(stack)}
        ${counted(
          lines.reduce((sum, { count }) => sum + count, 0),
          'resource',
        )}`,
        table(
          `Resources of ${stack}`,
          ['Type', 'Kind of data', 'Number'],
          lines.map(({ type, dataClass, count }) => [code(type), dataClass ?? '–', count]),
        ),
      );
    }),
  );
}

/** Who has to do what. */
export function responsibilityChapter({ responsibility }: Evidence): Html {
  const { chosenBy, criterion, requirements } = responsibility;
  return chapter(
    'responsibility',
    'Responsibility: PCI DSS 4.0.1',
    html`<p>
      ${chosenBy} No row says that a requirement is met: it says which aspect is looked at, what remains, and who is
      responsible. The requirements are in our words; the standard’s text is the PCI SSC’s.
    </p>`,
    criterion === undefined ? undefined : html`<p>${criterion}</p>`,
    table(
      counted(requirements.length, 'requirement'),
      ['No.', 'What it asks for', 'Looked at', 'What remains', 'Responsible'],
      requirements.map(({ number, asks, check, remains, responsible }) => [
        number,
        asks,
        check.aspect === undefined ? check.group : html`<em>${check.group}:</em> ${check.aspect}`,
        remains,
        responsible.join(', '),
      ]),
    ),
  );
}

/** The picture, and the same as a table. */
export function architectureChapter({ drawing }: Evidence): Html {
  const names = new Map(drawing.nodes.map(({ id, what, name }) => [id, `${what}: ${name}`]));
  if (drawing.edges.length === 0) {
    return chapter('architecture', 'Architecture and data flow', html`<p>The templates show no connection.</p>`);
  }
  return chapter(
    'architecture',
    'Architecture and data flow',
    html`<p>
        ${mark('designed')} Drawn from security groups, routes, origins, target groups and references of the templates.
        A connection that no template shows, such as a call by a name, is not drawn.
      </p>
      <div class="scroll" tabindex="0" role="region" aria-label="Picture of the architecture">${svgOf(drawing)}</div> `,
    table(
      'Every connection of the picture',
      ['From', 'To', 'What', 'Shown by'],
      drawing.edges.map(({ from, to, how, shownBy }) => [
        names.get(from),
        names.get(to),
        how.join(', '),
        shownBy.join(', '),
      ]),
    ),
  );
}

/** Ciphers, protocols, certificates and keys. */
export function ciphersChapter({ ciphers }: Evidence): Html {
  const places = [...new Set(ciphers.map(({ where }) => where))];
  return chapter(
    'ciphers',
    'Ciphers, certificates and keys',
    html`<p>
      ${mark('designed')} The list that PCI DSS 12.3.3 asks for, as far as templates name it. Its yearly review, and the
      plan for the end of a cipher, are yours.
    </p>`,
    ciphers.length === 0
      ? html`<p>The templates name none.</p>`
      : table(
          counted(places.length, 'place'),
          ['Where', 'Construct', 'What the template says'],
          ciphers.map(({ where, constructPath, settings }) => [
            where,
            code(constructPath),
            settings.length === 0
              ? 'nothing: the default of AWS'
              : settings.map(([name, value]) => html`<span class="setting">${name}: ${code(value)}</span>`),
          ]),
        ),
  );
}

/** What it costs. */
export function costChapter({ cost }: Evidence): Html {
  const { stacks, sum, pricesOf, notCounted, unpriced } = cost;
  const usd = (figure: number): string => figure.toFixed(2);
  return chapter(
    'cost',
    'Cost',
    html`<p>
      ${mark('designed')} USD a month, by the price list of ${pricesOf}: idle, with 300 orders and 30,000 page views a
      day, and with ten times that. ${counted(notCounted.length, 'line')} and ${counted(unpriced.length, 'type')}
      without a price are in no sum; <code>commerce-baseline cost</code> lists them.
    </p>`,
    table(
      'By stack',
      ['Stack', 'Region', 'Idle', 'Busy', 'Ten times busier'],
      [
        ...stacks.map(({ stack, region, idle, normal, tenfold }) => [
          code(stack),
          region,
          usd(idle),
          usd(normal),
          usd(tenfold),
        ]),
        [
          html`<strong>Sum</strong>`,
          '',
          ...[sum.idle, sum.normal, sum.tenfold].map((each) => html`<strong>${usd(each)}</strong>`),
        ],
      ],
    ),
  );
}

/** By what the templates are known. */
export function templatesChapter({ cover: { templates } }: Evidence): Html {
  return chapter(
    'templates',
    'Templates',
    table(
      'By what each template is known',
      ['Stack', 'Account and Region', 'File', 'SHA-256'],
      templates.map(({ stack, account, region, file, sha256 }) => [
        code(stack),
        `${account}, ${region}`,
        code(file),
        code(sha256),
      ]),
    ),
    facts([['To check them', html`<code>sha256sum cdk.out/*.template.json</code>`]]),
  );
}
