/** Puts the live store together: three kinds of connection, and every port on top of them. The only wiring in here. */
import { randomUUID } from 'node:crypto';
import type { Clock, Election, GatewayRoll, PartyDesk, PartyStore } from '@partyline/core';
import { Channels } from './channels.ts';
import { connect, hasShardedChannels, whenReady } from './connection.ts';
import { createElection } from './election.ts';
import { createGatewayRoll, createRollCopy } from './gateway-roll.ts';
import { RedisHealth } from './health.ts';
import { createKeys } from './keys.ts';
import type { ConnectionRole, StoreObserver } from './observe.ts';
import { createPartyDesk } from './party-desk.ts';
import { createPartyStore } from './party-store.ts';
import { Pulse } from './pulse.ts';
import { RedisClock } from './redis-clock.ts';
import { createScripts } from './scripts.ts';
import { checkServer } from './server-info.ts';

export interface RedisStoreOptions {
  /** One Redis, a name behind Sentinels or a Cluster: see `store-address.ts`. */
  url: string;
  /** Before every key and channel. */
  prefix?: string;
  /** Independent Redises for leases, an odd number of them; by default the store itself. */
  lockUrls?: string[];
  /** A whole number of ms. */
  leaseMs?: number;
  /** How long a gateway stays on the roll after a beat. */
  rollMs?: number;
  /** How long after the deadline answers still count that were on their way. */
  graceMs?: number;
  commandTimeoutMs?: number;
  /** How long the store may take to be there at the start. */
  startTimeoutMs?: number;
  observer?: StoreObserver;
}

export interface RedisStore {
  store: PartyStore;
  desk: PartyDesk;
  election: Election;
  roll: GatewayRoll;
  clock: Clock;
  health: RedisHealth;
  lockMasters: LockMasters;
  close(): Promise<void>;
}

/** Where the leases are: nobody leads without a majority of them. */
export interface LockMasters {
  readonly total: number;
  /** How many of them answer now. */
  answering(): Promise<number>;
}

/** Throws StoreUnavailable where the store is not there in time, StoreFault where it is another than its address says. */
export async function createRedisStore(options: RedisStoreOptions): Promise<RedisStore> {
  const { url, prefix = 'partyline', lockUrls = [url], leaseMs = 2_000, rollMs = 3_000, graceMs = 250 } = options;
  const { commandTimeoutMs = 1_500, startTimeoutMs = 10_000, observer = {} } = options;
  const keys = createKeys(prefix);
  const connected = (address: string, role: ConnectionRole, timeoutMs = commandTimeoutMs) =>
    connect({ url: address, role, commandTimeoutMs: timeoutMs, observer });
  const client = connected(url, 'commands');
  const subscriber = connected(url, 'channels');
  // A vote that comes after half the lease would leave too little of it.
  const lockClients = lockUrls.map((lockUrl) => connected(lockUrl, 'locks', Math.min(commandTimeoutMs, leaseMs / 2)));

  const clock = new RedisClock();
  const isSharded = hasShardedChannels(url);
  const channels = new Channels(subscriber, { isSharded });
  const pulse = new Pulse({ commands: client, channels, channel: keys.pulse(randomUUID()) });
  const health = new RedisHealth({ client, clock, pulse, birthKey: keys.birth });
  const scripts = createScripts(client, { observer, isSharded });
  const election = createElection({ client, lockClients, channels, keys, clock, observer, lease_ms: leaseMs });
  const roll = createRollCopy({ client, keys, clock });

  async function answering(): Promise<number> {
    const asked = await Promise.allSettled(lockClients.map((lockClient) => lockClient.ping()));
    return asked.filter(({ status }) => status === 'fulfilled').length;
  }

  async function close(): Promise<void> {
    health.stop();
    await pulse.stop();
    for (const connection of [client, subscriber, ...lockClients]) connection.disconnect();
  }

  try {
    // The lock clients are not waited for: a minority of them may be away.
    await Promise.all([client, subscriber].map((connection) => whenReady(connection, url, startTimeoutMs)));
    await checkServer(client);
    await health.start();
    await pulse.start();
  } catch (error) {
    await close();
    throw error;
  }

  return {
    store: createPartyStore({ client, scripts, keys, channels, roll, clock, observer }),
    desk: createPartyDesk({ client, scripts, keys, channels, election, observer, clock, grace_ms: graceMs }),
    election,
    roll: createGatewayRoll({ scripts, keys, roll_ms: rollMs }),
    clock,
    health,
    lockMasters: { total: lockClients.length, answering },
    close,
  };
}
