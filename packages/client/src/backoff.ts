/**
 * How long to wait before the next attempt: full jitter, anywhere between nothing and a bound that doubles. Of thousands
 * that lost the same node some come at once and none in step (F14).
 */
export interface Backoff {
  first_ms: number;
  most_ms: number;
}

export const reconnectBackoff: Backoff = { first_ms: 250, most_ms: 5_000 };

/** `failures`: how many attempts have failed in a row, 0 for the first wait. `random`: uniform on [0, 1). */
export function backoffMs(failures: number, random: () => number, { first_ms, most_ms } = reconnectBackoff): number {
  return Math.floor(random() * Math.min(most_ms, first_ms * 2 ** Math.min(failures, 30)));
}
