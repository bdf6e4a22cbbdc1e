/** A token bucket: so many at once, so many a second. The clock is the caller's, in monotonic ms. */

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

/** One bucket per key (an address, a party), at most `keys` of them: the least recently used is dropped first. */
export function createKeyedBuckets(at: { burst: number; per_second: number; keys: number }): {
  take(key: string, now: number): boolean;
} {
  const buckets = new Map<string, TokenBucket>();
  return {
    take(key, now) {
      const bucket = buckets.get(key) ?? createTokenBucket(at);
      buckets.delete(key);
      buckets.set(key, bucket);
      if (buckets.size > at.keys) {
        const oldest = buckets.keys().next();
        if (!oldest.done) buckets.delete(oldest.value);
      }
      return bucket.take(now);
    },
  };
}
