/**
 * Who leads a party: redlock elects, an index of lease ends finds orphans. Nothing here is relied on for safety: that is
 * the fence's, checked with every write. A holder keeps a monotonic deadline of its own, because redlock reckons by the
 * wall clock, which may be set while a lease is held.
 */

import type { Clock, Election, Lease } from '@partyline/core';
import type { Redis } from 'ioredis';
import Redlock, { ExecutionError, type Lock, ResourceLockedError } from 'redlock';
import type { Channels } from './channels.ts';
import { asStoreError } from './errors.ts';
import type { Keys } from './keys.ts';
import type { StoreObserver } from './observe.ts';

export interface ElectionParts {
  /** Where the index of live parties is. */
  client: Redis;
  /** Where the locks are: one Redis, or an odd number of independent ones. */
  lockClients: Redis[];
  channels: Channels;
  keys: Keys;
  clock: Clock;
  observer: StoreObserver;
  /** A whole number of ms. */
  lease_ms: number;
}

/** What clocks may differ by over one lease, as redlock reckons it: a hundredth, and 2 ms of Redis' own precision. */
const driftFactor = 0.01;
const precisionMs = 2;
const slice = 500;

export function createElection(parts: ElectionParts): Election {
  const { client, channels, keys, clock, observer, lease_ms } = parts;
  // Its own retries are off: a lock won after waiting has already used up its time.
  const redlock = new Redlock(parts.lockClients, { retryCount: 0, driftFactor });
  const leases = new WeakMap<Lease, RedlockLease>();

  async function elect(party_id: string): Promise<Lease | null> {
    const startedAt = clock.monotonic();
    const lock = await redlock.acquire([keys.ofParty(party_id).lease], lease_ms).catch(unlessLost);
    if (lock === null) return null;
    const lease = new RedlockLease({ lock, clock, lease_ms, deadline: deadlineFrom(startedAt, lease_ms) });
    if (clock.monotonic() >= lease.deadline) {
      await lease.release();
      return null;
    }
    leases.set(lease, lease);
    await index([party_id]);
    return lease;
  }

  async function renew(held: Map<string, Lease>): Promise<string[]> {
    const lost: string[] = [];
    const renewed: string[] = [];
    const renewals = [...held].map(async ([party_id, lease]) => {
      const outcome = await leases.get(lease)?.renew();
      if (outcome === 'renewed') renewed.push(party_id);
      if (outcome === 'lost' || outcome === undefined) lost.push(party_id);
    });
    await Promise.all(renewals);
    await index(renewed);
    return lost;
  }

  /** An index that is behind costs others a vain election; the lease itself is held. */
  async function index(party_ids: string[]): Promise<void> {
    const until = clock.now() + lease_ms;
    const slices = sliced(party_ids).map((some) => client.zadd(keys.live, ...some.flatMap((id) => [until, id])));
    await Promise.all(slices).catch(() => undefined);
  }

  return {
    lease_ms,
    elect,
    renew,
    async orphans(limit) {
      return await client.zrangebyscore(keys.live, '-inf', clock.now(), 'LIMIT', 0, limit).catch(rethrow);
    },
    async forget(party_id) {
      await client.zrem(keys.live, party_id).catch(rethrow);
    },
    async announce(party_ids) {
      const slices = sliced(party_ids).flatMap((some) => [
        client.zadd(keys.live, ...some.flatMap((id) => [0, id])),
        channels.publish(client, keys.announce, JSON.stringify(some)),
      ]);
      await Promise.all(slices).catch(rethrow);
    },
    onAnnounced: (take) =>
      channels.listen(keys.announce, {
        message(text) {
          const party_ids = announced(text);
          if (party_ids === null) observer.junk?.(keys.announce);
          else take(party_ids);
        },
        // What was missed is marked in the index and found among the orphans.
        doubt: () => undefined,
      }),
  };
}

class RedlockLease implements Lease {
  #lock: Lock;
  readonly #clock: Clock;
  readonly #lease_ms: number;
  #deadline: number;

  constructor(parts: { lock: Lock; clock: Clock; lease_ms: number; deadline: number }) {
    this.#lock = parts.lock;
    this.#clock = parts.clock;
    this.#lease_ms = parts.lease_ms;
    this.#deadline = parts.deadline;
  }

  get deadline(): number {
    return this.#deadline;
  }

  /** `unknown`: not enough masters answered; the lease lasts until its deadline. */
  async renew(): Promise<'renewed' | 'lost' | 'unknown'> {
    const startedAt = this.#clock.monotonic();
    if (startedAt >= this.#deadline) return 'lost';
    // redlock would refuse by the wall clock what our deadline allows.
    this.#lock.expiration = Number.MAX_SAFE_INTEGER;
    try {
      this.#lock = await this.#lock.extend(this.#lease_ms);
      if (this.#deadline > 0) this.#deadline = deadlineFrom(startedAt, this.#lease_ms);
      return 'renewed';
    } catch (error) {
      if (!(error instanceof ExecutionError)) throw error;
      return (await isRefused(error)) ? 'lost' : 'unknown';
    }
  }

  async release(): Promise<void> {
    this.#deadline = 0;
    // What cannot be released runs out.
    await this.#lock.release().catch(() => undefined);
  }
}

function deadlineFrom(startedAt: number, lease_ms: number): number {
  return startedAt + lease_ms - Math.round(lease_ms * driftFactor) - precisionMs;
}

/** Whether so many masters said no that those which said nothing could not have made a quorum. */
async function isRefused({ attempts }: ExecutionError): Promise<boolean> {
  const stats = await attempts.at(-1);
  if (stats === undefined) return false;
  const refusals = [...stats.votesAgainst.values()].filter((error) => error instanceof ResourceLockedError).length;
  return stats.membershipSize - refusals < stats.quorumSize;
}

function unlessLost(error: unknown): null {
  if (error instanceof ExecutionError) return null;
  throw error;
}

function rethrow(error: unknown): never {
  throw asStoreError(error);
}

function sliced<T>(items: T[]): T[][] {
  return Array.from({ length: Math.ceil(items.length / slice) }, (_, n) => items.slice(n * slice, (n + 1) * slice));
}

function announced(text: string): string[] | null {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value.every((id) => typeof id === 'string') ? value : null;
  } catch {
    return null;
  }
}
