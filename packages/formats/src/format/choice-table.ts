/** What Kahoot's, Blooket's and Wayground's tables have in common: a question, numbered answers, the numbers of the right ones. */
import { correctPlaces } from '../correct-list.ts';
import { BadQuestion, type Note, warning } from '../file-note.ts';
import { type Draft, optional, type QuizReading, readQuestion } from '../quiz-reading.ts';
import { type Columns, cellNumber, isBlank, type TableRow } from '../table.ts';

const answerNames = ['answer1', 'answer2', 'answer3', 'answer4', 'answer5', 'answer6', 'answer7', 'answer8'] as const;
export type ChoiceColumn = 'question' | 'correct' | 'time' | (typeof answerNames)[number];

export interface PlacedChoice {
  place: number;
  text: string;
}

/** Rows without question and answers are none: templates number a hundred of them. */
export function readRows<Name extends ChoiceColumn>(
  columns: Columns<Name>,
  read: (row: TableRow, notes: Note[]) => Draft,
): QuizReading['questions'] {
  const filled = columns.rows.filter((row) =>
    ['question' as const, ...answerNames].some((name) => !isBlank(columns.cell(row, name as Name))),
  );
  return filled.map((row) => readQuestion(row.row, (notes) => read(row, notes)));
}

export function placedChoices<Name extends ChoiceColumn>(columns: Columns<Name>, row: TableRow): PlacedChoice[] {
  return answerNames.flatMap((name, index) =>
    isBlank(columns.cell(row, name as Name)) ? [] : [{ place: index + 1, text: columns.text(row, name as Name) }],
  );
}

/** One right choice makes a `single`, several a `multiple`. */
export function choiceDraft<Name extends ChoiceColumn>(columns: Columns<Name>, row: TableRow, notes: Note[]): Draft {
  const prompt = promptOf(columns, row);
  const choices = placedChoices(columns, row);
  const label = columns.label('correct' as Name);
  const right = correctPlaces(columns.cell(row, 'correct' as Name), choices, label, notes);
  return {
    kind: right.length > 1 ? 'multiple' : 'single',
    prompt,
    choices: choices.map(({ place, text }) => ({ text, correct: right.includes(place) })),
    ...timeLimit(columns, row, notes),
  };
}

export function promptOf<Name extends ChoiceColumn>(columns: Columns<Name>, row: TableRow): string {
  const prompt = columns.text(row, 'question' as Name);
  if (prompt.trim() !== '') return prompt;
  throw new BadQuestion('prompt_missing', 'the question has no text', columns.label('question' as Name));
}

export function timeLimit<Name extends ChoiceColumn>(
  columns: Columns<Name>,
  row: TableRow,
  notes: Note[],
): { time_limit_seconds?: number } {
  const seconds = cellNumber(columns.cell(row, 'time' as Name));
  if (!Number.isNaN(seconds)) return optional({ time_limit_seconds: seconds });
  notes.push(warning('time_limit_changed', 'this is no number of seconds', columns.label('time' as Name)));
  return {};
}
