/**
 * A question as results and statistics tell it, so that the ids in them can be read. Told is what a reveal has told: of a
 * party that is still played only rounds that are over, and of a skipped round never what was right.
 */
import type { CorrectShown } from './party.ts';
import type { ChoiceOption, Question, QuestionKind } from './question.ts';
import { correctShown, questionFor } from './view.ts';

/** A round as it is stored, with the key of its question. */
export interface AskedRound {
  round: number;
  question: Question;
  skipped: boolean;
}

export interface AskedQuestion {
  round: number;
  question_id: string;
  kind: QuestionKind;
  prompt: string;
  category: string;
  /** In the order of this party. */
  choices: ChoiceOption[];
  /** In the form players sent it; null where nothing was right or wrong, and of a skipped round. */
  correct: CorrectShown;
  /** The top of the scale of a `rating`. */
  max?: number;
  skipped?: boolean;
}

export function askedQuestion({ round, question, skipped }: AskedRound): AskedQuestion {
  const { id, kind, prompt, category, choices, max } = question;
  return {
    ...{ round, question_id: id, kind, prompt, category },
    choices: choices.map((choice) => ({ id: choice.id, text: choice.text })),
    correct: skipped ? null : correctShown(question),
    ...(kind === 'rating' && max !== undefined ? { max } : {}),
    ...(skipped ? { skipped } : {}),
  };
}

/**
 * The rounds of a running party that may be told. One that is stored and not yet over was played before the live store
 * lost its data, and is played again. `isMasked`: for phones that show no words.
 */
export function toldRounds<Round extends AskedRound>(
  rounds: readonly Round[],
  { scored_round, isMasked }: { scored_round: number; isMasked: boolean },
): Round[] {
  return rounds
    .filter(({ round }) => round <= scored_round)
    .map((told) => ({ ...told, question: { ...told.question, ...wordsOf(told.question, isMasked) } }));
}

function wordsOf(question: Question, isMasked: boolean): Pick<Question, 'prompt' | 'choices'> {
  const { question: shown, choices } = questionFor(question, isMasked);
  return { prompt: shown?.prompt ?? '', choices };
}
