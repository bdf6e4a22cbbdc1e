/** A token bucket: so many at once, so many a second. The clock is the caller's, in monotonic ms. */
import { createRecentMap } from './recent-map.ts';

export interface TokenBucket {
  /** Takes one; false where none is left. */
  take(now: number): boolean;
}

export function createTokenBucket({ burst, per_second }: { burst: number; per_second: number }): TokenBucket {
  let tokens = burst;
  let filledAt = Number.NEGATIVE_INFINITY;
  return {
    take(now) {
      if (filledAt !== Number.NEGATIVE_INFINITY)
        tokens = Math.min(burst, tokens + ((now - filledAt) / 1000) * per_second);
      filledAt = now;
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
  };
}

/** One bucket per key (an address, a party), at most `keys` of them: those that were used last stay. */
export function createKeyedBuckets(at: { burst: number; per_second: number; keys: number }): {
  take(key: string, now: number): boolean;
} {
  const buckets = createRecentMap<TokenBucket>(at.keys);
  return {
    take(key, now) {
      const bucket = buckets.get(key) ?? createTokenBucket(at);
      buckets.set(key, bucket);
      return bucket.take(now);
    },
  };
}
