import { MaskingPolicy } from '../../../lib';
import { maskTask } from '../../../lib/data/handlers/masking/mask-task';
import { postgresqlSession } from '../../../lib/data/handlers/moving/postgresql-session';
import { declareLoader, timeFor } from '../../support/data-move';
import { RdsPostgresql } from '../../support/rds-postgresql';

/** Tables of Medusa 2 as its modules define them, of which some have fewer columns than the newest version. */
const MEDUSA = `
  CREATE TABLE customer (id text PRIMARY KEY, company_name text, first_name text, last_name text, email text, phone text,
    has_account boolean NOT NULL DEFAULT false, metadata jsonb);
  CREATE TABLE "order" (id text PRIMARY KEY, display_id serial, customer_id text, email text, metadata jsonb);
  CREATE TABLE order_address (id text PRIMARY KEY, customer_id text, company text, first_name text, last_name text, address_1 text,
    address_2 text, city text, country_code text, province text, postal_code text, phone text, metadata jsonb);
  CREATE TABLE provider_identity (id text PRIMARY KEY, entity_id text NOT NULL, provider text NOT NULL, user_metadata jsonb,
    provider_metadata jsonb);
  CREATE TABLE notification (id text PRIMARY KEY, "to" text NOT NULL, channel text NOT NULL, template text NOT NULL, data jsonb);
  CREATE TABLE account_holder (id text PRIMARY KEY, provider_id text NOT NULL, external_id text NOT NULL, email text,
    data jsonb NOT NULL DEFAULT '{}', metadata jsonb);
  CREATE TABLE workflow_execution (workflow_id text, transaction_id text, execution jsonb, context jsonb,
    PRIMARY KEY (workflow_id, transaction_id));
  CREATE TABLE region_country (iso_2 text PRIMARY KEY, name text, display_name text);
  INSERT INTO customer VALUES ('cus_1', 'Cruz & Co', 'Georgia', 'Cruz', 'georgia@mail.example', '+63 917 123 4567', true, '{"vip": "Georgia Cruz"}');
  INSERT INTO "order" VALUES ('order_1', 1, 'cus_1', 'Georgia@mail.example', '{"gift_for": "georgia@mail.example"}');
  INSERT INTO order_address VALUES ('ordaddr_1', 'cus_1', NULL, 'Georgia', 'Cruz', '1 Mabini St.', '', 'Manila', 'ph', 'NCR', '1000', '09171234567', NULL);
  INSERT INTO provider_identity VALUES ('1', 'georgia@mail.example', 'emailpass', NULL, '{"password": "hash"}');
  INSERT INTO notification VALUES ('noti_1', 'georgia@mail.example', 'email', 'order-placed', '{"name": "Georgia"}');
  INSERT INTO account_holder VALUES ('acchld_1', 'pp_stripe', 'cus_stripe', 'georgia@mail.example', '{"email": "georgia@mail.example"}');
  INSERT INTO workflow_execution VALUES ('create-order', 'auto-1', NULL, '{"email": "georgia@mail.example"}');
  INSERT INTO region_country VALUES ('ge', 'GEORGIA', 'Georgia');
`;

let rds: RdsPostgresql;
beforeAll(async () => {
  rds = await RdsPostgresql.start();
  await rds.reset();
}, 60_000);
afterAll(() => rds.stop());

test('a Medusa shop is masked as its policy says; a country keeps its name', async () => {
  const login = await declareLoader(rds);
  await rds.query(MEDUSA, { user: login.username, password: login.password });
  const mask = maskTask(() => postgresqlSession(login, { ca: rds.server.certificate }));
  const plan = MaskingPolicy.medusa()._render();
  expect(await mask({ plan }, timeFor(Infinity))).toMatchObject({ clean: true, findings: [] });
  const tables = [
    'customer',
    '"order"',
    'order_address',
    'provider_identity',
    'notification',
    'account_holder',
    'workflow_execution',
  ];
  const after = JSON.stringify(await Promise.all(tables.map((table) => rds.query(`SELECT * FROM ${table}`))));
  expect(after).not.toMatch(/georgia|cruz|123 ?4567|mabini|manila|hash|cus_stripe/i);
  expect(await rds.query('SELECT display_name FROM region_country')).toEqual([{ display_name: 'Georgia' }]);
  const joined =
    'SELECT 1 AS one FROM customer JOIN "order" USING (email) JOIN provider_identity ON entity_id = customer.email';
  expect(await rds.query(joined)).toEqual([{ one: 1 }]);
});
