/** What the rounds of a party say together: accuracy, the hardest and the easiest question, who dropped out. */
import { type AskedRound, askedQuestion } from './asked-question.ts';
import type { CorrectShown } from './party.ts';
import type { ChoiceOption, QuestionKind } from './question.ts';

/** One stored round, summed over its answers. `scorable` counts answers where right and wrong exist. */
export interface RoundCounts extends AskedRound {
  answered: number;
  scorable: number;
  correct: number;
  answered_ms: number;
  counts: Record<string, number>;
}

export interface PartyCounts {
  rounds: RoundCounts[];
  players_total: number;
  /** Players who answered something, but none of the last two rounds played. */
  drop_outs: number;
}

export interface RoundStats {
  round: number;
  question_id: string;
  kind: QuestionKind;
  prompt: string;
  answered: number;
  correct: number;
  /** Correct of those that could be; null where nothing could. */
  accuracy: number | null;
  mean_ms: number;
  /** By what stands in `choices`, by rating or by word. */
  counts: Record<string, number>;
  choices: ChoiceOption[];
  /** What was right; `correct` is how many were. */
  right: CorrectShown;
  max?: number;
}

export interface GameStats {
  players_total: number;
  drop_outs: number;
  rounds: number;
  answered: number;
  correct: number;
  accuracy: number | null;
  mean_ms: number;
  /** Rounds by accuracy; the earlier one where two are equal, null where none was scored. */
  hardest_round: number | null;
  easiest_round: number | null;
  by_round: RoundStats[];
}

/** Skipped rounds are left out: they count for nobody. */
export function gameStats({ rounds, players_total, drop_outs }: PartyCounts): GameStats {
  const played = rounds.filter((round) => !round.skipped);
  const total = (of: (round: RoundCounts) => number): number => played.reduce((sum, round) => sum + of(round), 0);
  const answered = total((round) => round.answered);
  const correct = total((round) => round.correct);
  const scored = played.filter((round) => round.scorable > 0);
  const byAccuracy = [...scored].sort((a, b) => share(a) - share(b) || a.round - b.round);
  const easiest = [...scored].sort((a, b) => share(b) - share(a) || a.round - b.round);
  return {
    players_total,
    drop_outs,
    rounds: played.length,
    answered,
    correct,
    accuracy: ratio(
      correct,
      total((round) => round.scorable),
    ),
    mean_ms: mean(
      total((round) => round.answered_ms),
      answered,
    ),
    hardest_round: byAccuracy[0]?.round ?? null,
    easiest_round: easiest[0]?.round ?? null,
    by_round: played.map(roundStats),
  };
}

function roundStats(played: RoundCounts): RoundStats {
  const { answered, scorable, correct, answered_ms, counts } = played;
  const { round, question_id, kind, prompt, choices, correct: right, max } = askedQuestion(played);
  return {
    ...{ round, question_id, kind, prompt, answered, correct },
    accuracy: ratio(correct, scorable),
    mean_ms: mean(answered_ms, answered),
    ...{ counts, choices, right },
    ...(max === undefined ? {} : { max }),
  };
}

function share({ correct, scorable }: RoundCounts): number {
  return correct / scorable;
}

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

function mean(sum: number, count: number): number {
  return count === 0 ? 0 : Math.round(sum / count);
}
