/** What must be in the stores before the first node starts: tables, questions, a host key. And that they are fit for use. */
import { createPostgres } from '@partyline/postgres';
import type { Environment } from '../config-schema.ts';
import { connectStore } from '../connect-store.ts';
import { redisOptions } from '../role-options.ts';

export interface Prepared {
  migrations: number;
  questions: number;
}

/** Throws where Redis is not there in time or its settings would lose answers. */
export async function checkRedis(environment: Environment, warn: (text: string) => void): Promise<void> {
  const log = {
    warn: ({ setting, found, wanted }: Record<string, unknown>) =>
      warn(`Redis: ${setting} is ${found}, ${wanted} would be safe.`),
  };
  const store = await connectStore(redisOptions(environment), { log, patience: 'none' });
  await store.close();
}

/** Repeatable: what is there already stays as it is. */
export async function preparePostgres(url: string): Promise<Prepared> {
  const postgres = createPostgres({ url, poolMax: 2 });
  try {
    await postgres.ping();
    const migrations = await postgres.migrate();
    return { migrations: migrations.length, questions: await postgres.seed() };
  } finally {
    await postgres.close();
  }
}

export async function adoptHostKey(url: string, key: string): Promise<void> {
  const postgres = createPostgres({ url, poolMax: 1 });
  try {
    await postgres.hostKeys.adopt('development', key);
  } finally {
    await postgres.close();
  }
}
