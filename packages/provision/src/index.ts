/** Puts a real Redis and a real Postgres in place on this machine. Knows nothing of Partyline's data. */
export { findRedisServer } from './find-redis-server.ts';
export { freePort, isPortFree } from './free-port.ts';
export type { RunningServer } from './running-server.ts';
export { FolderHeld, holdFolder } from './sole-holder.ts';
export { type PostgresOptions, type RunningPostgres, startPostgres } from './start-postgres.ts';
export { type RedisOptions, startRedis } from './start-redis.ts';
