/** The hardest and the easiest of the questions that had a right answer. Pure. */
import type { RoundStats } from '@partyline/protocol';
import { isScoredKind } from '../play/playing.ts';

export type Judged = RoundStats & { accuracy: number };

/** Both null where there are not two questions to compare. */
export function extremes(rounds: readonly RoundStats[]): { hardest: Judged | null; easiest: Judged | null } {
  const sorted = rounds.filter(isJudged).sort((a, b) => a.accuracy - b.accuracy || a.round - b.round);
  return sorted.length < 2
    ? { hardest: null, easiest: null }
    : { hardest: sorted[0] ?? null, easiest: sorted.at(-1) ?? null };
}

function isJudged(round: RoundStats): round is Judged {
  return isScoredKind(round.kind) && round.answered > 0 && round.accuracy !== null;
}
