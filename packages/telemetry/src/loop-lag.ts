/** How late the event loop was since somebody last asked. */
import { monitorEventLoopDelay } from 'node:perf_hooks';

/**
 * The loop is asked this often; a wait of this long is what an idle loop shows. Asking wakes an idle node: every 10 ms cost
 * half of the CPU that a node with nothing to do used. A stall is met for sure from this length on, a shorter one in
 * proportion.
 */
const resolutionMs = 47;

export interface LoopLag {
  /** Seconds, by quantile; starts anew with each call. */
  take(): { '0.5': number; '0.99': number; '1': number };
  stop(): void;
}

export function createLoopLag(): LoopLag {
  const delays = monitorEventLoopDelay({ resolution: resolutionMs });
  delays.enable();
  const late = (ns: number): number => (Number.isFinite(ns) ? Math.max(0, ns / 1e9 - resolutionMs / 1_000) : 0);
  return {
    take() {
      const lag = { '0.5': late(delays.percentile(50)), '0.99': late(delays.percentile(99)), '1': late(delays.max) };
      delays.reset();
      return lag;
    },
    stop: () => void delays.disable(),
  };
}
