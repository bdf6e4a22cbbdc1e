/**
 * The leader role of one node: takes parties that nobody leads, keeps their leases, hands them over on drain. It knows who
 * leads; what leading means is the loop's affair.
 */
import type { Archive, Clock, Election, Lease, PartyDesk, PartyStore, StoreHealth, Timers } from '@partyline/core';
import type { LeaderMetrics, Log } from './observe.ts';
import { createPartyLoop, type LoopEnd, type PartyLoop } from './party-loop.ts';
import { restoreParties } from './restore.ts';
import { createSchedule } from './schedule.ts';

/** How often the index is searched for orphans. */
const scanMs = 251;
/** Between two tries to put lost parties back. */
const restoreRetryMs = 1_013;
/** How many orphans one scan takes; the next scan follows at once while there are more. */
const scanBatch = 64;

export interface LeaderPorts {
  store: PartyStore;
  /** For parties that are put back after the store lost them. */
  desk: Pick<PartyDesk, 'open' | 'snapshot'>;
  election: Election;
  archive: Archive;
  clock: Clock;
  timers: Timers;
  health: StoreHealth;
  log: Log;
  metrics: LeaderMetrics;
  /** Uniform on [0, 1): spreads nodes that hear of the same orphan. */
  random: () => number;
}

export interface Leader {
  start(): Promise<void>;
  /** Stops taking parties, releases all and tells the other nodes. Resolves when nothing is led any more. */
  drain(): Promise<void>;
  /** How many parties this node leads. */
  leads(): number;
}

export function createLeader(ports: LeaderPorts): Leader {
  const { election, clock, timers, health, log, metrics } = ports;
  const loops = new Map<string, PartyLoop>();
  const taking = new Set<string>();
  let draining = false;
  let unlisten: (() => Promise<void>) | null = null;
  const cancels: { scan: () => void; renew: () => void } = { scan: () => undefined, renew: () => undefined };
  const schedule = createSchedule({
    clock,
    timers,
    due(party_id, late_ms) {
      metrics.tickLate(late_ms);
      loops.get(party_id)?.look();
    },
  });

  async function take(party_id: string): Promise<void> {
    if (draining || loops.has(party_id) || taking.has(party_id)) return;
    taking.add(party_id);
    try {
      const lease = await election.elect(party_id);
      if (lease === null) return;
      if (draining) return await lease.release();
      lead(party_id, lease);
    } catch (error) {
      log.debug({ party_id, err: error }, 'no lease');
    } finally {
      taking.delete(party_id);
    }
  }

  function lead(party_id: string, lease: Lease): void {
    const loop = createPartyLoop({
      party_id,
      lease,
      ports: { ...ports, leads: () => loops.size, schedule: (id, at) => schedule.set(id, at) },
      ended: (end) => ended(party_id, end, lease),
    });
    loops.set(party_id, loop);
    metrics.leads(loops.size);
    loop.look();
  }

  function ended(party_id: string, end: LoopEnd, lease: Lease): void {
    loops.delete(party_id);
    schedule.clear(party_id);
    metrics.leads(loops.size);
    if (end !== 'released') log.info({ party_id, end }, 'no longer leading');
    if (end === 'over') void forget(party_id, lease);
  }

  async function forget(party_id: string, lease: Lease): Promise<void> {
    try {
      await election.forget(party_id);
      await lease.release();
    } catch (error) {
      log.debug({ party_id, err: error }, 'a party that is over stays in the index until the next look');
    }
  }

  async function scan(): Promise<void> {
    let found = 0;
    try {
      if (health.reachable()) {
        const orphans = await election.orphans(scanBatch);
        found = orphans.length;
        await Promise.all(orphans.map(take));
      }
    } catch (error) {
      log.debug({ err: error }, 'no look at the index');
    }
    if (draining) return;
    // Orphans we could not get are somebody's already; only a full batch of fresh ones is a reason to hurry.
    cancels.scan = timers.after(found === scanBatch ? scanMs / 5 : scanMs, () => void scan());
  }

  async function renew(): Promise<void> {
    const leases = new Map([...loops].map(([party_id, loop]) => [party_id, loop.lease]));
    if (leases.size > 0) {
      try {
        for (const party_id of await election.renew(leases)) {
          log.warn({ party_id }, 'lease lost');
          metrics.refused('fenced');
          void loops.get(party_id)?.stop();
        }
      } catch (error) {
        log.debug({ err: error }, 'leases not renewed');
      }
    }
    if (!draining) cancels.renew = timers.after(election.lease_ms / 3, () => void renew());
  }

  /** At the start too: a store may have been emptied while no node was there to see it. */
  async function restore(): Promise<void> {
    if (draining) return;
    try {
      await restoreParties(ports);
    } catch (error) {
      log.warn({ err: error }, 'parties could not be put back; trying again');
      timers.after(restoreRetryMs, () => void restore());
    }
  }

  /** Busier nodes wait a little longer, so that parties spread over the nodes. */
  function takeAnnounced(party_ids: string[]): void {
    const handicap = Math.min(40, loops.size);
    for (const party_id of party_ids) timers.after(ports.random() * 10 + handicap, () => void take(party_id));
  }

  return {
    async start() {
      unlisten = await election.onAnnounced(takeAnnounced);
      health.onEmptied(() => void restore());
      void restore();
      void scan();
      void renew();
    },
    async drain() {
      draining = true;
      cancels.scan();
      cancels.renew();
      await unlisten?.().catch(() => undefined);
      const led = [...loops.values()];
      await Promise.all(led.map((loop) => loop.stop()));
      schedule.stop();
      await Promise.allSettled(led.map((loop) => loop.lease.release()));
      if (led.length === 0) return;
      // Where this fails the leases run out by themselves, and the next look at the index finds the parties.
      await election
        .announce(led.map((loop) => loop.party_id))
        .catch((error: unknown) => log.warn({ err: error }, 'not announced'));
    },
    leads: () => loops.size,
  };
}
