/** Those who have gone are waited for a little longer, and then no more: one timer, however many they are. */
import type { Clock, Timers } from '@partyline/core';
import type { LocalAttendance } from './attendance.ts';

export function createLetGo(at: {
  attendance: Pick<LocalAttendance, 'letGo'>;
  clock: Clock;
  timers: Timers;
  /** Called when some are waited for no more. */
  changed: () => void;
}): { later(): void; stop(): void } {
  let cancel: (() => void) | null = null;
  let stopped = false;

  function later(): void {
    if (cancel !== null || stopped) return;
    const now = at.clock.monotonic();
    const next = at.attendance.letGo(now);
    if (next === null) return;
    cancel = at.timers.after(next - now, () => {
      cancel = null;
      later();
      at.changed();
    });
  }

  return {
    later,
    stop() {
      stopped = true;
      cancel?.();
    },
  };
}
