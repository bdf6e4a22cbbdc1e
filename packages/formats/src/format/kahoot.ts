/** Kahoot's .xlsx template: instructions above a header in one of the first rows, four answers, the right ones by number. */
import type { AuthoredQuestion, AuthoredQuiz } from '@partyline/core';
import { isLongerThan } from '../clean-text.ts';
import { type ExportNote, leaveOut, noteChange, noteLost } from '../exported-quiz.ts';
import type { QuizReading } from '../quiz-reading.ts';
import { readTemplate } from '../read-table.ts';
import type { Cell } from '../table.ts';
import { writeWorkbook } from '../workbook-write.ts';
import { choiceDraft, readRows } from './choice-table.ts';

const names = {
  question: /^question(?: - max\b.*)?$/,
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

export async function readKahoot(bytes: Uint8Array): Promise<QuizReading> {
  const { columns, remarks } = await readTemplate(bytes, names, ['question', 'answer1', 'correct']);
  return { questions: readRows(columns, (row, notes) => choiceDraft(columns, row, notes)), remarks };
}

const template = {
  title: 'Quiz template',
  help: [
    'Add questions, at least two answer alternatives, time limit and choose correct answers (at least one).',
    'Questions have a limit of 120 characters and answers can have 75 characters max.',
    'If several answers are correct, separate them with a comma.',
  ],
  header: [
    null,
    'Question - max 120 characters',
    'Answer 1 - max 75 characters',
    'Answer 2 - max 75 characters',
    'Answer 3 - max 75 characters',
    'Answer 4 - max 75 characters',
    'Time limit (sec) – 5, 10, 20, 30, 60, 90, 120, or 240 secs',
    'Correct answer(s) - choose at least one',
  ],
  headerRow: 8,
  widths: [5, 60, 25, 25, 25, 25, 20, 20],
};
const timeLimits = [5, 10, 20, 30, 60, 90, 120, 240];
const usualLimit = 20;
const longest = { question: 120, answer: 75 };
const mostAnswers = 4;

export async function writeKahoot({ questions }: AuthoredQuiz): Promise<{ bytes: Uint8Array; notes: ExportNote[] }> {
  const notes: ExportNote[] = [];
  const written = questions.flatMap((question, index): Cell[][] => {
    const answers = answersOf(question);
    if (answers === null) return leaveOut(notes, index, 'kind_unsupported', `Kahoot's file has no "${question.kind}"`);
    if (answers.length > mostAnswers) {
      return leaveOut(notes, index, 'choices_too_many', `Kahoot's file holds ${mostAnswers} answers at most`);
    }
    noteLost(notes, index, question, ['time_limit_seconds']);
    const isLong =
      isLongerThan(longest.question, question.prompt) || answers.some(({ text }) => isLongerThan(longest.answer, text));
    if (isLong) noteChange(notes, index, 'a text is longer than Kahoot takes: shorten it there');
    const right = answers.flatMap(({ correct }, place) => (correct === true ? [place + 1] : []));
    const seconds = question.time_limit_seconds ?? usualLimit;
    const limit = timeLimits.find((allowed) => allowed >= seconds) ?? 240;
    if (limit !== seconds) noteChange(notes, index, `the time limit became one that Kahoot knows: ${limit} s`);
    const texts = Array.from({ length: mostAnswers }, (_, place) => answers[place]?.text ?? null);
    return [[question.prompt, ...texts, limit, right.length === 1 ? (right[0] ?? null) : right.join(',')]];
  });
  const above: Cell[][] = [[], [null, template.title], ...template.help.map((line) => [null, line])];
  const padding: Cell[][] = Array.from({ length: template.headerRow - 1 - above.length }, () => []);
  const rows = [...above, ...padding, template.header, ...written.map((cells, index) => [index + 1, ...cells])];
  const sheet = { name: 'Sheet1', widths: template.widths, rows, header: template.headerRow };
  return { bytes: await writeWorkbook([sheet]), notes };
}

function answersOf(question: AuthoredQuestion): { text: string; correct?: boolean }[] | null {
  switch (question.kind) {
    case 'single':
    case 'multiple':
      return question.choices;
    case 'true_false':
      return [
        { text: 'True', correct: question.answer },
        { text: 'False', correct: !question.answer },
      ];
    default:
      return null;
  }
}
