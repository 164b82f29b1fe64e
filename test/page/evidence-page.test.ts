import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type AxeResults } from 'axe-core';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import medusa from '../../config/medusa';
import { assemblyOf } from '../support/assembly';
import { commandLine, smallAssembly } from '../support/check';
import { attestation, evidence, Folders, observation } from '../support/evidence';

const SCREENSHOTS = path.join(__dirname, '../../node_modules/.cache/page');

const WIDTHS = [360, 768, 1440];
const SCHEMES = ['light', 'dark'] as const;
const CASES = WIDTHS.flatMap((width) => SCHEMES.map((scheme) => ({ width, scheme })));

/** Chapters that a person looks at. */
const CHAPTERS = [
  'missing',
  'summary',
  'practice-1',
  'exceptions',
  'architecture',
  'card-data',
  'responsibility',
  'ciphers',
  'copies',
  'cost',
];

const folders = new Folders();
let browser: Browser;
let store: string;
let open: string;

beforeAll(async () => {
  mkdirSync(SCREENSHOTS, { recursive: true });
  browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  store = await writeStore();
  open = (await evidence(folders, smallAssembly())).bundle;
});

afterAll(async () => {
  await browser.close();
  folders.remove();
});

/** The evidence of the store in the largest tier, with a record of each kind. */
async function writeStore(): Promise<string> {
  const assembly = assemblyOf({ medusa });
  const bundle = folders.place();
  const records = {
    '--observed': { 'tls.json': observation() },
    '--attested': { 'test.json': attestation({ on: '2025-01-31' }), 'scan.json': attestation({ control: 'AUDIT-9' }) },
  };
  const words = Object.entries(records).flatMap(([option, files]) => [option, folders.with(files)]);
  await commandLine('evidence', assembly, '--out', bundle, ...words);
  rmSync(assembly, { recursive: true });
  return bundle;
}

/** Opens the page of `bundle`; whatever it asks for beside itself is in `asked`. */
async function opened(
  bundle: string,
  options: BrowserContextOptions = {},
): Promise<{ readonly page: Page; readonly asked: readonly string[] }> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const url = pathToFileURL(path.join(bundle, 'index.html')).href;
  const asked: string[] = [];
  page.on('request', (request) => void (request.url() === url || asked.push(request.url())));
  await page.goto(url);
  return { page, asked };
}

function at(width: number, colorScheme: (typeof SCHEMES)[number]): BrowserContextOptions {
  return { viewport: { width, height: 1200 }, colorScheme };
}

async function violationsOn(page: Page): Promise<string[]> {
  // The page's own policy forbids scripts; the context that axe runs in goes around it.
  await page.evaluate(readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8'));
  // What passed is thousands of elements, and nobody reads it.
  const violations = await page.evaluate<AxeResults['violations']>(
    `axe.run({ resultTypes: ['violations'] }).then(({ violations }) => violations)`,
  );
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

test.each(CASES)('axe has nothing to say at $width pixels, $scheme', async ({ width, scheme }) => {
  for (const bundle of [store, open]) {
    const { page } = await opened(bundle, { ...at(width, scheme), bypassCSP: true });
    expect(await violationsOn(page)).toEqual([]);
    await page.context().close();
  }
});

test.each(CASES)('the body does not scroll sideways at $width pixels, $scheme', async ({ width, scheme }) => {
  const { page, asked } = await opened(store, at(width, scheme));
  const wide = await page.evaluate<number>('document.documentElement.scrollWidth');
  expect(wide).toBe(width);
  for (const chapter of CHAPTERS) {
    await page.evaluate(`document.getElementById('${chapter}').scrollIntoView()`);
    await page.screenshot({ path: path.join(SCREENSHOTS, `${chapter}-${width}-${scheme}.png`) });
  }
  expect(asked).toEqual([]);
  await page.context().close();
});

test.each(WIDTHS)('no cell of the copies is cut, or lies over another, at %i pixels', async (width) => {
  const { page } = await opened(store, at(width, 'light'));
  const cells = await page.evaluate<readonly { name: string; needs: number; has: number }[]>(
    `[...document.querySelectorAll('[aria-labelledby=copies] td')].map((cell) => ({
      name: getComputedStyle(cell, '::before').content,
      needs: cell.scrollWidth,
      has: cell.clientWidth,
    }))`,
  );
  expect(cells.length).toBeGreaterThanOrEqual(24);
  expect(cells.filter(({ needs, has }) => needs > has)).toEqual([]);
  // Where the head of the table is gone, each cell has the name of its digit.
  const digits = ['Data', '3 copies', '2 kinds of storage', '1 off site', '1 unalterable', '0 errors'];
  expect(cells.slice(0, 6).map(({ name }) => name)).toEqual(
    digits.map((digit) => (width < 700 ? JSON.stringify(digit) : 'none')),
  );
  await page.context().close();
});

test('night is dark and day is light', async () => {
  const colours = await Promise.all(
    SCHEMES.map(async (scheme) => {
      const { page } = await opened(store, at(768, scheme));
      return page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
    }),
  );
  expect(colours).toEqual(['rgb(253, 252, 250)', 'rgb(20, 23, 27)']);
});

test('without scripts everything can be read, folded parts too', async () => {
  const { page } = await opened(store, { javaScriptEnabled: false });
  const folded = page.locator('details').first();
  await folded.locator('summary').click();
  await folded.locator('.folded').waitFor({ state: 'visible', timeout: 5000 });
  expect(await page.locator('h2').count()).toBeGreaterThan(15);
});

test('on paper nothing is folded away', async () => {
  const { page } = await opened(store);
  await page.emulateMedia({ media: 'print' });
  const hidden = await page.evaluate<number>(
    `[...document.querySelectorAll('.folded')].filter((part) => part.getBoundingClientRect().height === 0).length`,
  );
  expect(hidden).toBe(0);
});

test.each([
  ['architecture', 'Architecture: what talks to what', 11],
  ['card-data', 'Where card data of', 3],
] as const)(
  'the picture of %s has a text alternative, and a row for each of its arrows',
  async (chapter, name, least) => {
    const { page } = await opened(store);
    const section = page.locator(`section[aria-labelledby=${chapter}]`);
    expect(await section.getByRole('img', { name }).count()).toBe(1);
    const arrows = await section.locator('svg .line').count();
    expect(arrows).toBeGreaterThanOrEqual(least);
    expect(await section.locator('tbody tr').count()).toBe(arrows);
  },
);
