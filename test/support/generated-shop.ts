/** Numbers that look random and are the same in every run: mulberry32. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const GIVEN = [
  'Maria',
  'José',
  'Aylin',
  'Ngọc',
  'Björn',
  'Chiamaka',
  'Ísold',
  'Rafael',
  '美咲',
  'Wei',
  "D'Arcy",
  'Olga',
];
const FAMILY = ['Santos', 'Nguyễn', 'O’Hara', 'Müller', 'de la Cruz', 'Åström', '佐藤', 'Okafor', 'Kim-Lee', 'Ünal'];
const STREETS = ['Mabini St.', 'Rue de l’Église', 'Hauptstraße', 'Jalan 5/12', 'Calle "Real"'];
const NOTES = [
  '',
  'leave at the door;\nring twice',
  "it's \\urgent\\",
  'tab\there',
  '100% sure, "really"',
  '🎁 gift',
  '-- no comment',
];

/** One order of a generated shop, and who made it. */
export interface GeneratedOrder {
  readonly id: number;
  readonly customer: number;
  readonly given: string;
  readonly family: string;
  readonly email: string;
  readonly phone: string;
  readonly street: string;
  readonly note: string | null;
  readonly total: string;
  readonly weight: number;
  readonly paid: boolean;
  /** Seconds since 1970. */
  readonly placed: number;
  readonly token: Buffer;
}

/** The orders of a shop, the same for the same number. */
export function* generatedOrders(count: number, seed = 1): Generator<GeneratedOrder> {
  const random = seeded(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  const pick = <T>(choices: readonly T[]): T => choices[below(choices.length)];
  for (let id = 1; id <= count; id++) {
    const customer = below(Math.max(1, count / 3)) + 1;
    const person = seeded(customer);
    const given = GIVEN[Math.floor(person() * GIVEN.length)];
    const family = FAMILY[Math.floor(person() * FAMILY.length)];
    yield {
      id,
      customer,
      given,
      family,
      email: `shopper.${customer}@mail${customer % 7}.example`,
      phone: `+63 9${String(100000000 + ((customer * 7919) % 899999999)).replace(/(\d{2})(\d{3})(\d{4})/, '$1 $2 $3')}`,
      street: `${below(400) + 1} ${pick(STREETS)}`,
      note: random() < 0.3 ? null : pick(NOTES),
      total: (below(500000) / 100).toFixed(2),
      weight: random() * 10,
      paid: random() < 0.9,
      placed: 1_500_000_000 + id * 311 + below(300),
      token: Buffer.from(Array.from({ length: 12 }, () => below(256))),
    };
  }
}

/** What the dump of a generated shop can do besides. */
export interface DumpOptions {
  /** Put in place of what `pg_dump` or `mariadb-dump` would write there. */
  readonly between?: string;
  /** Changes an order before it is written. */
  readonly change?: (order: GeneratedOrder) => GeneratedOrder | undefined;
}

/** A generated shop as `pg_dump --format=plain` writes it. */
export function postgresqlShop(count: number, { between = '', change = (order) => order }: DumpOptions = {}): string {
  const parts: string[] = [POSTGRESQL_HEAD, between];
  parts.push(
    'COPY public.orders (id, customer_id, email, given, family, phone, street, note, total, weight, paid, placed_at, token, data) FROM stdin;\n',
  );
  for (const generated of generatedOrders(count)) {
    const order = change(generated);
    if (order !== undefined) {
      parts.push(postgresqlRow(order));
    }
  }
  parts.push('\\.\n\n\n', POSTGRESQL_TAIL.replace('<count>', String(count)));
  return parts.join('');
}

function postgresqlRow(order: GeneratedOrder): string {
  const { id, customer, given, family, email, phone, street, note, total, weight, paid, placed, token } = order;
  // A server in Manila, as shops have them.
  const placedAt = `${new Date((placed + 8 * 3600) * 1000).toISOString().slice(0, 19).replace('T', ' ')}+08`;
  // As jsonb is written: short keys first, a space behind each colon.
  const data = `{"by": ${JSON.stringify(email)}, "gift": ${JSON.stringify(note)}}`;
  const values = [id, customer, email, given, family, phone, street, note, total, weight, paid ? 't' : 'f', placedAt];
  const fields = [...values, `\\x${token.toString('hex')}`, data].map((value) =>
    value === null ? '\\N' : escaped(String(value)),
  );
  return `${fields.join('\t')}\n`;
}

const escaped = (text: string): string =>
  text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\t', '\\t').replaceAll('\r', '\\r');

const POSTGRESQL_HEAD = `--
-- PostgreSQL database dump
--

\\restrict Zm9v

-- Dumped from database version 15.18
-- Dumped by pg_dump version 15.18

SET statement_timeout = 0;
SET lock_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET row_security = off;

--
-- Name: pgcrypto; Type: EXTENSION; Schema: -; Owner: -
--

CREATE EXTENSION IF NOT EXISTS pgcrypto WITH SCHEMA public;

COMMENT ON EXTENSION pgcrypto IS 'cryptographic; functions';

CREATE TYPE public.order_state AS ENUM (
    'open;',
    'done'
);

ALTER TYPE public.order_state OWNER TO wordpress;

--
-- Name: orders; Type: TABLE; Schema: public; Owner: shop
--

CREATE TABLE public.orders (
    id bigint NOT NULL,
    customer_id integer NOT NULL,
    email text NOT NULL,
    given character varying(100),
    family character varying(100),
    phone text,
    street text,
    note text DEFAULT 'none; or so'::text,
    total numeric(12,2) NOT NULL,
    weight double precision,
    paid boolean DEFAULT false NOT NULL,
    placed_at timestamp with time zone NOT NULL,
    token bytea,
    data jsonb
);

ALTER TABLE public.orders OWNER TO shop;

CREATE SEQUENCE public.orders_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER TABLE public.orders_id_seq OWNER TO shop;

ALTER SEQUENCE public.orders_id_seq OWNED BY public.orders.id;

CREATE TABLE public."Order; DROP TABLE ""orders""" (
    "select" integer,
    state public.order_state
);

ALTER TABLE ONLY public.orders ALTER COLUMN id SET DEFAULT nextval('public.orders_id_seq'::regclass);

COPY public."Order; DROP TABLE ""orders""" ("select", state) FROM stdin;
1	open;
2	\\N
\\.

`;

const POSTGRESQL_TAIL = `SELECT pg_catalog.setval('public.orders_id_seq', <count>, true);

ALTER TABLE ONLY public.orders
    ADD CONSTRAINT orders_pkey PRIMARY KEY (id);

CREATE INDEX orders_email ON public.orders USING btree (email) WHERE (note <> ';'::text);

REVOKE USAGE ON SCHEMA public FROM PUBLIC;
GRANT ALL ON SCHEMA public TO PUBLIC;

--
-- PostgreSQL database dump complete
--

\\unrestrict Zm9v

`;
