/**
 * Which of the stores answers this node, watched all the time: an outage that lasts is logged once when it begins and once
 * when it ends. Decides nothing; `readiness` does.
 */
import type { Clock, StoreHealth, Timers } from '@partyline/core';
import type { LockMasters } from '@partyline/redis';
import type { LockMastersSeen } from './readiness.ts';

interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

export interface Reachability {
  isStoreReachable(): boolean;
  isArchiveReachable(): boolean;
  lockMasters(): LockMastersSeen;
  stop(): void;
}

export interface ReachabilityPorts {
  health: StoreHealth;
  /** Rejects where Postgres does not answer. */
  pingArchive: () => Promise<void>;
  locks: LockMasters;
  clock: Pick<Clock, 'monotonic'>;
  timers: Timers;
  log: Log;
}

const lookMs = 97;
/** A connection that broke is back within 25 ms; a node that says "not ready" for that long would flap. */
const patienceMs = 250;
const pingMs = 2_003;

export function createReachability({
  health,
  pingArchive,
  locks,
  clock,
  timers,
  log,
}: ReachabilityPorts): Reachability {
  let storeAwaySince: number | null = null;
  let isStoreAway = false;
  let isArchiveAway = false;
  let answering = locks.total;
  let isStopped = false;
  const cancels = { look: () => {}, ping: () => {}, count: () => {} };

  function look(): void {
    const now = clock.monotonic();
    storeAwaySince = health.reachable() ? null : (storeAwaySince ?? now);
    const isAway = storeAwaySince !== null && now - storeAwaySince >= patienceMs;
    if (isAway !== isStoreAway) {
      isStoreAway = isAway;
      if (isAway) log.warn({}, 'Redis is out of reach');
      else log.info({}, 'Redis answers again');
    }
    if (!isStopped) cancels.look = timers.after(lookMs, look);
  }

  async function ping(): Promise<void> {
    const isAway = await pingArchive().then(
      () => false,
      () => true,
    );
    if (isStopped) return;
    if (isAway !== isArchiveAway) {
      isArchiveAway = isAway;
      if (isAway) log.warn({}, 'Postgres is out of reach; results wait');
      else log.info({}, 'Postgres answers again');
    }
    cancels.ping = timers.after(pingMs, () => void ping());
  }

  async function countLocks(): Promise<void> {
    const found = await locks.answering();
    if (isStopped) return;
    const away = locks.total - found;
    if (found !== answering) {
      answering = found;
      if (away > 0) log.warn({ away, total: locks.total }, 'Redises that keep the leases are out of reach');
      else log.info({ total: locks.total }, 'all Redises that keep the leases answer again');
    }
    cancels.count = timers.after(pingMs, () => void countLocks());
  }

  look();
  void ping();
  // Their connections are not waited for at the start.
  cancels.count = timers.after(pingMs, () => void countLocks());
  return {
    isStoreReachable: () => !isStoreAway,
    isArchiveReachable: () => !isArchiveAway,
    lockMasters: () => ({ answering, total: locks.total }),
    stop() {
      isStopped = true;
      cancels.look();
      cancels.ping();
      cancels.count();
    },
  };
}
