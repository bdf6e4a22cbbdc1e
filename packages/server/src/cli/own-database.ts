/**
 * The database a command works on: DATABASE_URL's, else that of `make run`, whether or not Partyline is running just
 * now.
 */
import { join } from 'node:path';
import { createPostgres, type Postgres } from '@partyline/postgres';
import { startPostgres } from '@partyline/provision';
import { readEnvironment } from '../config.ts';
import { readRunning } from '../supervisor/running.ts';

export interface OwnDatabase {
  readonly postgres: Postgres;
  close(): Promise<void>;
}

/** Migrated, not seeded. */
export async function openOwnDatabase({ DATABASE_URL, DATA_DIR }: NodeJS.ProcessEnv): Promise<OwnDatabase> {
  const { url, stop } = await findDatabase(readEnvironment({ DATABASE_URL, DATA_DIR }));
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

async function findDatabase(at: {
  DATABASE_URL: string;
  DATA_DIR: string;
}): Promise<{ url: string; stop: () => Promise<void> }> {
  const url = at.DATABASE_URL || (await readRunning(at.DATA_DIR))?.database_url;
  return url ? { url, stop: async () => {} } : startPostgres({ dir: join(at.DATA_DIR, 'postgres') });
}
