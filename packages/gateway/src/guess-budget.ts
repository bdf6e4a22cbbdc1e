/** How many room codes that are nobody's may be tried: by one address, and by all together. Right codes cost nothing. */

const windowMs = 60_000;
const addressesKept = 50_000;
/** All addresses together may miss this many times as often as one. */
const houseFactor = 50;

export interface GuessBudget {
  isSpent(address: string): boolean;
  failed(address: string): void;
}

export function createGuessBudget(at: { per_minute: number; now: () => number; spent: () => void }): GuessBudget {
  const misses = new Map<string, { since: number; count: number }>();
  const everybody = '*';

  function isOver(key: string, limit: number): boolean {
    const miss = misses.get(key);
    return miss !== undefined && at.now() - miss.since < windowMs && miss.count >= limit;
  }

  function count(key: string): void {
    const miss = misses.get(key);
    const isFresh = miss === undefined || at.now() - miss.since >= windowMs;
    misses.delete(key);
    misses.set(key, isFresh ? { since: at.now(), count: 1 } : { since: miss.since, count: miss.count + 1 });
    const oldest = misses.keys().next();
    if (misses.size > addressesKept && !oldest.done) misses.delete(oldest.value);
  }

  return {
    isSpent(address) {
      // Once the house's budget is gone, an address has one miss left, not none: strangers cannot shut the door on others.
      const isHouseOver = isOver(everybody, at.per_minute * houseFactor);
      const isSpent = isOver(address, isHouseOver ? 1 : at.per_minute);
      if (isSpent) at.spent();
      return isSpent;
    },
    failed(address) {
      count(address);
      count(everybody);
    },
  };
}
