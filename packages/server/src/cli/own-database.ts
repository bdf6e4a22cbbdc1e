/**
 * The database a command works on: DATABASE_URL, else the one `make run` keeps in .data, whether or not Partyline is
 * running on it just now.
 */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { createPostgres, type Postgres } from '@partyline/postgres';
import { startPostgres } from '@partyline/provision';

export const POSTGRES_DIR = fileURLToPath(new URL('../../../../.data/postgres', import.meta.url));

export interface OwnDatabase {
  readonly postgres: Postgres;
  close(): Promise<void>;
}

/** Migrated, not seeded. */
export async function openOwnDatabase(): Promise<OwnDatabase> {
  const { url, stop } = await findDatabase();
  const postgres = createPostgres({ url, poolMax: 2 });
  const close = async (): Promise<void> => {
    await postgres.close();
    await stop();
  };
  try {
    await postgres.migrate();
  } catch (error) {
    await close();
    throw error;
  }
  return { postgres, close };
}

async function findDatabase(): Promise<{ url: string; stop: () => Promise<void> }> {
  const { DATABASE_URL } = process.env;
  if (DATABASE_URL) return { url: DATABASE_URL, stop: async () => {} };
  const running = await runningUrl();
  if (running !== null && (await answers(running))) return { url: running, stop: async () => {} };
  return startPostgres({ dir: POSTGRES_DIR });
}

/** Postgres keeps its port in line 4 of its pid file; the password lies beside it. A file left by a crash proves nothing. */
async function runningUrl(): Promise<string | null> {
  try {
    const lines = (await readFile(`${POSTGRES_DIR}/postmaster.pid`, 'utf8')).split('\n');
    const password = (await readFile(`${POSTGRES_DIR}/partyline.password`, 'utf8')).trim();
    return `postgres://partyline:${password}@127.0.0.1:${Number(lines[3])}/partyline`;
  } catch {
    return null;
  }
}

async function answers(url: string): Promise<boolean> {
  const postgres = createPostgres({ url, poolMax: 1, connectTimeoutMs: 2_000 });
  try {
    await postgres.ping();
    return true;
  } catch {
    return false;
  } finally {
    await postgres.close();
  }
}
