/** The last round whose standings exist; 0 before the first is scored. */
import type { Party } from './party.ts';

export function scoredRound({ phase, current_round, started_at }: Party): number {
  if (started_at === null) return 0;
  const name = phase.name === 'paused' ? phase.was.name : phase.name;
  return name === 'question' || name === 'closing' ? current_round - 1 : current_round;
}
