/**
 * Results are kept until they are erased: by their host, or by age where RESULTS_KEPT_DAYS says so. Every node looks once an
 * hour; erasing what another has erased already changes nothing.
 */
import type { Archive, Clock, Timers } from '@partyline/core';

const lookMs = 3_600_000;
const dayMs = 86_400_000;

export interface RetentionPorts {
  archive: Pick<Archive, 'eraseEndedBefore'>;
  clock: Pick<Clock, 'now'>;
  timers: Timers;
  log: { info(fields: object, message: string): void; warn(fields: object, message: string): void };
}

/** `days` 0 keeps results for ever. Returns what ends it. */
export function startRetention(days: number, { archive, clock, timers, log }: RetentionPorts): () => void {
  if (days === 0) return () => undefined;
  let cancel: () => void = () => undefined;
  let isOver = false;

  async function look(): Promise<void> {
    try {
      const erased = await archive.eraseEndedBefore(clock.now() - days * dayMs);
      if (erased > 0) log.info({ erased, days }, 'old results were erased');
    } catch (error) {
      log.warn({ err: error }, 'old results could not be erased; trying again in an hour');
    }
    if (!isOver) cancel = timers.after(lookMs, () => void look());
  }

  void look();
  return () => {
    isOver = true;
    cancel();
  };
}
