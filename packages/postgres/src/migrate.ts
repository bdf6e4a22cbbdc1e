/**
 * Brings a database up to `sql/migrations`, whichever of them it has. Files are applied in the order of their names,
 * all in one transaction, and never changed afterwards; migrations the files do not have are left alone, since an older
 * node may start beside a newer one.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { connect } from './connect.ts';
import { asFault, DatabaseFault } from './fault.ts';
import { statement } from './statement.ts';

const createTable = statement('migrations/create-table');
const lockSchema = statement('migrations/lock-schema');
const listApplied = statement('migrations/list-applied');
const recordApplied = statement('migrations/record-applied');

const MIGRATIONS = new URL('../../../sql/migrations/', import.meta.url);

/** For a server that is not there. Twenty processes that start at once are let in one after the other. */
const CONNECT_MS = 30_000;

interface Migration {
  name: string;
  checksum: string;
  sql: string;
}

/**
 * Returns the names of those applied now. Any number of processes may call it at once; they wait for the first. Uses a
 * connection of its own without a time limit: a migration may take longer than any query of a running party.
 */
export async function migrate(url: string, dir: URL = MIGRATIONS): Promise<string[]> {
  const migrations = await readMigrations(dir);
  const db = connect({
    connectionString: url,
    max: 1,
    connectionTimeoutMillis: CONNECT_MS,
    application_name: 'partyline migrate',
  });
  try {
    return await db.tx(async (task) => {
      await task.any(lockSchema.with([]));
      await task.none(createTable.with([]));
      const rows = await task.any<{ name: string; checksum: string }>(listApplied.with([]));
      const applied = new Map(rows.map(({ name, checksum }) => [name, checksum]));
      const pending = migrations.filter((migration) => isPending(migration, applied));
      for (const { name, checksum, sql } of pending) {
        await task.multiResult(sql);
        await task.none(recordApplied.with([name, checksum]));
      }
      return pending.map(({ name }) => name);
    });
  } catch (error) {
    throw asFault(error, 'migrating');
  } finally {
    await db.$pool.end();
  }
}

function isPending({ name, checksum }: Migration, applied: ReadonlyMap<string, string>): boolean {
  const before = applied.get(name);
  if (before === undefined) return true;
  if (before === checksum) return false;
  const advice = 'Applied migrations stay as they are; put the change into a new file.';
  throw new DatabaseFault(
    `sql/migrations/${name} is not what this database was migrated with. ${advice}`,
    'migration_changed',
  );
}

export async function readMigrations(dir: URL = MIGRATIONS): Promise<Migration[]> {
  const names = (await readdir(dir)).filter((name) => name.endsWith('.sql')).sort();
  return Promise.all(
    names.map(async (name) => {
      const sql = (await readFile(new URL(name, dir), 'utf8')).replaceAll('\r\n', '\n');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}
