/** Authored quizzes in memory, for tests. */
import { randomUUID } from 'node:crypto';
import type { QuizSummary, Quizzes, StoredQuiz } from '@partyline/core';
import { createOutage, type Outage } from './outage.ts';

export interface MemoryQuizzes extends Quizzes {
  readonly outage: Outage;
}

/** `now`: epoch ms. */
export function createMemoryQuizzes(now: () => number): MemoryQuizzes {
  const outage = createOutage();
  const quizzes = new Map<string, StoredQuiz>();
  const owned = (owner_id: string, quiz_id: string): StoredQuiz | null => {
    const quiz = quizzes.get(quiz_id);
    return quiz?.owner_id === owner_id ? quiz : null;
  };
  const put = (quiz: StoredQuiz): StoredQuiz => {
    quizzes.set(quiz.quiz_id, structuredClone(quiz));
    return quiz;
  };
  return {
    outage,
    create: (owner_id, draft) =>
      outage.through(() => put({ quiz_id: randomUUID(), owner_id, ...draft, created_at: now(), updated_at: now() })),
    get: (owner_id, quiz_id) => outage.through(() => structuredClone(owned(owner_id, quiz_id))),
    update: (owner_id, quiz_id, draft) =>
      outage.through(() => {
        const quiz = owned(owner_id, quiz_id);
        return quiz && put({ ...quiz, ...draft, updated_at: now() });
      }),
    delete: (owner_id, quiz_id) => outage.through(() => owned(owner_id, quiz_id) !== null && quizzes.delete(quiz_id)),
    list: (owner_id) =>
      outage.through(() =>
        [...quizzes.values()]
          .filter((quiz) => quiz.owner_id === owner_id)
          .sort((a, b) => b.updated_at - a.updated_at)
          .map(summary),
      ),
  };
}

function summary({ quiz_id, title, document, created_at, updated_at }: StoredQuiz): QuizSummary {
  const { questions } = document as { questions?: unknown };
  return { quiz_id, title, questions: Array.isArray(questions) ? questions.length : 0, created_at, updated_at };
}
