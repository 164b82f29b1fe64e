import { WordPressShop } from '../support/wordpress-shop';

/** What a script of test/runtime/woocommerce says about one test of its own. */
interface Result {
  readonly name: string;
  readonly wrong: string | null;
}

let shop: WordPressShop;
beforeAll(async () => {
  shop = await WordPressShop.start();
  shop.php('install.php', 'shop_migrations');
}, 120_000);
afterAll(() => shop.stop());

const SCRIPTS = [
  'totp.php',
  'passwords.php',
  'lockout.php',
  'second-factor.php',
  'idle-timeout.php',
  'mail.php',
  'orders.php',
  'content-policy.php',
  'entrances.php',
  'static-image.php',
];

test.each(SCRIPTS)(
  'what %s says of the plugin is true',
  (script) => {
    const printed = shop.php(script).trim().split('\n');
    const results = printed.map((line) => JSON.parse(line) as Result);
    expect(results.length).toBeGreaterThan(2);
    expect(results.filter(({ wrong }) => wrong !== null)).toEqual([]);
  },
  60_000,
);
