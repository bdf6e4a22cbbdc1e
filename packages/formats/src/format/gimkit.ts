/** Gimkit's CSV template: one right answer and up to three wrong ones in columns of their own. */
import { BadQuestion } from '../file-note.ts';
import { type QuizReading, readQuestion } from '../quiz-reading.ts';
import { readTable } from '../read-table.ts';
import { columnsOf, isBlank } from '../table.ts';

const wrongNames = ['wrong1', 'wrong2', 'wrong3', 'wrong4', 'wrong5', 'wrong6', 'wrong7'] as const;
const names = {
  question: /^question$/,
  correct: /^correct answer/,
  wrong1: /^incorrect answer(?: 1)?\b(?! [2-9])/,
  wrong2: /^incorrect answer 2\b/,
  wrong3: /^incorrect answer 3\b/,
  wrong4: /^incorrect answer 4\b/,
  wrong5: /^incorrect answer 5\b/,
  wrong6: /^incorrect answer 6\b/,
  wrong7: /^incorrect answer 7\b/,
};

export async function readGimkit(bytes: Uint8Array): Promise<QuizReading> {
  const table = await readTable(bytes);
  const columns = columnsOf(table, names, ['question', 'correct', 'wrong1']);
  const filled = columns.rows.filter((row) =>
    (['question', 'correct', ...wrongNames] as const).some((name) => !isBlank(columns.cell(row, name))),
  );
  const questions = filled.map((row) =>
    readQuestion(row.row, () => {
      const prompt = columns.text(row, 'question');
      if (prompt.trim() === '')
        throw new BadQuestion('prompt_missing', 'the question has no text', columns.label('question'));
      const right = columns.text(row, 'correct');
      if (right.trim() === '')
        throw new BadQuestion('correct_missing', 'there is no right answer', columns.label('correct'));
      const wrong = wrongNames.flatMap((name) => (isBlank(columns.cell(row, name)) ? [] : [columns.text(row, name)]));
      const choices = [{ text: right, correct: true }, ...wrong.map((text) => ({ text, correct: false }))];
      return { kind: 'single', prompt, choices };
    }),
  );
  return { questions, remarks: table.remarks };
}
