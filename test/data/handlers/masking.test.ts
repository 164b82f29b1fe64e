import { maskTask } from '../../../lib/data/handlers/masking/mask-task';
import { type Finding } from '../../../lib/data/handlers/masking/mask-register';
import { postgresqlSession } from '../../../lib/data/handlers/moving/postgresql-session';
import { KeptText, MaskedColumn, MaskingPolicy } from '../../../lib';
import { declareLoader, timeFor } from '../../support/data-move';
import { generatedOrders } from '../../support/generated-shop';
import { RdsPostgresql } from '../../support/rds-postgresql';

let rds: RdsPostgresql;
let mask: ReturnType<typeof maskTask>;
beforeAll(async () => {
  rds = await RdsPostgresql.start();
}, 60_000);
afterAll(() => rds.stop());

const CUSTOMERS = 60;

const SHOP = `
  CREATE TABLE customer (id text PRIMARY KEY, email text UNIQUE, first_name text, last_name text, phone varchar(40), metadata jsonb);
  CREATE TABLE cart (id int PRIMARY KEY, email text, note text NOT NULL, payment jsonb NOT NULL);
  CREATE TABLE meta (id int PRIMARY KEY, user_id text, meta_key text, meta_value text);
  CREATE TABLE session (id int PRIMARY KEY, data text);
  CREATE TABLE product (id int PRIMARY KEY, title text, tags text[]);
  CREATE TABLE setting (id int PRIMARY KEY, value text);
  INSERT INTO product VALUES (1, 'Maria cookies', '{sweet,"very sweet"}'), (2, 'Olga 917 000 0000 table', NULL);
  INSERT INTO setting VALUES (1, 'shop@acme.example');
  INSERT INTO session VALUES (1, 'somebody@elsewhere.example');
`;

beforeEach(async () => {
  await rds.reset();
  const login = await declareLoader(rds);
  mask = maskTask(() => postgresqlSession(login, { ca: rds.server.certificate }));
  const as = { user: login.username, password: login.password };
  const text = (value: string): string => `'${value.replaceAll("'", "''")}'`;
  const people = [...generatedOrders(CUSTOMERS)].map((order) => ({ ...order, email: `${order.id}.${order.email}` }));
  const customers = people.map(
    ({ id, email, given, family, phone }) =>
      `(${text(`cus_${id}`)}, ${text(email)}, ${text(given)}, ${text(family)}, ${text(phone)}, ${text(JSON.stringify({ note: `${given} ${family}` }))})`,
  );
  const carts = people.map(({ id, email }) => `(${id}, ${text(email.toUpperCase())}, '', '{}')`);
  const meta = people.map(
    ({ id, given }) => `(${id}, 'cus_${id}', ${id % 2 ? "'first_name', " + text(given) : "'theme', 'dark'"})`,
  );
  await rds.query(
    [
      SHOP,
      `INSERT INTO customer VALUES ${customers.join(',')}`,
      `INSERT INTO cart VALUES ${carts.join(',')}`,
      `INSERT INTO meta VALUES ${meta.join(',')}`,
    ].join(';'),
    as,
  );
}, 30_000);

const POLICY = MaskingPolicy.of({
  columns: [
    MaskedColumn.email('customer', 'email'),
    MaskedColumn.name('customer', 'first_name'),
    MaskedColumn.name('customer', 'last_name'),
    MaskedColumn.phone('public.customer', 'phone'),
    MaskedColumn.removed('customer', 'metadata'),
    MaskedColumn.email('cart', 'email'),
    MaskedColumn.freeText('cart', 'note'),
    MaskedColumn.removed('cart', 'payment'),
    MaskedColumn.name('meta', 'meta_value').whereKey('meta_key', ['first_name', 'last_name']),
    MaskedColumn.email('not_installed', 'email'),
  ],
  emptied: ['session'],
  kept: [KeptText.table('product', 'The catalogue'), KeptText.column('setting', 'value', 'Settings of the shop')],
});

interface Answer {
  readonly done: boolean;
  readonly clean: boolean;
  readonly rows: number;
  readonly findings: readonly Finding[];
}

const run = async (steps = Infinity, policy = POLICY): Promise<Answer> =>
  (await mask({ plan: policy._render() }, timeFor(steps))) as Answer;

/** Everything that the database holds, as text. */
async function everything(): Promise<string> {
  const tables = ['customer', 'cart', 'meta', 'session', 'product', 'setting'];
  const rows = await Promise.all(tables.map((table) => rds.query(`SELECT * FROM ${table}`)));
  return JSON.stringify(rows);
}

test('no address, number or name of a customer is left, and what belonged together still does', async () => {
  const before = await rds.query<{ email: string; phone: string; family: string }>(
    'SELECT email, phone, last_name AS family FROM customer',
  );
  expect(await run()).toMatchObject({ done: true, clean: true, rows: CUSTOMERS * 3, findings: [] });
  const after = await everything();
  const left = before
    .flatMap(({ email, phone, family }) => [email, phone, family])
    .filter((value) => after.includes(value));
  expect(left).toEqual([]);
  const [joined] = await rds.query<{ carts: number }>(
    'SELECT count(*)::int AS carts FROM cart JOIN customer USING (email) WHERE cart.id::text = substr(customer.id, 5)',
  );
  expect(joined).toEqual({ carts: CUSTOMERS });
  const names = await rds.query<{ names: number }>(
    `SELECT count(DISTINCT first_name)::int AS names FROM customer JOIN meta ON user_id = customer.id AND meta_value = first_name`,
  );
  expect(names[0]?.names).toBeGreaterThan(3);
});

