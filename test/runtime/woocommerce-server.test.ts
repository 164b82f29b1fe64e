import { mkdirSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { selfSignedCertificate } from '../support/certificate';
import { type Answer } from '../support/http';
import { totp } from '../support/totp';
import { WordPressShop } from '../support/wordpress-shop';

const PROGRAM = `<?php echo 'exe' . 'cuted';`;

let shop: WordPressShop;
beforeAll(async () => {
  shop = await WordPressShop.start();
  shop.php('install.php', 'shop_migrations');
  shop.php('people.php');
  upload(
    ...[
      'shell.php',
      'shell.PHP',
      'shell.pHp7',
      'shell.phtml',
      'shell.phar',
      'shell.phps',
      'shell.php.jpg',
      'shell.php~',
    ],
    ...['shell.inc', '2026/11/shell.php', 'picture.jpg', 'page.html', 'index.php', 'woocommerce_uploads/book.pdf'],
    ...['wc-logs/payments-2026.log'],
  );
  write('.htaccess', 'AddHandler application/x-httpd-php .jpg\nphp_flag engine on\nRequire all granted\n');
  await shop.serve();
}, 180_000);
afterAll(() => shop.stop());

function upload(...names: readonly string[]): void {
  names.forEach((name) => write(name, PROGRAM));
}

function write(name: string, text: string): void {
  const file = path.join(shop.uploads, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

describe('an upload', () => {
  test.each([
    ...[
      'shell.php',
      'shell.PHP',
      'shell.pHp7',
      'shell.phtml',
      'shell.phar',
      'shell.phps',
      'shell.php.jpg',
      'shell.php~',
    ],
    ...['shell.inc', '2026/11/shell.php', 'index.php', ''],
    ...[
      'shell.php/',
      'shell.php/x',
      'shell.php/x.css',
      'shell.php?x=1',
      'shell%2Ephp',
      '%73hell.php',
      'shell.php%00.jpg',
    ],
    ...['shell.php%20', 'shell.php.', 'shell.php%2F', 'shell.php;.jpg', './shell.php', 'x/../shell.php', '/shell.php'],
    ...['picture.jpg/x.php', 'picture.jpg/shell.php', 'picture.jpg%00.php', '../uploads/shell.php', '.htaccess'],
  ])('at %j is neither run nor shown, if it could be a program', async (name) => {
    const { status, body } = await shop.ask(`/wp-content/uploads/${name}`);
    expect([400, 403, 404]).toContain(status);
    expect(body).not.toMatch(/executed|<\?php|AddHandler/);
  });

  test('is shown as it is, if it is a picture, whatever settings were uploaded with it', async () => {
    const { status, headers, body } = await shop.ask('/wp-content/uploads/picture.jpg');
    expect([status, headers['content-type'], body]).toEqual([200, 'image/jpeg', PROGRAM]);
    expect(headers['cache-control']).toBe('public, max-age=3600');
  });

  test('runs nothing in a browser either', async () => {
    const { headers } = await shop.ask('/wp-content/uploads/page.html');
    expect(headers['content-security-policy']).toMatch(/^default-src 'none';/);
  });

  test.each(['woocommerce_uploads/book.pdf', 'WooCommerce_Uploads/book.pdf', 'wc-logs/payments-2026.log', 'wc-logs/'])(
    'at %s is for the shop alone',
    async (name) => {
      expect((await shop.ask(`/wp-content/uploads/${name}`)).body).not.toContain('cuted');
      expect([403, 404]).toContain((await shop.ask(`/wp-content/uploads/${name}`)).status);
    },
  );
});

describe('a program', () => {
  test.each([
    ...['/xmlrpc.php', '/XMLRPC.php', '//xmlrpc.php', '/xmlrpc.php/x', '/%78mlrpc.php', '/wp-cron.php', '/wp-mail.php'],
    ...[
      '/wp-trackback.php',
      '/wp-links-opml.php',
      '/wp-signup.php',
      '/wp-activate.php',
      '/wp-settings.php',
      '/wp-load.php',
    ],
    ...['/wp-config.php', '/wp-admin/install.php', '/wp-admin/setup-config.php', '/wp-admin/upgrade.php'],
    ...[
      '/wp-admin/maint/repair.php',
      '/wp-admin/includes/file.php',
      '/wp-includes/version.php',
      '/wp-includes/load.php',
    ],
    ...['/wp-content/db.php', '/wp-content/mu-plugins/commerce-baseline.php', '/wp-content/themes/plain/index.php'],
    ...['/wp-login.php/x', '/wp-admin/admin-ajax.php/x', '/index.php/wp-json/', '/index.php/', '/Index.php/wp-json/'],
  ])('that no visitor calls is closed: %s', async (target) => {
    const { status, body } = await shop.ask(target, { form: { x: '1' } });
    expect([403, 404]).toContain(status);
    expect(body).not.toMatch(/<\?php|methodResponse|rest_route|namespaces/);
  });

  test.each(['/readme.html', '/license.txt', '/wp-content/plugins/x/readme.txt', '/.git/config', '/composer.json'])(
    'is not betrayed by %s',
    async (target) => {
      const { status, body } = await shop.ask(target);
      expect([403, 404]).toContain(status);
      expect(body).not.toMatch(/Version|GNU/);
    },
  );
});

describe('the shop', () => {
  test('serves files of the image, and a missing one is no page', async () => {
    const found = await shop.ask('/wp-includes/css/dashicons.min.css');
    expect([found.status, found.headers['content-type']]).toEqual([200, 'text/css']);
    const missing = await shop.ask('/wp-content/themes/plain/missing.css');
    expect([missing.status, missing.body.includes('wp-')]).toEqual([404, false]);
  });

  test('serves pages, whose scripts carry the nonce of their policy, a new one each time', async () => {
    const nonces: string[] = [];
    for (const target of ['/', '/a-page-that-is-not-there/']) {
      const { headers, body } = await shop.ask(target);
      const [, nonce = ''] = /'nonce-([^']+)'/.exec(String(headers['content-security-policy'])) ?? [];
      expect(nonce).toHaveLength(24);
      expect(body).toContain('</html>');
      nonces.push(nonce);
    }
    expect(new Set(nonces).size).toBe(2);
  });

  test('answers programs below /wp-json, and by no other way', async () => {
    const answers = await Promise.all(
      ['/wp-json/', '/?rest_route=/', '/?rest.route=/wp/v2/posts'].map((target) => shop.ask(target)),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 400, 400]);
    expect(answers[1]?.body).toBe('This request was refused.');
    expect((await shop.ask('/', { form: { rest_route: '/' } })).status).toBe(400);
  });

  test('says nothing about itself', async () => {
    const { headers } = await shop.ask('/');
    expect([headers.server, headers['x-powered-by']]).toEqual(['Apache', undefined]);
    expect((await shop.ask('/', { method: 'TRACE' })).status).toBe(405);
  });

  test.each([
    ['/wp-admin', 'https://shop.acme.example/wp-admin/'],
    ['/wp-admin/', 'https://shop.acme.example/wp-login.php?'],
  ])('leads from %s to an address of the visitor', async (target, to) => {
    const { status, headers } = await shop.ask(target);
    expect([301, 302]).toContain(status);
    expect(headers.location?.slice(0, to.length)).toBe(to);
  });

  test('is well without a database', async () => {
    expect((await shop.ask('/shop-health.php')).body).toBe('well');
  });
});

