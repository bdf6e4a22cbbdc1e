/** Quiz files in and out, results out. Pure: bytes become questions and a report per row, and the other way round. */
export { bounds as importBounds } from './bounds.ts';
export { type ExportedQuiz, exportQuiz, type QuizExportFormat } from './export-quiz.ts';
export type { ExportNote } from './exported-quiz.ts';
export { attachment, fileName } from './file-name.ts';
export type { FileRow } from './file-note.ts';
export { type ImportedQuiz, importQuiz, type QuizImportFormat } from './import-quiz.ts';
export { openTriviaOrigin, readOpenTrivia } from './open-trivia.ts';
export { type PoolRow, poolRows } from './pool-questions.ts';
export type { ReadableResults } from './readable-results.ts';
export { type Caps, type Reading, type RefusalCode, type ReportCode, type ReportRow, usualCaps } from './report.ts';
export type { ResultTable } from './result-tables.ts';
export { resultsCsv } from './results-csv.ts';
export { resultsXlsx } from './results-xlsx.ts';
export { type RowCode, rowCodes } from './row-code.ts';
export type { Difficulty, TriviaQuestion } from './trivia-question.ts';