test('what holds no customer stays', async () => {
  await run();
  expect(await rds.query('SELECT title FROM product ORDER BY id')).toEqual([
    { title: 'Maria cookies' },
    { title: 'Olga 917 000 0000 table' },
  ]);
  expect(await rds.query(`SELECT DISTINCT meta_value FROM meta WHERE meta_key = 'theme'`)).toEqual([
    { meta_value: 'dark' },
  ]);
  expect(await rds.query('SELECT count(*)::int AS sessions FROM session')).toEqual([{ sessions: 0 }]);
});

test('the key and the digests are gone afterwards', async () => {
  await run(2);
  const own = `SELECT relname FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace
                WHERE nspname = 'cdk_commerce_baseline_mask' AND relkind = 'r' ORDER BY 1`;
  expect(await rds.query(own)).toEqual([{ relname: 'originals' }, { relname: 'progress' }]);
  await run();
  expect(await rds.query(own)).toEqual([]);
});

test('two maskings of one copy give other pseudonyms', async () => {
  const emails = async (): Promise<unknown> => {
    await rds.query(`UPDATE customer SET email = id || '@mail.example'; UPDATE cart SET email = NULL`);
    await run();
    return rds.query('SELECT email FROM customer ORDER BY id');
  };
  expect(await emails()).not.toEqual(await emails());
});

test('a masking in many steps comes to the same', async () => {
  await rds.query(`INSERT INTO meta SELECT g, 'cus_1', 'first_name', 'Maria' FROM generate_series(1001, 3500) g`);
  let steps = 0;
  let answer: Answer;
  do {
    answer = await run(1);
    steps += 1;
  } while (!answer.done && steps < 50);
  expect(steps).toBeGreaterThan(10);
  expect(answer).toMatchObject({ clean: true, rows: CUSTOMERS * 3 + 2_500 });
});

describe('the masking fails, and names the column and nothing else', () => {
  const found = async (statement: string): Promise<readonly Finding[]> => {
    await rds.query(statement);
    const answer = await run();
    expect(answer).toMatchObject({ done: true, clean: false });
    return answer.findings;
  };

  const email = `(SELECT email FROM customer WHERE id = 'cus_7')`;
  const phone = `(SELECT phone FROM customer WHERE id = 'cus_7')`;

  test.each([
    [
      'an address in a column of the shop',
      `UPDATE setting SET value = 'to ' || ${email}`,
      ['setting', 'value', 'email'],
    ],
    [
      'an address in JSON',
      `ALTER TABLE product ADD data jsonb; UPDATE product SET data = jsonb_build_object('by', ${email}) WHERE id = 1`,
      ['product', 'data', 'email'],
    ],
    [
      'an address in capitals in an array',
      `UPDATE product SET tags = ARRAY[upper(${email})] WHERE id = 1`,
      ['product', 'tags', 'email'],
    ],
    [
      'an encoded address',
      `UPDATE setting SET value = '?m=' || replace(${email}, '@', '%40')`,
      ['setting', 'value', 'email'],
    ],
    [
      'a number, written as at home',
      `UPDATE setting SET value = replace(${phone}, '+63 ', '0')`,
      ['setting', 'value', 'phone'],
    ],
    [
      'a number without spaces',
      `UPDATE setting SET value = regexp_replace(${phone}, '[^0-9]', '', 'g')`,
      ['setting', 'value', 'phone'],
    ],
    [
      'a full name in the catalogue',
      `UPDATE product SET title = 'For ' || (SELECT first_name || ' ' || last_name FROM customer WHERE id = 'cus_7') WHERE id = 1`,
      ['product', 'title', 'name'],
    ],
    [
      'a name in a column that nobody declared',
      `UPDATE meta SET meta_value = 'MARIA' WHERE id = 2`,
      ['meta', 'meta_value', 'name'],
    ],
    [
      'an address of nobody in a column that nobody declared',
      `UPDATE meta SET meta_value = 'x@y.example' WHERE id = 2`,
      ['meta', 'meta_value', 'emailShaped'],
    ],
  ])('for %s', async (_, statement, [table, column, kind]) => {
    expect(await found(statement)).toEqual([{ table: `public.${table}`, column, kind, rows: 1 }]);
  });

  test('and succeeds once the policy names it', async () => {
    await found(`UPDATE meta SET meta_value = 'x@y.example' WHERE id = 2`);
    const more = POLICY.with({ columns: [MaskedColumn.removed('meta', 'meta_value').whereKey('meta_key', ['theme'])] });
    expect(await run(Infinity, more)).toMatchObject({ done: true, clean: true });
  });

  test('and succeeds once it was mended by hand', async () => {
    await found(`UPDATE setting SET value = 'to ' || ${email}`);
    expect(await run()).toMatchObject({ clean: false });
    await rds.query(`UPDATE setting SET value = 'mended'`);
    expect(await run()).toMatchObject({ clean: true });
  });
});

describe('refused before anything is changed', () => {
  test.each([
    ['a column that is not there', 'UnknownColumn', MaskedColumn.email('customer', 'mail')],
    ['JSON that is not removed', 'UnknownColumn', MaskedColumn.freeText('cart', 'payment')],
    ['a column without room', 'ColumnTooNarrow', MaskedColumn.email('narrow', 'email')],
    ['a table without a key', 'NoPrimaryKey', MaskedColumn.email('keyless', 'email')],
    ['a column of the key', 'NoPrimaryKey', MaskedColumn.name('customer', 'id')],
  ])('%s', async (_, name, column) => {
    await rds.query('CREATE TABLE narrow (id int PRIMARY KEY, email varchar(30)); CREATE TABLE keyless (email text)');
    const before = await everything();
    await expect(run(Infinity, POLICY.with({ columns: [column] }))).rejects.toMatchObject({ name });
    expect(await everything()).toBe(before);
  });
});
