/** Time that only passes when nothing is left to do in it: one queue of timers for a whole simulated cluster. */
import type { Timers } from '@partyline/core';
import TinyQueue from 'tinyqueue';

export interface VirtualTime {
  /** Epoch ms. */
  now(): number;
  timers: Timers;
  /** Lets time pass until `isDone` or the limit; false where the limit came first. */
  run(at: { limit_ms: number; isDone: () => boolean }): Promise<boolean>;
  /** Timers that are still set. */
  pending(): number;
}

interface Timer {
  at: number;
  order: number;
  call: (() => void) | null;
}

export function createVirtualTime(start = 1_800_000_000_000): VirtualTime {
  const queue = new TinyQueue<Timer>([], (a, b) => a.at - b.at || a.order - b.order);
  let now = start;
  let order = 0;
  let pending = 0;

  return {
    now: () => now,
    pending: () => pending,
    timers: {
      after(ms, call) {
        order += 1;
        pending += 1;
        const timer: Timer = { at: now + Math.max(0, ms), order, call };
        queue.push(timer);
        return () => {
          if (timer.call !== null) pending -= 1;
          timer.call = null;
        };
      },
    },
    async run({ limit_ms, isDone }) {
      const end = now + limit_ms;
      await settled();
      while (!isDone()) {
        const next = queue.pop();
        if (next === undefined || next.at > end) return false;
        if (next.call === null) continue;
        now = Math.max(now, next.at);
        pending -= 1;
        const { call } = next;
        next.call = null;
        call();
        await settled();
      }
      return true;
    },
  };
}

/** All promises that could go on have gone on: a turn of the real event loop comes after every microtask. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
