/** The question pool: what quick parties are drawn from. */

export interface PoolQuestion {
  id: string;
  question: string;
  answer: string;
  wrong: [string, string, string];
  category: string;
}

export interface QuestionPool {
  categories(): Promise<{ category: string; questions: number }[]>;
  /** `n` different questions of a category at random. */
  draw(
    category: string,
    n: number,
  ): Promise<
    | { result: 'drawn'; questions: PoolQuestion[] }
    | { result: 'category_not_found' }
    | { result: 'not_enough_questions'; available: number }
  >;
}
