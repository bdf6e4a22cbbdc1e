/** Timers that run when a test says so: testkit's virtual time, with the one step these tests take. */
import type { Timers } from '@partyline/core';
import { createVirtualTime } from '../../testkit/src/simulation/virtual-time.ts';

export interface PassingTime {
  timers: Timers;
  now(): number;
  /** Lets so much time go by, and all that is due in it happen. */
  pass(ms: number): Promise<void>;
  /** Timers that are still set. */
  pending(): number;
}

export function passingTime(): PassingTime {
  const time = createVirtualTime();
  return {
    timers: time.timers,
    now: time.now,
    pending: time.pending,
    async pass(ms) {
      let isOver = false;
      time.timers.after(ms, () => {
        isOver = true;
      });
      await time.run({ limit_ms: ms, isDone: () => isOver });
    },
  };
}
