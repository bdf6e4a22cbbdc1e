/** Time that passes when a test says so. Microtasks run between timers, as they would. */
import type { ClientTimers } from '../src/timers.ts';

export interface VirtualTimers extends ClientTimers {
  advance(ms: number): Promise<void>;
  /** Timers that are set. */
  pending(): number;
}

export function virtualTimers(start = 1_000): VirtualTimers {
  const timers = new Set<{ at: number; order: number; call: () => void }>();
  let now = start;
  let order = 0;
  const settled = () => new Promise<void>((resolve) => setImmediate(resolve));
  return {
    now: () => now,
    after(ms, call) {
      order += 1;
      const timer = { at: now + Math.max(0, ms), order, call };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    pending: () => timers.size,
    async advance(ms) {
      const end = now + ms;
      await settled();
      for (;;) {
        const [next] = [...timers].sort((a, b) => a.at - b.at || a.order - b.order);
        if (next === undefined || next.at > end) break;
        timers.delete(next);
        now = next.at;
        next.call();
        await settled();
      }
      now = end;
    },
  };
}
