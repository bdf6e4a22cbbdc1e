/** Time. The server's one clock is Redis; a node only estimates it, and its estimate never runs ahead. */

export interface Clock {
  /** Epoch ms on the server's clock, as a lower bound. */
  now(): number;
  /** This process's own monotonic ms: for leases and durations, comparable with nothing outside. */
  monotonic(): number;
}

export interface Timers {
  /** Calls once after `ms`; the returned function cancels. */
  after(ms: number, call: () => void): () => void;
}

/** What is known of the store's reachability. */
export interface StoreHealth {
  reachable(): boolean;
  /** The last outage that is over, on the server's clock; null where there was none. */
  lastOutage(): { from: number; to: number } | null;
  /** Where the store came back without its data. */
  onEmptied(call: () => void): () => void;
}
