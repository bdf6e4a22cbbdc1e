/** Leases and the index of live parties on the in-memory store; they run out by the world's clock. */
import { type Election, type Lease, StoreUnavailable } from '@partyline/core';
import type { MemoryParts } from './memory-store.ts';

const announceChannel = 'announce';

interface MemoryLease extends Lease {
  deadline: number;
}

export function createMemoryElection({ world, link, channels, clock }: MemoryParts): Election {
  const lease_ms = world.leaseMs;
  /** A hundredth and 2 ms earlier than the store forgets it, as in the real one. */
  const deadlineFrom = (startedAt: number) => startedAt + lease_ms - Math.round(lease_ms / 100) - 2;
  const granted = new WeakMap<Lease, MemoryLease>();

  function holds(party_id: string, lease: Lease): boolean {
    const holder = world.leases.get(party_id);
    return holder !== undefined && holder.holder === lease && holder.until > world.now();
  }

  function take(party_id: string, lease: Lease): void {
    world.leases.set(party_id, { holder: lease, until: world.now() + lease_ms });
    world.live.set(party_id, world.now() + lease_ms);
  }

  function createLease(party_id: string, startedAt: number): MemoryLease {
    const lease: MemoryLease = {
      deadline: deadlineFrom(startedAt),
      async release() {
        lease.deadline = 0;
        const letGo = link({ name: 'release', party_id }, () => {
          if (holds(party_id, lease)) world.leases.delete(party_id);
        });
        await letGo.catch(unlessAway);
      },
    };
    return lease;
  }

  return {
    lease_ms,

    async elect(party_id) {
      const startedAt = clock.monotonic();
      const lease = createLease(party_id, startedAt);
      const elected = await link({ name: 'elect', party_id }, () => {
        const holder = world.leases.get(party_id);
        if (holder !== undefined && holder.until > world.now()) return false;
        take(party_id, lease);
        return true;
      }).catch(unlessAway);
      if (elected !== true) return null;
      granted.set(lease, lease);
      return lease;
    },

    async renew(leases) {
      const lost: string[] = [];
      const renewals = [...leases].map(async ([party_id, given]) => {
        const lease = granted.get(given);
        const startedAt = clock.monotonic();
        if (lease === undefined || startedAt >= lease.deadline) return void lost.push(party_id);
        const renewed = await link({ name: 'renew', party_id }, () => {
          if (!holds(party_id, lease)) return false;
          take(party_id, lease);
          return true;
        }).catch(unlessAway);
        if (renewed === true && lease.deadline > 0) lease.deadline = deadlineFrom(startedAt);
        if (renewed === false) lost.push(party_id);
      });
      await Promise.all(renewals);
      return lost;
    },

    orphans: (limit) =>
      link({ name: 'orphans', party_id: null }, () =>
        [...world.live]
          .filter(([, until]) => until <= clock.now())
          .sort(([, a], [, b]) => a - b)
          .slice(0, limit)
          .map(([party_id]) => party_id),
      ),

    forget: (party_id) => link({ name: 'forget', party_id }, () => void world.live.delete(party_id)),

    announce: (party_ids) =>
      link({ name: 'announce', party_id: null }, () => {
        for (const party_id of party_ids) world.live.set(party_id, 0);
        if (party_ids.length > 0) world.publish(announceChannel, JSON.stringify(party_ids));
      }),

    onAnnounced: (taken) =>
      link({ name: 'on-announced', party_id: null }, () =>
        channels.listen(announceChannel, {
          message: (text) => taken(JSON.parse(text) as string[]),
          doubt: () => undefined,
        }),
      ),
  };
}

/** What cannot be reached is neither won nor lost. */
function unlessAway(error: unknown): undefined {
  if (error instanceof StoreUnavailable) return undefined;
  throw error;
}