describe('staff', () => {
  const PASSWORD = 'password of the manager 1';
  let first: Cookies;
  let second: Cookies;
  let secret = '';

  test('who have no second factor yet are led to it from everywhere', async () => {
    first = await logIn('manager', PASSWORD);
    second = await logIn('manager', PASSWORD);
    for (const target of ['/wp-admin/', '/wp-admin/users.php', '/wp-admin/options-general.php']) {
      const { status, headers } = await shop.ask(target, { headers: first.header });
      expect([status, headers.location]).toEqual([
        302,
        'https://shop.acme.example/wp-admin/admin.php?page=second-factor',
      ]);
    }
    const users = await shop.ask('/wp-json/wp/v2/users?context=edit', { headers: await withNonce(first) });
    expect([401, 403]).toContain(users.status);
  });

  test('enrol with a code, and are in', async () => {
    const page = await shop.ask('/wp-admin/admin.php?page=second-factor', { headers: first.header });
    secret = /otpauth:[^"]*secret=([A-Z2-7]{32})/.exec(page.body)?.[1] ?? '';
    const wrong = await enrol(page, '000000');
    expect(wrong.body).toContain('This code is wrong');
    const done = await enrol(page, totp(secret));
    expect(done.body.match(/<li><code>[A-Z2-7-]{19}<\/code>/g)).toHaveLength(10);
    expect((await shop.ask('/wp-admin/', { headers: first.header })).status).toBe(200);
  });

  test('have nothing from a session that showed no code, whichever of its cookies come', async () => {
    const dashboard = second.only('wordpress_sec_shop');
    for (const headers of [second.header, dashboard]) {
      const { status, headers: answered } = await shop.ask('/wp-admin/', { headers });
      expect([status, answered.location]).toEqual([302, expect.stringContaining('second-factor')]);
      const ajax = await shop.ask('/wp-admin/admin-ajax.php?action=logged-in-test', { headers });
      expect(ajax.status).toBe(400);
      expect((await shop.ask('/wp-admin/export.php?download', { headers })).status).toBe(302);
    }
  });

  test('are not let in by the password alone, nor by a code that was used', async () => {
    for (const code of ['', totp(secret)]) {
      const { status, body } = await shop.ask('/wp-login.php', {
        form: { log: 'manager', pwd: PASSWORD, second_factor: code },
      });
      expect([status, body.includes('Name, password or code is wrong')]).toEqual([200, true]);
    }
  });

  test('may have scripts in the dashboard, from named hosts and in its pages', async () => {
    const { headers } = await shop.ask('/wp-admin/', { headers: first.header });
    expect(headers['content-security-policy']).toContain("script-src 'self' https://js.stripe.com 'unsafe-inline'");
  });

  async function enrol(page: Answer, code: string): Promise<Answer> {
    const name = 'commerce-baseline-second-factor';
    const nonce = new RegExp(`name="${name}" value="([0-9a-f]+)"`).exec(page.body)?.[1] ?? '';
    return shop.ask('/wp-admin/admin.php?page=second-factor', {
      headers: first.header,
      form: { [name]: nonce, second_factor: code },
    });
  }
});

test('a customer logs in with a password, and finds no dashboard', async () => {
  const cookies = await logIn('customer', 'password of the customer 1');
  const { status } = await shop.ask('/wp-admin/users.php', { headers: cookies.header });
  expect(status).toBe(403);
});

test.each([
  ['somebody else', 'localhost'],
  ['itself, signed by a stranger', '127.0.0.1'],
])(
  'does not speak to a database that says it is %s',
  async (_, name) => {
    const trusted = await selfSignedCertificate('127.0.0.1');
    const shown = await selfSignedCertificate(name);
    // The name is wrong under a trusted authority, or the name is right under another.
    await shop.present(shown, name === '127.0.0.1' ? trusted : shown);
    const { status, body } = await shop.ask('/');
    expect([status, body.includes('Error establishing a database connection')]).toEqual([500, true]);
    expect(await shop.logged('db.php: no connection to the database')).toBe(true);
    await shop.present(trusted);
    expect((await shop.ask('/')).status).toBe(200);
  },
  30_000,
);

/** What a browser keeps of a login. */
class Cookies {
  public constructor(private readonly pairs: readonly string[]) {}

  public get header(): Record<string, string> {
    return { cookie: this.pairs.join('; ') };
  }

  public only(name: string): Record<string, string> {
    return { cookie: this.pairs.filter((pair) => pair.startsWith(`${name}=`)).join('; ') };
  }
}

async function logIn(log: string, pwd: string): Promise<Cookies> {
  const { status, headers } = await shop.ask('/wp-login.php', { form: { log, pwd } });
  expect(status).toBe(302);
  return new Cookies((headers['set-cookie'] ?? []).map((cookie) => cookie.split(';')[0] ?? ''));
}

/** What the dashboard sends with its own calls of the REST API. */
async function withNonce(cookies: Cookies): Promise<Record<string, string>> {
  const { body } = await shop.ask('/wp-admin/admin-ajax.php?action=rest-nonce', { headers: cookies.header });
  return { ...cookies.header, 'x-wp-nonce': body };
}
