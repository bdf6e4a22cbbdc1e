/** The `Quizzes` port on Postgres. */
import { randomUUID } from 'node:crypto';
import type { QuizDraft, QuizSummary, Quizzes, StoredQuiz } from '@partyline/core';
import type { Database } from './database.ts';
import { type Statement, statement } from './statement.ts';
import { storableJson, storableText } from './storable.ts';
import { isUuid } from './uuid.ts';

const insertQuiz = statement('hosts/insert-quiz');
const findQuiz = statement('hosts/find-quiz');
const updateQuiz = statement('hosts/update-quiz');
const deleteQuiz = statement('hosts/delete-quiz');
const listQuizzes = statement('hosts/list-quizzes');

type Dated<T> = Omit<T, 'created_at' | 'updated_at'> & { created_at: Date; updated_at: Date };

function inMs<T extends Dated<object>>(row: T) {
  return { ...row, created_at: row.created_at.getTime(), updated_at: row.updated_at.getTime() };
}

export function createQuizzes(database: Database): Quizzes {
  /** The one quiz a statement is about. An id that is no UUID is nobody's. */
  async function quiz(at: Statement, owner_id: string, quiz_id: string, draft?: QuizDraft): Promise<StoredQuiz | null> {
    if (!isUuid(quiz_id)) return null;
    const values = draft ? [storableText(draft.title), storableJson(draft.document)] : [];
    const rows = await database.rows<Dated<StoredQuiz>>(`host ${owner_id}`, at, [quiz_id, owner_id, ...values]);
    return rows.map(inMs)[0] ?? null;
  }

  return {
    async create(owner_id, draft) {
      const created = await quiz(insertQuiz, owner_id, randomUUID(), draft);
      if (created === null) throw new Error('the quiz was not stored');
      return created;
    },
    get: (owner_id, quiz_id) => quiz(findQuiz, owner_id, quiz_id),
    update: (owner_id, quiz_id, draft) => quiz(updateQuiz, owner_id, quiz_id, draft),
    delete: async (owner_id, quiz_id) => (await quiz(deleteQuiz, owner_id, quiz_id)) !== null,
    async list(owner_id) {
      return (await database.rows<Dated<QuizSummary>>(`host ${owner_id}`, listQuizzes, [owner_id])).map(inMs);
    },
  };
}
