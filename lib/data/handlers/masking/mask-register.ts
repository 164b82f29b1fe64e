import { createHash, randomBytes } from 'node:crypto';
import * as z from 'zod/mini';
import { OWN_PREFIX } from '../moving/catalog';
import { textOf, type SqlSession } from '../moving/sql-session';
import type { MaskPlan } from './mask-plan';

/** What was found, without what it is. */
const Finding = z.object({
  table: z.string(),
  column: z.string(),
  /** `email`, `phone`, `name`: somebody's; `emailShaped`: an address in a column that nobody declared. */
  kind: z.string(),
  rows: z.number(),
});
export type Finding = z.infer<typeof Finding>;

const MaskState = z.object({
  key: z.string(),
  plan: z.string(),
  /** Tables that are masked, and how far the one is that is under way. */
  masked: z.array(z.string()),
  after: z.optional(z.array(z.string())),
  rows: z.number(),
  verified: z.array(z.string()),
  findings: z.array(Finding),
});
export type MaskState = z.infer<typeof MaskState>;

const OWN = `${OWN_PREFIX}_mask`;

/**
 * What is known of a masking, in the database that is masked: it changes in the same transaction as the rows. The key
 * and the digests of the originals stand there too, and are dropped when the masking is verified; until then the
 * database itself holds what they are of.
 */
export class MaskRegister {
  private readonly progress: string;
  private readonly originals: string;

  public constructor(private readonly session: SqlSession) {
    const [progress, originals] = ['progress', 'originals'].map((table) =>
      session.dialect === 'postgresql'
        ? `${session.name(OWN)}.${session.name(table)}`
        : session.name(`${OWN}_${table}`),
    ) as [string, string];
    this.progress = progress;
    this.originals = originals;
  }

  /** What is known of the masking by `plan`: a new one, or with a plan that changed the same one from the start. */
  public async open(plan: MaskPlan): Promise<MaskState> {
    const { session } = this;
    const [digest, text] = session.dialect === 'postgresql' ? ['text', 'text'] : ['char(16)', 'longtext'];
    if (session.dialect === 'postgresql') {
      await session.run(`CREATE SCHEMA IF NOT EXISTS ${session.name(OWN)}`);
    }
    await session.run(`CREATE TABLE IF NOT EXISTS ${this.originals} (digest ${digest} PRIMARY KEY)`);
    await session.run(`CREATE TABLE IF NOT EXISTS ${this.progress} (id int PRIMARY KEY, state ${text} NOT NULL)`);
    const planned = createHash('sha256').update(JSON.stringify(plan)).digest('hex');
    const [found] = await session.run(`SELECT state FROM ${this.progress}`);
    const known = found && z.parse(MaskState, JSON.parse(textOf(found[0] ?? '')));
    if (known?.plan === planned) {
      return known;
    }
    const key = known?.key ?? randomBytes(32).toString('hex');
    const state: MaskState = { key, plan: planned, masked: [], rows: 0, verified: [], findings: [] };
    const again = session.dialect === 'postgresql' ? 'ON CONFLICT (id) DO UPDATE SET' : 'ON DUPLICATE KEY UPDATE';
    const json = session.text(JSON.stringify(state));
    await session.run(`INSERT INTO ${this.progress} (id, state) VALUES (1, ${json}) ${again} state = ${json}`);
    return state;
  }

  public statementFor(state: MaskState): string {
    return `UPDATE ${this.progress} SET state = ${this.session.text(JSON.stringify(state))}`;
  }

  /** A statement that keeps digests of originals; undefined without any. */
  public statementForOriginals(digests: readonly string[]): string | undefined {
    const [head, tail] =
      this.session.dialect === 'postgresql' ? ['INSERT', ' ON CONFLICT DO NOTHING'] : ['INSERT IGNORE', ''];
    const values = digests.map((digest) => `('${digest}')`).join(',');
    return values === '' ? undefined : `${head} INTO ${this.originals} (digest) VALUES ${values}${tail}`;
  }

  /** The digests of all originals, eight bytes each. */
  public async originalDigests(): Promise<Set<string>> {
    const digests = new Set<string>();
    await this.session.read(`SELECT digest FROM ${this.originals}`, (rows) =>
      rows.forEach(([digest]) => digests.add(digest ?? '')),
    );
    return digests;
  }

  /** Throws the key away, and with it the only way from a pseudonym to a person. */
  public async forget(): Promise<void> {
    const { session } = this;
    await session.run(`DROP TABLE ${this.progress}`);
    await session.run(`DROP TABLE ${this.originals}`);
    if (session.dialect === 'postgresql') {
      await session.run(`DROP SCHEMA ${session.name(OWN)}`);
    }
  }
}
