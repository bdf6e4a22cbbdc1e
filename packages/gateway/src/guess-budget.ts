/** How many room codes that are nobody's may be tried: by one address, and by all together. Right codes cost nothing. */
import { createRecentMap } from './recent-map.ts';

const windowMs = 60_000;
const addressesKept = 50_000;
/** All addresses together may miss this many times as often as one. */
const houseFactor = 50;

export interface GuessBudget {
  isSpent(address: string): boolean;
  failed(address: string): void;
}

interface Misses {
  since: number;
  count: number;
}

export function createGuessBudget(at: { per_minute: number; now: () => number; spent: () => void }): GuessBudget {
  const missed = createRecentMap<Misses>(addressesKept);
  let everybody: Misses | undefined;

  function isOver(misses: Misses | undefined, limit: number): boolean {
    return misses !== undefined && at.now() - misses.since < windowMs && misses.count >= limit;
  }

  function oneMore(misses: Misses | undefined): Misses {
    const isFresh = misses === undefined || at.now() - misses.since >= windowMs;
    return isFresh ? { since: at.now(), count: 1 } : { since: misses.since, count: misses.count + 1 };
  }

  return {
    isSpent(address) {
      // Once the house's budget is gone, an address has one miss left, not none: strangers cannot shut the door on others.
      const isHouseOver = isOver(everybody, at.per_minute * houseFactor);
      const isSpent = isOver(missed.get(address), isHouseOver ? 1 : at.per_minute);
      if (isSpent) at.spent();
      return isSpent;
    },
    failed(address) {
      everybody = oneMore(everybody);
      missed.set(address, oneMore(missed.get(address)));
    },
  };
}
