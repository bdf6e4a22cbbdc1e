/** How long the question on the screens is still open, by what a snapshot says. */
import type { Snapshot } from '@partyline/core';

/** Whole ms until it closes, or what is left of it in a pause; null where none is open. */
export function closesIn(
  { phase, closes_at, gate, door: { question_left_ms } }: Snapshot,
  now: number,
  extra_time_percent = 0,
): number | null {
  if (phase === 'paused' && question_left_ms !== undefined) return Math.max(0, Math.round(question_left_ms));
  if (phase !== 'question' || closes_at === 0) return null;
  const extra = ((gate?.time_limit_ms ?? 0) * extra_time_percent) / 100;
  return Math.max(0, Math.round(closes_at + extra - now));
}
