/** The answers of a round as rows to draw: votes per choice, per rating, per word. Pure. */
import type { CorrectAnswer, ShownChoice, ShownQuestion } from '@partyline/protocol';

export interface TallyRow {
  id: string;
  label: string;
  count: number;
  /** Of the largest row, 0 to 1: how long its bar is. */
  length: number;
  /** Of all choices made, 0 to 1; of all who answered, where each may choose several. */
  share: number;
  /** null where nothing is right or wrong. */
  correct: boolean | null;
  /** Nothing got more votes in a poll that is over; several where it is a tie. */
  won: boolean;
}

interface Told {
  question: Pick<ShownQuestion, 'kind' | 'max'>;
  choices: readonly ShownChoice[];
  counts: Readonly<Record<string, number>>;
  answered: number;
  /** Undefined before the reveal. */
  correct?: CorrectAnswer | undefined;
}

/** Empty for kinds that are not counted by what was chosen (number, order). */
export function tallyRows(told: Told): TallyRow[] {
  const { counts, question, answered } = told;
  const keys = keysOf(told);
  const right = Array.isArray(told.correct) ? told.correct : null;
  const most = Math.max(1, ...keys.map(({ id }) => counts[id] ?? 0));
  const made = keys.reduce((sum, { id }) => sum + (counts[id] ?? 0), 0);
  const all = Math.max(1, question.kind === 'multiple' ? answered : made);
  return keys.map(({ id, label }) => {
    const count = counts[id] ?? 0;
    return {
      ...{ id, label, count, length: count / most, share: count / all },
      correct: right?.includes(id) ?? null,
      won: question.kind === 'poll' && told.correct !== undefined && count === most,
    };
  });
}

function keysOf({ question, choices, counts }: Told): { id: string; label: string }[] {
  switch (question.kind) {
    case 'single':
    case 'multiple':
    case 'true_false':
    case 'poll':
      return choices.map(({ id, text }) => ({ id, label: text }));
    case 'rating':
      return Array.from({ length: question.max ?? 5 }, (_, index) => String(index + 1)).map((id) => ({
        id,
        label: id,
      }));
    case 'text':
    case 'word_cloud':
      return mostCommon(counts).map((id) => ({ id, label: id }));
    case 'number':
    case 'order':
      return [];
  }
}

function mostCommon(counts: Readonly<Record<string, number>>): string[] {
  return Object.entries(counts)
    .sort(([a, many], [b, more]) => more - many || (a < b ? -1 : 1))
    .map(([word]) => word);
}

/**
 * How large a word stands in the cloud, from 1 to 5, beside the word sent most often. Where few were sent twice none is
 * large: a cloud in which everything shouts tells nothing.
 */
export function wordSize(count: number, most: number): number {
  return Math.max(1, Math.ceil((count / Math.max(1, most)) * Math.min(5, most + 1)));
}

/** The mean of ratings; null before the first one. */
export function meanRating(counts: Readonly<Record<string, number>>): number | null {
  let votes = 0;
  let sum = 0;
  for (const [rating, count] of Object.entries(counts)) {
    votes += count;
    sum += Number(rating) * count;
  }
  return votes === 0 ? null : sum / votes;
}
