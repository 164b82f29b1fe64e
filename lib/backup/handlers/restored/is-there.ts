import type { SqlSession } from '../../../data/handlers/moving/sql-session';

/** Whether there is a table that the login may see. */
export async function isThere(
  session: SqlSession,
  { schema, table }: { schema: string; table: string },
): Promise<boolean> {
  const [inSchema, named] = [session.text(schema), session.text(table)];
  const found = await session.run(
    `SELECT 1 FROM information_schema.tables WHERE table_schema = ${inSchema} AND table_name = ${named}`,
  );
  return found.length > 0;
}
