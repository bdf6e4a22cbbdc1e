/** Results with what their ids stand for: what was asked, and what was chosen of it, in words. */
import type { AnswerRow, Question, ShownResults } from '@partyline/core';
import { listedCell } from './listed-cell.ts';
import type { Cell } from './table.ts';

export interface ReadableResults extends ShownResults {
  /** As they were played, by round. */
  questions: ReadonlyMap<number, Question>;
}

export interface ReadableAnswer {
  prompt: string;
  choice: Cell;
}

/** Several choices stand in one cell in the order they were sent in. What nothing is known of stays as it is stored. */
export function readableAnswer(
  { round, question_id, choice }: AnswerRow,
  { questions }: Pick<ReadableResults, 'questions'>,
): ReadableAnswer {
  const question = questions.get(round);
  const worded = (part: string): string => question?.choices.find(({ id }) => id === part)?.text ?? part;
  const prompt = question?.prompt ?? question_id;
  if (Array.isArray(choice)) return { prompt, choice: listedCell(choice.map(worded)) };
  return { prompt, choice: typeof choice === 'string' ? worded(choice) : choice };
}
