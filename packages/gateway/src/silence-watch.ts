/**
 * Who has been sent nothing for so long, and is due for a word. A socket is looked at when its silence would be due and not
 * before: with 30,000 of them that is a twentieth of looking at each one each second, and nobody's word is late.
 */
import type { Clock, Timers } from '@partyline/core';
import type { Session } from './session.ts';

type Silent = Pick<Session, 'sent_at'>;

export interface SilenceWatch<S extends Silent> {
  add(session: S): void;
  remove(session: S): void;
  stop(): void;
}

/** How late a word may be. Near-prime, so that nodes do not fall into step with other work. */
const slotMs = 499;

export function createSilenceWatch<S extends Silent>(at: {
  silence_ms: number;
  clock: Pick<Clock, 'monotonic'>;
  timers: Timers;
  /** Sends something, and sets `sent_at`. */
  fill: (session: S) => void;
}): SilenceWatch<S> {
  const { silence_ms, clock, timers, fill } = at;
  /** By the slot of time in which their silence is due, if nothing is sent until then. */
  const due = new Map<number, Set<S>>();
  const places = new Map<S, Set<S>>();
  let passed = slotOf(clock.monotonic());
  let cancel = timers.after(slotMs, look);

  function slotOf(instant: number): number {
    return Math.ceil(instant / slotMs);
  }

  function place(session: S): void {
    const slot = Math.max(passed + 1, slotOf(session.sent_at + silence_ms));
    const together = due.get(slot) ?? new Set();
    due.set(slot, together.add(session));
    places.set(session, together);
  }

  function look(): void {
    const now = clock.monotonic();
    const last = Math.floor(now / slotMs);
    for (let slot = passed + 1; slot <= last; slot += 1) {
      passed = slot;
      const together = due.get(slot) ?? [];
      due.delete(slot);
      for (const session of together) {
        if (now - session.sent_at >= silence_ms) fill(session);
        // A word may have been the last one.
        if (places.get(session) === together) place(session);
      }
    }
    cancel = timers.after(slotMs, look);
  }

  return {
    add: place,
    remove(session) {
      places.get(session)?.delete(session);
      places.delete(session);
    },
    stop: () => cancel(),
  };
}
