/**
 * A question as a party plays it. Everything a player may not know before the reveal sits in two fields, `key` and
 * `explanation`; `publicQuestion` is the only projection of it that is shown. Choices are already in the order shown.
 */

export type QuestionKind =
  | 'single'
  | 'multiple'
  | 'true_false'
  | 'text'
  | 'number'
  | 'order'
  | 'poll'
  | 'rating'
  | 'word_cloud';

export interface ChoiceOption {
  /** Given by position after shuffling, so an id tells nothing. */
  id: string;
  text: string;
}

export interface AcceptedText {
  text: string;
  case_sensitive?: boolean;
}

/** What is right. Secret until the reveal. */
export type AnswerKey =
  | { kind: 'choices'; correct: string[] }
  | { kind: 'text'; accepted: AcceptedText[] }
  | { kind: 'number'; answer: number; tolerance: number | null }
  | { kind: 'order'; order: string[] }
  | { kind: 'none' };

export interface PublicQuestion {
  id: string;
  kind: QuestionKind;
  prompt: string;
  media?: { url: string };
  category: string;
  time_limit_ms: number;
  /** What a right answer is worth at most; 0 for a question that is not scored. */
  points: number;
  /** Bounds for `number` (optional) and the top of the scale for `rating`. */
  min?: number;
  max?: number;
  /** How many words a player may send to a `word_cloud`. */
  max_words?: number;
}

export interface Question extends PublicQuestion {
  choices: ChoiceOption[];
  key: AnswerKey;
  explanation?: string;
}

/** The questions of one party, frozen when it was opened: `questions[round - 1]`. */
export interface Quiz {
  quiz_id: string | null;
  title: string;
  questions: Question[];
}

/** Whether right and wrong exist for this question. */
export function isScored(question: Question): boolean {
  return question.key.kind !== 'none';
}

/** A question without anything that tells its answer: field by field, so that a new one stays secret until it is named here. */
export function publicQuestion(question: Question): PublicQuestion {
  const { id, kind, prompt, media, category, time_limit_ms, points, min, max, max_words } = question;
  return {
    ...{ id, kind, prompt, category, time_limit_ms, points },
    ...(media === undefined ? {} : { media: { url: media.url } }),
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    ...(max_words === undefined ? {} : { max_words }),
  };
}
