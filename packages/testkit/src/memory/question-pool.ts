/** The question pool in memory, for tests. Draws with the random source it is given, so that a draw can be repeated. */
import { type PoolQuestion, type QuestionPool, type RandomInt, shuffled } from '@partyline/core';
import { createOutage, type Outage } from './outage.ts';

export interface MemoryQuestionPool extends QuestionPool {
  readonly outage: Outage;
}

const folded = (category: string): string => category.trim().toLowerCase();

/** `randomInt(n)` is uniform on 0..n-1. */
export function createMemoryQuestionPool(questions: readonly PoolQuestion[], randomInt: RandomInt): MemoryQuestionPool {
  const outage = createOutage();
  const byCategory = Map.groupBy(questions, (question) => folded(question.category));
  const different = (rows: PoolQuestion[]): PoolQuestion[] => [
    ...new Map(rows.map((question) => [question.question, question])).values(),
  ];
  return {
    outage,
    categories: () =>
      outage.through(() =>
        [...byCategory.values()]
          .map((rows) => ({ category: rows[0]?.category.trim() ?? '', questions: different(rows).length }))
          .sort((a, b) => (a.category < b.category ? -1 : 1)),
      ),
    draw: (category, n) =>
      outage.through(() => {
        const rows = byCategory.get(folded(category));
        if (rows === undefined) return { result: 'category_not_found' };
        const available = different(rows);
        if (available.length < n) return { result: 'not_enough_questions', available: available.length };
        return { result: 'drawn', questions: shuffled(available, randomInt).slice(0, n) };
      }),
  };
}
