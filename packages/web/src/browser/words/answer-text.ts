/** An answer in words: one's own, or the right one. Ids become the texts they stand for. Pure. */
import type { AnswerChoice, CorrectAnswer, QuestionKind, ShownChoice } from '@partyline/protocol';
import { shapeOf } from '../ui/shape.ts';
import { quantity } from './format.ts';

/** Where only the host's screen shows texts, a choice goes by its shape. */
export function choiceLabel(choice: ShownChoice, place: number): string {
  return choice.text === '' ? shapeOf(choice, place).label : choice.text;
}

/** One line for each part of the answer; none where there is nothing to tell. */
export function answerLines(
  kind: QuestionKind,
  choices: readonly ShownChoice[],
  answer: AnswerChoice | CorrectAnswer,
): string[] {
  if (answer === null) return [];
  const labels = new Map(choices.map((choice, place) => [choice.id, choiceLabel(choice, place)]));
  switch (kind) {
    case 'single':
    case 'multiple':
    case 'true_false':
    case 'poll':
    case 'order':
      return parts(answer).map((id) => labels.get(id) ?? id);
    case 'text':
    case 'word_cloud':
      return parts(answer);
    case 'number':
    case 'rating':
      return parts(answer).map((part) => (Number.isFinite(Number(part)) ? quantity(Number(part)) : part));
  }
}

function parts(answer: string | readonly string[] | number): string[] {
  return typeof answer === 'object' ? [...answer] : [String(answer)];
}
