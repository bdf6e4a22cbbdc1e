/** The two stores of one node, connected and watched. */
import type { Archive } from '@partyline/core';
import { createPostgres, type Postgres } from '@partyline/postgres';
import type { RedisStore } from '@partyline/redis';
import type { Telemetry } from '@partyline/telemetry';
import type { Environment } from './config-schema.ts';
import { connectStore } from './connect-store.ts';
import { type ObservedArchive, observeArchive } from './observed-archive.ts';
import { createReachability, type Reachability } from './reachability.ts';
import { postgresOptions, redisOptions } from './role-options.ts';
import { createTimers } from './timers.ts';

export interface NodeStores {
  redis: RedisStore;
  postgres: Postgres;
  /** Postgres' archive, counted. */
  archive: Archive;
  pending: ObservedArchive['pending'];
  reachability: Reachability;
}

/** Waits for Redis, however long it takes; Postgres may be away. What must be closed again is added to `closing`. */
export async function openStores(
  environment: Environment,
  { telemetry, closing }: { telemetry: Telemetry; closing: (() => unknown)[] },
): Promise<NodeStores> {
  const { log } = telemetry;
  const redis = await connectStore(
    { ...redisOptions(environment), observer: telemetry.store },
    { log, patience: 'endless' },
  );
  closing.push(() => redis.close());
  redis.health.onEmptied(() => {
    log.error({}, 'Redis has come back without its data');
    telemetry.store.emptied();
  });
  const postgres = createPostgres({
    ...postgresOptions(environment),
    onQuery: telemetry.archive.query,
    onError: (error) => log.warn({ err: error }, 'a connection to Postgres was lost'),
  });
  closing.push(() => postgres.close());
  const { clock, health, lockMasters: locks } = redis;
  const observed = observeArchive(postgres.archive, { clock, write: telemetry.archive.write });
  const pingArchive = () => postgres.ping();
  const reachability = createReachability({ health, pingArchive, locks, clock, timers: createTimers(), log });
  closing.push(() => reachability.stop());
  return { redis, postgres, ...observed, reachability };
}
