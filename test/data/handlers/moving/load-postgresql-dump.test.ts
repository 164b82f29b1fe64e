import { type SessionLogin } from '../../../../lib/data/handlers/moving/postgresql-session';
import { type dataTask } from '../../../../lib/data/handlers/moving/data-task';
import { pin, rangesOf } from '../../../../lib/data/handlers/moving/dump-text';
import { BUCKET, declareLoader, postgresqlMover, timeFor, type Answer } from '../../../support/data-move';
import { postgresqlShop } from '../../../support/generated-shop';
import { RdsPostgresql } from '../../../support/rds-postgresql';
import { S3Endpoint } from '../../../support/s3';

const ORDERS = 2_000;
const SHOP = Buffer.from(postgresqlShop(ORDERS));
const HOSTILE = 'public."Order; DROP TABLE \\"orders\\""';

const s3 = new S3Endpoint();
let rds: RdsPostgresql;
let login: SessionLogin;
let move: ReturnType<typeof dataTask>;
beforeAll(async () => {
  [rds] = await Promise.all([RdsPostgresql.start(), s3.start()]);
}, 60_000);
afterAll(() => Promise.all([rds.stop(), s3.stop()]));
beforeEach(async () => {
  await rds.reset();
  login = await declareLoader(rds);
  move = postgresqlMover(rds, s3, login);
  s3.objects.clear();
  s3.objects.set(`${BUCKET}/dumps/shop.sql`, SHOP);
});

const load = async (batches = Infinity, dump = 'dumps/shop.sql'): Promise<Answer> =>
  await move({ action: 'load', dump, execution: 'first' }, timeFor(batches));
const measure = async (batches = Infinity, execution = 'first'): Promise<Answer> =>
  await move({ action: 'measure', execution }, timeFor(batches));
const compare = async (): Promise<Answer> => await move({ action: 'compare', execution: 'first' }, timeFor(1));

async function loadText(dump: string): Promise<Answer> {
  s3.objects.set(`${BUCKET}/dumps/other.sql`, Buffer.from(dump));
  return load(Infinity, 'dumps/other.sql');
}

test('a dump is loaded whole, and what the database holds is what the dump held', async () => {
  expect(await load()).toEqual({
    done: true,
    bytes: SHOP.length,
    totalBytes: SHOP.length,
    tables: 2,
    rows: ORDERS + 2,
  });
  expect(await measure()).toMatchObject({ done: true, tables: 2, rows: ORDERS + 2 });
  expect(await compare()).toMatchObject({ equal: true, tables: 2, differences: [] });
  const [order] = await rds.query(`SELECT count(*)::int AS orders, sum(total)::text AS total FROM orders`);
  expect(order?.orders).toBe(ORDERS);
});

test('what is loaded belongs to the migrations group, and the shop may use it', async () => {
  await load();
  const owners = await rds.query<{ owner: string }>(
    `SELECT DISTINCT relowner::regrole::text AS owner FROM pg_class WHERE relname IN ('orders', 'orders_id_seq', 'orders_email')`,
  );
  expect(owners).toEqual([{ owner: 'shop_migrations' }]);
  expect(await rds.query(`SELECT has_table_privilege('shop_readwrite', 'orders', 'INSERT') AS may`)).toEqual([
    { may: true },
  ]);
  expect(await rds.query(`SELECT nextval('orders_id_seq')::int AS next`)).toEqual([{ next: ORDERS + 1 }]);
});

test('users and privileges of the dump are left out, and the report says so', async () => {
  await load();
  const { leftOut } = s3.json<{ leftOut: Record<string, number> }>(`${BUCKET}/reports/first/before.json`);
  expect(leftOut).toMatchObject({
    'ALTER TABLE': 2,
    'ALTER TYPE': 1,
    'GRANT ALL ON': 1,
    'REVOKE USAGE ON': 1,
    'COMMENT ON EXTENSION': 1,
    SET: 5,
  });
});

test('a load in as many steps as there are statements comes to the same', async () => {
  let steps = 0;
  let answer: Answer;
  do {
    answer = await load(1);
    steps += 1;
  } while (answer.done !== true && steps < 100);
  expect(steps).toBeGreaterThan(10);
  await measure();
  expect(await compare()).toMatchObject({ equal: true });
}, 60_000);

test('a measurement that ran out of time goes on with the next table', async () => {
  await load();
  expect(await measure(1)).toMatchObject({ done: false, tables: 1 });
  expect(await measure(1)).toMatchObject({ done: true, tables: 2 });
  expect(await compare()).toMatchObject({ equal: true });
});

test('a load that is done is not done again', async () => {
  await load();
  await rds.query('DELETE FROM orders WHERE id = 7');
  expect(await load()).toMatchObject({ done: true });
  expect(await rds.query('SELECT id FROM orders WHERE id = 7')).toEqual([]);
});

