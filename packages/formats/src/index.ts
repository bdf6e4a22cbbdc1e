/** Quiz files in and out. Pure: bytes become questions and a report per row. */
export { openTriviaOrigin, readOpenTrivia } from './open-trivia.ts';
export { type PoolRow, poolRows } from './pool-questions.ts';
export { type Caps, type Reading, type RefusalCode, type ReportCode, type ReportRow, usualCaps } from './report.ts';
export type { Difficulty, TriviaQuestion } from './trivia-question.ts';
