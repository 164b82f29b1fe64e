import { MaskingPolicy } from '../../lib';
import { maskTask } from '../../lib/data/handlers/masking/mask-task';
import { mysqlSession } from '../../lib/data/handlers/moving/mysql-session';
import { type SessionLogin } from '../../lib/data/handlers/moving/postgresql-session';
import { mysqlServer } from '../../lib/data/handlers/mysql-server';
import { timeFor } from '../support/data-move';
import { generatedOrders } from '../support/generated-shop';
import { MariadbServer } from '../support/mariadb';

/** Tables of WordPress and WooCommerce, with the columns that matter here and their lengths. */
const SHOP = `
  CREATE TABLE wp_users (ID bigint unsigned AUTO_INCREMENT PRIMARY KEY, user_login varchar(60) NOT NULL, user_pass varchar(255) NOT NULL,
    user_nicename varchar(50) NOT NULL, user_email varchar(100) NOT NULL, user_url varchar(100) NOT NULL,
    user_activation_key varchar(255) NOT NULL, display_name varchar(250) NOT NULL);
  CREATE TABLE wp_usermeta (umeta_id bigint unsigned AUTO_INCREMENT PRIMARY KEY, user_id bigint unsigned, meta_key varchar(255), meta_value longtext);
  CREATE TABLE wp_wc_orders (id bigint unsigned PRIMARY KEY, total_amount decimal(26,8), customer_id bigint unsigned, billing_email varchar(320),
    transaction_id varchar(100), ip_address varchar(100), user_agent text, customer_note text);
  CREATE TABLE wp_wc_order_addresses (id bigint unsigned AUTO_INCREMENT PRIMARY KEY, order_id bigint unsigned NOT NULL, address_type varchar(20),
    first_name text, last_name text, company text, address_1 text, address_2 text, city text, state text, postcode text, country text,
    email varchar(320), phone varchar(100));
  CREATE TABLE wp_wc_orders_meta (id bigint unsigned AUTO_INCREMENT PRIMARY KEY, order_id bigint unsigned, meta_key varchar(255), meta_value text);
  CREATE TABLE wp_options (option_id bigint unsigned PRIMARY KEY, option_name varchar(191), option_value longtext);
  CREATE TABLE wp_woocommerce_sessions (session_id bigint unsigned PRIMARY KEY, session_value longtext);
  CREATE TABLE wp_plugin (id int PRIMARY KEY, data longtext);
  INSERT INTO wp_options VALUES (1, 'admin_email', 'owner@acme.example');
  INSERT INTO wp_woocommerce_sessions VALUES (1, 'a:1:{s:5:"email";s:9:"a@b.example";}');
`;

const ORDERS = 5_000;

let mariadb: MariadbServer;
let mask: (
  policy: MaskingPolicy,
  steps?: number,
) => Promise<{ done: boolean; clean: boolean; findings: readonly object[] }>;
beforeAll(async () => {
  mariadb = await MariadbServer.start();
  const { host, port, certificate, master } = mariadb;
  await mariadb.query(`CREATE DATABASE my_shop CHARACTER SET utf8mb4; USE my_shop; ${SHOP}`);
  const text = (value: string): string => `'${value.replaceAll("'", "''")}'`;
  const rows: Record<string, string[]> = {
    users: [],
    usermeta: [],
    wc_orders: [],
    wc_order_addresses: [],
    wc_orders_meta: [],
  };
  for (const { id, email, given, family, phone, street, total } of generatedOrders(ORDERS)) {
    const address = text(`${id}.${email}`);
    rows.users?.push(
      `(${id}, ${text(`${given}${id}`)}, '$P$hash', ${text(`${family}-${id}`)}, ${address}, '', '', ${text(`${given} ${family}`)})`,
    );
    rows.usermeta?.push(
      `(NULL, ${id}, 'billing_phone', ${text(phone)})`,
      `(NULL, ${id}, 'first_name', ${text(given)})`,
      `(NULL, ${id}, 'wc_last_active', '1700000000')`,
    );
    rows.wc_orders?.push(
      `(${id}, ${total}, ${id}, ${address}, 'pi_${id}', '203.0.113.7', 'Mozilla/5.0', ${text(`Ring ${given}`)})`,
    );
    rows.wc_order_addresses?.push(
      `(NULL, ${id}, 'billing', ${text(given)}, ${text(family)}, '', ${text(street)}, '', 'Manila', 'NCR', '1000', 'PH', ${address}, ${text(phone)})`,
    );
    rows.wc_orders_meta?.push(`(NULL, ${id}, '_billing_address_index', ${text(`${given} ${family} ${email}`)})`);
  }
  for (const [table, values] of Object.entries(rows)) {
    await mariadb.query(`INSERT INTO my_shop.wp_${table} VALUES ${values.join(',')}`);
  }
  const login: SessionLogin = { host, port, database: 'my_shop', username: 'data_masking', password: 'for-this-test' };
  await mysqlServer({ host, readerHost: host, port, database: 'my_shop' }, master, {
    ca: certificate.certificate,
  }).asMaster(async (session) => {
    await session.declare([{ name: login.username, privileges: 'migrations', iam: false }]);
    await session.setPassword(login);
  });
  const handler = maskTask(() => mysqlSession(login, { ca: certificate.certificate }, true));
  mask = async (policy, steps = Infinity) =>
    (await handler({ plan: policy._render() }, timeFor(steps))) as Awaited<ReturnType<typeof mask>>;
}, 120_000);
afterAll(() => mariadb.stop());

test('a WooCommerce shop is masked as its policy says, in steps, and what a plugin kept is found', async () => {
  const before = await mariadb.query('SELECT user_email, display_name FROM my_shop.wp_users');
  const [somebody] = before as [{ user_email: string }];
  await mariadb.query(
    `INSERT INTO my_shop.wp_plugin VALUES (1, '{"for": "${somebody.user_email}"}'), (2, '{"phone": "(0917) 555"}')`,
  );
  const policy = MaskingPolicy.woocommerce();
  let answer = await mask(policy, 3);
  for (let steps = 0; !answer.done && steps < 50; steps++) {
    answer = await mask(policy, 3);
  }
  expect(answer).toMatchObject({
    done: true,
    clean: false,
    findings: [{ table: 'wp_plugin', column: 'data', kind: 'email', rows: 1 }],
  });
  expect(await mask(policy.with({ columns: [], emptied: ['wp_plugin'] }))).toMatchObject({ clean: true, findings: [] });

  const tables = [
    'users',
    'usermeta',
    'wc_orders',
    'wc_order_addresses',
    'wc_orders_meta',
    'options',
    'woocommerce_sessions',
  ];
  const after = JSON.stringify(
    await Promise.all(tables.map((table) => mariadb.query(`SELECT * FROM my_shop.wp_${table}`))),
  );
  const originals = before.flatMap((row) => [row.user_email as string, row.display_name as string]);
  expect(originals.filter((original) => after.includes(original))).toEqual([]);
  expect(after).toContain('owner@acme.example');
  expect(after).not.toMatch(/Mozilla|203\.0\.113|\$P\$|pi_1/);
  expect(
    await mariadb.query(
      'SELECT count(*) AS orders FROM my_shop.wp_wc_orders o JOIN my_shop.wp_users u ON u.user_email = o.billing_email AND u.ID = o.id',
    ),
  ).toEqual([{ orders: ORDERS }]);
  expect(await mariadb.query(`SHOW TABLES FROM my_shop LIKE 'cdk%'`)).toEqual([]);
}, 300_000);
