/** Which trivia questions the question pool can hold: one answer and exactly three wrong choices. */
import type { ReportRow } from './report.ts';
import type { Difficulty, TriviaQuestion } from './trivia-question.ts';

export interface PoolRow {
  row: number;
  question: string;
  answer: string;
  wrong: [string, string, string];
  category: string;
  difficulty: Difficulty | null;
}

export function poolRows(questions: readonly TriviaQuestion[]): { rows: PoolRow[]; report: ReportRow[] } {
  const report: ReportRow[] = [];
  const rows = new Map<string, PoolRow>();
  for (const question of questions) {
    const { row, prompt, category, difficulty } = question;
    const leaveOut = (code: ReportRow['code'], message: string): void => {
      report.push({ row, column: null, level: 'warning', code, message });
    };
    if (question.kind === 'true_false') {
      leaveOut('unsupported_type', 'a true/false question: the pool holds questions with four choices');
      continue;
    }
    const [first, second, third, ...more] = question.wrong;
    if (first === undefined || second === undefined || third === undefined || more.length > 0) {
      leaveOut('unsupported_type', `${question.wrong.length + 1} choices: the pool holds questions with four`);
      continue;
    }
    const key = JSON.stringify([category.toLowerCase(), prompt]);
    const before = rows.get(key);
    if (before) leaveOut('duplicate', `the same question as row ${before.row}`);
    else
      rows.set(key, {
        row,
        question: prompt,
        answer: question.answer,
        wrong: [first, second, third],
        category,
        difficulty,
      });
  }
  return { rows: [...rows.values()], report };
}
