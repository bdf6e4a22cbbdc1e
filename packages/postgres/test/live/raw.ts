/** Postgres as it is, for looking at what our own code has written. */
import type { Lifetime } from '@partyline/testkit';
import pgPromise from 'pg-promise';

export type Raw = pgPromise.IDatabase<object>;

export function openRaw(t: Lifetime, url: string): Raw {
  const db = pgPromise({ noWarnings: true })({ connectionString: url, max: 4 });
  db.$pool.on('error', () => {});
  t.after(() => db.$pool.end());
  return db;
}

const TABLES = `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1`;

/** Every row of every table as text. */
export async function dump(db: Raw): Promise<string> {
  const tables = await db.any<{ name: string }>(TABLES);
  const rows = await Promise.all(
    tables.map(({ name }) => db.any<{ text: string }>('SELECT t::TEXT AS text FROM $1:name AS t', [name])),
  );
  return rows.flatMap((table) => table.map(({ text }) => text)).join('\n');
}

/** How many rows each table with a party's or a game's id has of it. */
export async function rowsOfParty(
  db: Raw,
  { party_id, game_id }: { party_id: string; game_id: string },
): Promise<Record<string, number>> {
  const columns = await db.any<{ table: string; column: string }>(
    `SELECT table_name AS "table", column_name AS "column" FROM information_schema.columns
     WHERE table_schema = 'public' AND column_name IN ('party_id', 'game_id') ORDER BY 1, 2`,
  );
  const counts: Record<string, number> = {};
  for (const { table, column } of columns) {
    const values = [table, column, column === 'party_id' ? party_id : game_id];
    const { n } = await db.one<{ n: number }>('SELECT count(*)::INTEGER AS n FROM $1:name WHERE $2:name = $3', values);
    counts[table] = Math.max(counts[table] ?? 0, n);
  }
  return counts;
}
