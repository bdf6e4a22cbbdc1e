/** The system's own timers behind the port. */
import type { Timers } from '@partyline/core';

/** Above it a timer of Node fires at once. */
const longestMs = 2 ** 31 - 1;

export function createTimers(): Timers {
  return {
    after(ms, call) {
      // `setTimeout(…, 0)` waits a whole millisecond; whoever asks for 0 wants the next turn of the event loop.
      if (ms <= 0) {
        const immediate = setImmediate(call);
        return () => clearImmediate(immediate);
      }
      const timer = setTimeout(call, Math.min(ms, longestMs));
      return () => clearTimeout(timer);
    },
  };
}
