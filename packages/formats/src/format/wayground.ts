/** Wayground's (once Quizizz's) .xlsx template: a row of help below the header, a type for each question. */
import { UnsupportedKind, warning } from '../file-note.ts';
import { type Draft, optional, type QuizReading } from '../quiz-reading.ts';
import { readTemplate } from '../read-table.ts';
import { type Columns, cellText, type TableRow } from '../table.ts';
import { choiceDraft, placedChoices, promptOf, readRows, timeLimit } from './choice-table.ts';

const names = {
  question: /^question text\b/,
  type: /^question type\b/,
  answer1: /^option 1\b/,
  answer2: /^option 2\b/,
  answer3: /^option 3\b/,
  answer4: /^option 4\b/,
  answer5: /^option 5\b/,
  answer6: /^option 6\b/,
  answer7: /^option 7\b/,
  answer8: /^option 8\b/,
  correct: /^correct answer/,
  time: /^time\b/,
  image: /^image link\b/,
  explanation: /^(?:answer )?explanation\b/,
};

type WaygroundColumns = Columns<keyof typeof names>;

export async function readWayground(bytes: Uint8Array): Promise<QuizReading> {
  const { columns, remarks } = await readTemplate(bytes, names, ['question', 'answer1', 'correct']);
  const [first, ...others] = columns.rows;
  const rows = first === undefined || isHelp(first) ? others : columns.rows;
  const questions = readRows({ ...columns, rows }, (row, notes) => {
    const draft = draftOf(columns, row, notes);
    const media_url = columns.text(row, 'image').trim() || undefined;
    const explanation = columns.text(row, 'explanation') || undefined;
    return { ...draft, ...optional({ media_url, explanation }) };
  });
  return { questions, remarks };
}

/** "Text of the question (required)", "Time in seconds (optional, default value is 30 seconds)". */
function isHelp({ cells }: TableRow): boolean {
  const texts = Array.from(cells, (cell) => cellText(cell ?? null).toLowerCase());
  return texts.filter((text) => /\((?:required|optional|default)|^text (?:of|for) /.test(text)).length >= 2;
}

function draftOf(columns: WaygroundColumns, row: TableRow, notes: Parameters<typeof choiceDraft>[2]): Draft {
  const type = columns.text(row, 'type').trim();
  const base = () => ({ prompt: promptOf(columns, row), ...timeLimit(columns, row, notes) });
  switch (type.toLowerCase().replace(/[\s_-]+/g, ' ')) {
    case '':
    case 'multiple choice':
    case 'true or false':
    case 'true/false':
      return choiceDraft(columns, row, notes);
    case 'checkbox': {
      const draft = choiceDraft(columns, row, notes);
      return draft.kind === 'single' ? { ...draft, kind: 'multiple' } : draft;
    }
    case 'poll': {
      if (columns.text(row, 'correct').trim() !== '') {
        notes.push(warning('correct_forbidden', 'a poll has no right answer', columns.label('correct')));
      }
      return { kind: 'poll', ...base(), choices: placedChoices(columns, row).map(({ text }) => ({ text })) };
    }
    case 'fill in the blank':
    case 'fill in the blanks':
      return { kind: 'text', ...base(), accepted: placedChoices(columns, row).map(({ text }) => ({ text })) };
    default:
      throw new UnsupportedKind(type, columns.label('type'));
  }
}
