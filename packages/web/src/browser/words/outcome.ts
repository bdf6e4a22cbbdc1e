/** How the answers of a stored round are distributed, as rows to draw, for every kind of question. Pure. */
import type { AnswerRow, ResultsResponse, RoundStats } from '@partyline/protocol';
import { answerLines } from './answer-text.ts';
import { type TallyRow, tallyRows } from './tally.ts';

/** Most frequent first where there is no order of its own. Answers are needed for what is typed or put in order alone. */
export function outcomeRows(round: RoundStats, answers: readonly AnswerRow[]): TallyRow[] {
  const { kind, max, choices = [], counts = {}, answered, right = null } = round;
  switch (kind) {
    case 'text':
    case 'number':
    case 'order':
      return givenRows(round, answers);
    default: {
      const question = { kind, ...(max === undefined ? {} : { max }) };
      return tallyRows({ question, choices, counts, answered, correct: right });
    }
  }
}

/** The same text in other capitals is the same answer, unless only one of them was right. */
function givenRows({ round, kind, choices = [] }: RoundStats, answers: readonly AnswerRow[]): TallyRow[] {
  const rows = new Map<string, { label: string; count: number; correct: boolean }>();
  for (const answer of answers) {
    if (answer.round !== round || answer.choice === null) continue;
    const label = answerLines(kind, choices, answer.choice).join(' → ');
    const key = `${answer.correct} ${label.normalize('NFKC').trim().toLowerCase().replace(/\s+/g, ' ')}`;
    const row = rows.get(key) ?? { label, count: 0, correct: answer.correct === true };
    rows.set(key, { ...row, count: row.count + 1 });
  }
  const sorted = [...rows].sort(
    ([a, one], [b, other]) =>
      other.count - one.count || Number(other.correct) - Number(one.correct) || (a < b ? -1 : 1),
  );
  const most = Math.max(1, ...sorted.map(([, { count }]) => count));
  const all = Math.max(
    1,
    sorted.reduce((sum, [, { count }]) => sum + count, 0),
  );
  return sorted.map(([id, { label, count, correct }]) => ({
    ...{ id, label, count, correct, length: count / most, share: count / all, won: false },
  }));
}

export interface CategorySum {
  category: string;
  answered: number;
  correct: number;
  accuracy: number;
}

/** Of all players together, by name. */
export function categorySums(rows: ResultsResponse['categories']): CategorySum[] {
  const sums = new Map<string, Omit<CategorySum, 'accuracy'>>();
  for (const { category, answered, correct } of rows) {
    const sum = sums.get(category) ?? { category, answered: 0, correct: 0 };
    sums.set(category, { category, answered: sum.answered + answered, correct: sum.correct + correct });
  }
  const byName = [...sums.values()].sort((a, b) => (a.category < b.category ? -1 : 1));
  return byName.map((sum) => ({ ...sum, accuracy: sum.correct / Math.max(1, sum.answered) }));
}
