/**
 * What a leader makes of outages, its own store's and those of all gateways at once: the question gets the time back, and
 * who comes back first does not close it in front of the others. Pure.
 */
import type { Gathered, StoreHealth } from '@partyline/core';

/** After an outage clients are back in so many ms, nearly all of them. */
export const returnMs = 3_000;

export interface Outage {
  from: number;
  to: number;
}

/** Those known, the earlier end first. */
export function outagesOf({ silence }: Gathered, health: Pick<StoreHealth, 'lastOutage'>): Outage[] {
  return [health.lastOutage(), silence].filter((outage) => outage !== null).sort((a, b) => a.to - b.to);
}

/** `gathered` as it may be acted on; and when to look again although nothing happens, epoch ms, null: no need. */
export function heeded(
  gathered: Gathered,
  { outages, now }: { outages: Outage[]; now: number },
): { gathered: Gathered; look_again_at: number | null } {
  const { attendance, waits_until } = gathered;
  const returnedAt = (outages.at(-1)?.to ?? Number.NEGATIVE_INFINITY) + returnMs;
  if (attendance.all_answered_round === 0 || now >= returnedAt) return { gathered, look_again_at: waits_until };
  return { gathered: { ...gathered, attendance: { ...attendance, all_answered_round: 0 } }, look_again_at: returnedAt };
}
