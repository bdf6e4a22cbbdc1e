/** The snapshot of one party at or after the last delivered envelope, read at most once for each place in the history. */
import type { Snapshot } from '@partyline/core';
import type { Position } from '@partyline/protocol';
import { isNewer } from './session.ts';

export interface LatestSnapshot {
  /** null where the party is gone. */
  current(): Promise<Snapshot | null>;
  /** For those who come: a finished party may have been erased since it was read, so it is read anew for them. */
  standing(): Promise<Snapshot | null>;
  /** Continuity is in doubt: the next one is read anew, and what is being read may be from before. */
  forget(): void;
}

export function createLatestSnapshot(at: {
  read: () => Promise<Snapshot | null>;
  /** Of the last delivered envelope. */
  position: () => Position;
}): LatestSnapshot {
  let cached: Snapshot | null = null;
  let reading: Promise<Snapshot | null> | null = null;

  function read(): Promise<Snapshot | null> {
    const mine = at
      .read()
      .then((snapshot) => {
        const isKept = reading === mine && snapshot !== null;
        if (isKept && (cached === null || !isNewer(snapshot, at.position()))) cached = snapshot;
        return snapshot;
      })
      .finally(() => {
        if (reading === mine) reading = null;
      });
    return mine;
  }

  async function current(): Promise<Snapshot | null> {
    if (cached !== null && !isNewer(cached, at.position())) return cached;
    reading ??= read();
    return reading;
  }

  return {
    current,
    standing() {
      if (cached?.phase === 'finished') cached = null;
      return current();
    },
    forget() {
      cached = null;
      reading = null;
    },
  };
}
