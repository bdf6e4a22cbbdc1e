/**
 * When sockets are sent elsewhere because this node has lost the store (F10). Without it every screen here stands still, and
 * nothing on a socket tells: other nodes may reach the store. A stall of three seconds, or a quick restart, is waited out
 * where the sockets are, since moving everybody costs more than that.
 */
import type { Clock, StoreHealth, Timers } from '@partyline/core';

const lookMs = 251;
/** A line on which nothing passes is known within 2 s; with these it makes less than the five that are promised. */
export const mostAwayMs = 2_300;

export function createStoreWatch(at: {
  health: Pick<StoreHealth, 'reachable'>;
  clock: Pick<Clock, 'monotonic'>;
  timers: Timers;
  /** Called again and again while the store stays away: who came meanwhile is sent on too. */
  sendElsewhere: () => void;
}): { stop(): void } {
  let awaySince: number | null = null;
  let cancel = (): void => undefined;

  function look(): void {
    const now = at.clock.monotonic();
    awaySince = at.health.reachable() ? null : (awaySince ?? now);
    if (awaySince !== null && now - awaySince >= mostAwayMs) at.sendElsewhere();
    cancel = at.timers.after(lookMs, look);
  }

  look();
  return { stop: () => cancel() };
}
