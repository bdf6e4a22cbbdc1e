/** A question out of a trivia collection, with its answer and the wrong choices apart. */

export type Difficulty = 'easy' | 'medium' | 'hard';

interface Common {
  /** Where it stood in its file, from 1. */
  row: number;
  prompt: string;
  category: string;
  difficulty: Difficulty | null;
}

export type TriviaQuestion =
  | (Common & { kind: 'single'; answer: string; wrong: string[] })
  | (Common & { kind: 'true_false'; answer: boolean });
