/** What must be in the stores before the first node starts: tables, questions, a host key. And that they are fit for use. */
import { setTimeout as sleep } from 'node:timers/promises';
import { createPostgres } from '@partyline/postgres';
import type { LockMasters } from '@partyline/redis';
import type { Environment } from '../config-schema.ts';
import { connectStore } from '../connect-store.ts';
import { hasMajority } from '../readiness.ts';
import { redisOptions } from '../role-options.ts';
import { blaming, type Store } from './stores.ts';

const lockPatienceMs = 5_000;

export interface Prepared {
  migrations: number;
  questions: number;
}

/** Throws where Redis, or a majority for the leases, is not there in time, or settings would lose answers. */
export async function checkRedis(environment: Environment, redis: Store, warn: (text: string) => void): Promise<void> {
  const log = {
    warn: ({ setting, found, wanted }: Record<string, unknown>) =>
      warn(`Redis: ${setting} is ${found}, ${wanted} would be safe.`),
  };
  const options = redisOptions({ ...environment, REDIS_URL: redis.url });
  const store = await connectStore(options, { log, patience: 'none' }).catch(blaming('REDIS_URL', redis));
  try {
    await untilMajority(store.lockMasters);
  } finally {
    await store.close();
  }
}

/** Throws where no majority of the Redises that keep the leases answers within some seconds. */
async function untilMajority({ total, answering }: LockMasters): Promise<void> {
  for (const end = performance.now() + lockPatienceMs; ; await sleep(100)) {
    const found = await answering();
    if (hasMajority({ answering: found, total })) return;
    if (performance.now() < end) continue;
    throw new Error(
      `of the ${total} Redises that keep the leases (REDLOCK_URLS) ${found} answer; nobody could lead a party`,
    );
  }
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
