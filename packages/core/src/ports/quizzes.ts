/** Authored quizzes. Each belongs to one host key; to another owner it does not exist. */

export interface StoredQuiz {
  quiz_id: string;
  owner_id: string;
  title: string;
  /** The authored quiz as it was given, validated by whoever stored it. */
  document: unknown;
  /** Epoch ms. */
  created_at: number;
  updated_at: number;
}

export interface QuizSummary {
  quiz_id: string;
  title: string;
  questions: number;
  created_at: number;
  updated_at: number;
}

/** What an author may change. `title` repeats the document's, for lists. */
export type QuizDraft = Pick<StoredQuiz, 'title' | 'document'>;

export interface Quizzes {
  create(owner_id: string, draft: QuizDraft): Promise<StoredQuiz>;
  get(owner_id: string, quiz_id: string): Promise<StoredQuiz | null>;
  update(owner_id: string, quiz_id: string, draft: QuizDraft): Promise<StoredQuiz | null>;
  /** `false` where the owner has no such quiz. */
  delete(owner_id: string, quiz_id: string): Promise<boolean>;
  /** The last changed first. */
  list(owner_id: string): Promise<QuizSummary[]>;
}
