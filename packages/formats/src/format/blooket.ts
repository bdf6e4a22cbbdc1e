/** Blooket's CSV template: a title above the header, line breaks within its names, answers by number. */
import type { QuizReading } from '../quiz-reading.ts';
import { readTable } from '../read-table.ts';
import { columnsOf } from '../table.ts';
import { choiceDraft, readRows } from './choice-table.ts';

const names = {
  question: /^question(?: text)?$/,
  answer1: /^answer 1\b/,
  answer2: /^answer 2\b/,
  answer3: /^answer 3\b/,
  answer4: /^answer 4\b/,
  answer5: /^answer 5\b/,
  answer6: /^answer 6\b/,
  answer7: /^answer 7\b/,
  answer8: /^answer 8\b/,
  time: /^time limit\b/,
  correct: /^correct answer/,
};

export async function readBlooket(bytes: Uint8Array): Promise<QuizReading> {
  const table = await readTable(bytes);
  const columns = columnsOf(table, names, ['question', 'answer1', 'correct']);
  return { questions: readRows(columns, (row, notes) => choiceDraft(columns, row, notes)), remarks: table.remarks };
}
