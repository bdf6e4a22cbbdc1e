/** Live state in Redis: the party store, the gateways' desk, leases, the one clock. */
export { createRedisStore, type LockMasters, type RedisStore, type RedisStoreOptions } from './create-redis-store.ts';
export { StoreFault } from './errors.ts';
export { RedisHealth } from './health.ts';
export type { ConnectionRole, StoreObserver } from './observe.ts';
export type { SettingProblem } from './server-info.ts';
