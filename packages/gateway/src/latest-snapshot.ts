/** The snapshot of one party at or after the last delivered envelope, read at most once for each place in the history. */
import type { Snapshot } from '@partyline/core';
import type { Position } from '@partyline/protocol';
import { isNewer } from './session.ts';

export interface LatestSnapshot {
  /** null where the party is gone. */
  current(): Promise<Snapshot | null>;
  /** For those who come: a finished party may have been erased since it was read, so it is read anew for them. */
  standing(): Promise<Snapshot | null>;
  /** Continuity is in doubt: the next one is read anew. */
  forget(): void;
}

export function createLatestSnapshot(at: {
  read: () => Promise<Snapshot | null>;
  /** Of the last delivered envelope. */
  position: () => Position;
}): LatestSnapshot {
  let cached: Snapshot | null = null;
  let reading: Promise<Snapshot | null> | null = null;

  async function current(): Promise<Snapshot | null> {
    if (cached !== null && !isNewer(cached, at.position())) return cached;
    reading ??= at.read().finally(() => {
      reading = null;
    });
    const snapshot = await reading;
    if (snapshot !== null && (cached === null || !isNewer(snapshot, at.position()))) cached = snapshot;
    return snapshot;
  }

  return {
    current,
    standing() {
      if (cached?.phase === 'finished') cached = null;
      return current();
    },
    forget() {
      cached = null;
    },
  };
}
