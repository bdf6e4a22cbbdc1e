/**
 * When each party is due next: one heap and one timer for all parties of a node, so that 2,000 parties cost one timer.
 * Knows instants of the monotonic clock and nothing of what happens at them.
 */
import type { Clock, Timers } from '@partyline/core';
import TinyQueue from 'tinyqueue';

interface Entry {
  at: number;
  key: string;
  /** Only the latest entry of a key counts; older ones are skipped when they surface. */
  version: number;
}

export interface Schedule {
  /** Calls `due` once at `at` (monotonic ms). An earlier call for the same key replaces it. */
  set(key: string, at: number): void;
  clear(key: string): void;
  stop(): void;
}

export function createSchedule(at: {
  clock: Pick<Clock, 'monotonic'>;
  timers: Timers;
  due: (key: string, late_ms: number) => void;
}): Schedule {
  const heap = new TinyQueue<Entry>([], (a, b) => a.at - b.at);
  const latest = new Map<string, number>();
  let versions = 0;
  let armed: { at: number; cancel: () => void } | null = null;

  function arm(): void {
    const head = heap.peek();
    if (head === undefined || (armed !== null && armed.at <= head.at)) return;
    armed?.cancel();
    const wait = Math.max(0, head.at - at.clock.monotonic());
    armed = { at: head.at, cancel: at.timers.after(wait, fire) };
  }

  function fire(): void {
    armed = null;
    const now = at.clock.monotonic();
    for (let head = heap.peek(); head !== undefined && head.at <= now; head = heap.peek()) {
      heap.pop();
      if (latest.get(head.key) !== head.version) continue;
      latest.delete(head.key);
      at.due(head.key, now - head.at);
    }
    arm();
  }

  return {
    set(key, when) {
      versions += 1;
      latest.set(key, versions);
      heap.push({ at: when, key, version: versions });
      arm();
    },
    clear(key) {
      latest.delete(key);
    },
    stop() {
      armed?.cancel();
      armed = null;
      latest.clear();
    },
  };
}