describe('a planted difference is found', () => {
  beforeEach(async () => {
    await load();
  });

  const planted = async (statement: string): Promise<unknown> => {
    await rds.query(statement);
    await measure();
    const { equal } = await compare();
    expect(equal).toBe(false);
    return s3.json<{ differences: unknown }>(`${BUCKET}/reports/first/comparison.json`).differences;
  };

  test('when one amount was changed', async () => {
    expect(await planted('UPDATE orders SET total = total + 0.01 WHERE id = 1025')).toEqual([
      { table: 'public.orders', kind: 'values', rows: [ORDERS, ORDERS], ranges: ['id 1024 to 1027: 4 rows, then 4'] },
    ]);
  });

  test('when one row is missing', async () => {
    expect(await planted('DELETE FROM orders WHERE id = 17')).toEqual([
      { table: 'public.orders', kind: 'rows', rows: [ORDERS, ORDERS - 1], ranges: ['id 16 to 19: 4 rows, then 3'] },
    ]);
  });

  test('when two rows swapped a value', async () => {
    const swap =
      'UPDATE orders SET note = (SELECT o.note FROM orders o WHERE o.id = 43 - orders.id) WHERE id IN (21, 22)';
    await rds.query(`UPDATE orders SET note = 'one' WHERE id = 21; UPDATE orders SET note = 'two' WHERE id = 22`);
    await measure(Infinity, 'before-swap');
    await rds.query(swap);
    await measure();
    const reference = 'reports/before-swap/after.json';
    const answer = (await move({ action: 'compare', execution: 'first', reference }, timeFor(1))) as Answer;
    expect(answer.differences).toEqual([{ table: 'public.orders', kind: 'values', rows: [ORDERS, ORDERS] }]);
  });

  test('when a NULL became an empty text, and when a row is there twice', async () => {
    expect(await planted(`UPDATE "Order; DROP TABLE ""orders""" SET "select" = NULL WHERE "select" = 1`)).toMatchObject(
      [{ table: HOSTILE, kind: 'values' }],
    );
  });

  test('when a table is gone and another has come', async () => {
    expect(await planted('ALTER TABLE orders RENAME TO former_orders')).toMatchObject([
      { table: 'public.former_orders', kind: 'unexpected', rows: [0, ORDERS] },
      { table: 'public.orders', kind: 'missing', rows: [ORDERS, 0] },
    ]);
  });
});

describe('refused', () => {
  const before = async (): Promise<unknown> => rds.query(`SELECT relname FROM pg_class WHERE relname = 'orders'`);

  test('a database in which a shop has tables', async () => {
    await rds.query('CREATE TABLE customers (id int)');
    await expect(load()).rejects.toMatchObject({ name: 'DatabaseNotEmpty' });
    expect(await before()).toEqual([]);
  });

  test('a second dump', async () => {
    await load();
    await expect(loadText(SHOP.toString())).rejects.toMatchObject({ name: 'DatabaseNotEmpty' });
  });

  test('a dump that changed since its loading began', async () => {
    await load(20);
    s3.objects.set(`${BUCKET}/dumps/shop.sql`, Buffer.concat([SHOP, Buffer.from('\n')]));
    await expect(load()).rejects.toMatchObject({ name: 'DumpChanged' });
  });

  test('a dump that changes while it is read', async () => {
    const pinned = await pin(s3.client(), BUCKET, 'dumps/shop.sql');
    const readFrom = rangesOf(s3.client(), pinned);
    expect(await readFrom(0)).toHaveLength(SHOP.length);
    s3.objects.set(`${BUCKET}/dumps/shop.sql`, Buffer.from(SHOP.toString().replace('2', '3')));
    await expect(readFrom(0)).rejects.toMatchObject({ name: 'DumpChanged' });
  });

  test('a dump whose upload broke off', async () => {
    await expect(loadText(SHOP.subarray(0, SHOP.length / 2).toString())).rejects.toMatchObject({ name: 'DumpDamaged' });
    await rds.reset();
    await declareLoader(rds);
    await expect(loadText(SHOP.subarray(0, SHOP.length - 90).toString())).rejects.toMatchObject({
      name: 'DumpDamaged',
    });
  });

  test('a statement that is not on the list, and what comes after it', async () => {
    const between = `CREATE FUNCTION public.f() RETURNS int LANGUAGE sql AS $x$ SELECT 1; $x$;\n`;
    await expect(loadText(postgresqlShop(3, { between }))).rejects.toMatchObject({ name: 'StatementRefused' });
    expect(await rds.query('SELECT count(*)::int AS orders FROM orders')).toEqual([{ orders: 0 }]);
  });

  test('two at the same time', async () => {
    const both = await Promise.allSettled([load(), load()]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(both).toContainEqual({ status: 'rejected', reason: expect.objectContaining({ name: 'Busy' }) as Error });
  });
});

test('a literal that looks like two statements is one', async () => {
  const between = `CREATE TABLE public.y (a text DEFAULT E'\\'; DROP TABLE public.orders; --', b text DEFAULT $x$;'$x$);\n`;
  expect(await loadText(postgresqlShop(3, { between }))).toMatchObject({ done: true, tables: 3 });
  expect(await rds.query('INSERT INTO y DEFAULT VALUES RETURNING *')).toEqual([
    { a: `'; DROP TABLE public.orders; --`, b: `;'` },
  ]);
});

test('no value of a row stands in what the function says', async () => {
  const dump = postgresqlShop(3).replace(/\t\d+\.\d\d\t/, '\tsecret-amount\t');
  const error = (await loadText(dump).catch((thrown: Error) => thrown)) as Error;
  expect(error).toMatchObject({ name: 'RowsRefused', message: expect.stringContaining('22P02') as string });
  expect(`${error.name} ${error.message}`).not.toContain('secret-amount');
});
