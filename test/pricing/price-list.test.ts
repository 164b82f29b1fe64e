import { BASE_REGION, priceIn } from '../../lib/pricing/price';
import { priceNamed, PRICES, PRICES_OF } from '../../lib/pricing/price-list';

const rows = Object.entries(PRICES);

test.each(rows)('%s says what, of what, from where and since when', (_, price) => {
  expect(price.usd).toBeGreaterThan(0);
  expect(price.unit).not.toBe('');
  expect(price.source).toMatch(/^https:\/\/aws\.amazon\.com\/[a-z0-9/-]+\/pricing\/$/);
  // Only what is confirmed was read.
  expect(price.read).toBe(price.standing === 'confirmed' ? PRICES_OF : undefined);
});

test('a price of another Region differs by less than half from that of us-east-1, or somebody has mistyped it', () => {
  const odd = rows.flatMap(
    ([name, { usd, elsewhere = {} }]: (typeof rows)[number] & [string, { elsewhere?: object }]) =>
      Object.values(elsewhere as Record<string, number>)
        .filter((other) => other < usd || other > 1.5 * usd)
        .map(() => name),
  );
  expect(odd).toEqual([]);
});

test('a Region of which a price is known has its own, another has that of us-east-1 and says so', () => {
  expect(priceIn(PRICES.natGateway, 'ap-southeast-1')).toEqual({ usd: 0.059, region: 'ap-southeast-1' });
  expect(priceIn(PRICES.natGateway, 'sa-east-1')).toEqual({ usd: 0.045, region: BASE_REGION });
});

test('what costs the same everywhere is borrowed from nowhere', () => {
  expect(priceIn(PRICES.key, 'sa-east-1')).toEqual({ usd: 1, region: 'sa-east-1' });
});

test('there is no price for a name of the language', () => {
  expect(priceNamed('constructor')).toBeUndefined();
  expect(priceNamed('valkey cache.t4g.micro')).toBe('valkey cache.t4g.micro');
});
