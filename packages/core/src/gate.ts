/** What a gateway must know to judge the form of an answer, and nothing that tells which answer is right. */
import type { Question, QuestionKind } from './question.ts';

export interface AnswerGate {
  round: number;
  kind: QuestionKind;
  choice_ids: string[];
  time_limit_ms: number;
  min?: number;
  max?: number;
  max_words?: number;
  /** Votes are stored without their voter's choice. */
  anonymous: boolean;
}

export function answerGate(
  question: Question,
  { round, anonymous_votes }: { round: number; anonymous_votes: boolean },
): AnswerGate {
  const { kind, choices, time_limit_ms, min, max, max_words } = question;
  return {
    round,
    kind,
    choice_ids: choices.map((choice) => choice.id),
    time_limit_ms,
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    ...(max_words === undefined ? {} : { max_words }),
    anonymous: anonymous_votes && question.key.kind === 'none',
  };
}
