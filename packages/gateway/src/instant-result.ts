/** `feedback: instant`: what an answer makes of a player's account before the round is scored. */
import { type Answer, type Question, resultOf, type Settings } from '@partyline/core';
import type { You } from '@partyline/protocol';

export interface InstantResult {
  correct: boolean | null;
  points: number;
  score: number;
  streak: number;
}

/** `you`: as it was when the round opened. null where only all answers together tell who is right (the closest number). */
export function instantResult(
  question: Question,
  {
    answer,
    you,
    settings,
    extra_time_percent,
  }: {
    answer: Answer;
    you: Pick<You, 'score' | 'streak'>;
    settings: Settings;
    extra_time_percent: number;
  },
): InstantResult | null {
  if (question.key.kind === 'number' && question.key.tolerance === null) return null;
  const { score, streak } = you;
  const { correct, points } = resultOf(question, settings, { answer, streak, extra_time_percent, closest: 0 });
  return { correct, points, score: score + points, streak: correct === null ? streak : correct ? streak + 1 : 0 };
}
