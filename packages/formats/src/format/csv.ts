/**
 * Our CSV, one question a row. Cells that hold several texts (right answers of `multiple`, accepted ones of `text`, the
 * order of `order`) part them by `|`; `\|` is a bar and `\\` a backslash in them.
 */
import type { AuthoredQuestion } from '@partyline/core';
import { BadQuestion, type Note, UnsupportedKind, warning } from '../file-note.ts';
import { unguarded } from '../formula-guard.ts';
import { partsOf } from '../listed-cell.ts';
import { type Draft, optional, type QuizReading, readQuestion } from '../quiz-reading.ts';
import { readTable } from '../read-table.ts';
import { type Cell, type Columns, cellNumber, columnsOf, isBlank, neededNumber, type TableRow } from '../table.ts';

export const wrongNames = ['wrong1', 'wrong2', 'wrong3', 'wrong4', 'wrong5', 'wrong6', 'wrong7', 'wrong8'] as const;

const names = {
  question: /^question$/,
  type: /^type$/,
  correct: /^correct$/,
  wrong1: /^wrong ?1$/,
  wrong2: /^wrong ?2$/,
  wrong3: /^wrong ?3$/,
  wrong4: /^wrong ?4$/,
  wrong5: /^wrong ?5$/,
  wrong6: /^wrong ?6$/,
  wrong7: /^wrong ?7$/,
  wrong8: /^wrong ?8$/,
  category: /^category$/,
  difficulty: /^difficulty$/,
  time_limit: /^time limit(?: seconds)?$/,
  points: /^points$/,
  explanation: /^explanation$/,
  image_url: /^image url$/,
  tolerance: /^tolerance$/,
  min: /^min$/,
  max: /^max$/,
  max_words: /^max words$/,
  case_sensitive: /^case sensitive$/,
};

/** The columns of our CSV. */
export type CsvColumn = keyof typeof names;
type Line = {
  text(name: CsvColumn): string;
  number(name: CsvColumn): number | undefined;
  cell(name: CsvColumn): Cell;
  label(name: CsvColumn): string;
};

const kinds: Record<string, AuthoredQuestion['kind']> = {
  single: 'single',
  single_choice: 'single',
  multiple_choice: 'single',
  multiple: 'multiple',
  multiple_select: 'multiple',
  checkbox: 'multiple',
  true_false: 'true_false',
  boolean: 'true_false',
  text: 'text',
  short_answer: 'text',
  number: 'number',
  numeric: 'number',
  order: 'order',
  poll: 'poll',
  rating: 'rating',
  word_cloud: 'word_cloud',
};

export async function readCsv(bytes: Uint8Array): Promise<QuizReading> {
  const table = await readTable(bytes);
  const columns = columnsOf(table, names, ['question', 'correct']);
  const filled = columns.rows.filter(({ cells }) => cells.some((cell) => !isBlank(cell ?? null)));
  const questions = filled.map((row) => readQuestion(row.row, (notes) => draftOf(lineOf(columns, row), notes)));
  return { questions, remarks: table.remarks };
}

function lineOf(columns: Columns<CsvColumn>, row: TableRow): Line {
  return {
    text: (name) => unguarded(columns.text(row, name)),
    number: (name) => neededNumber(columns.cell(row, name), columns.label(name)),
    cell: (name) => columns.cell(row, name),
    label: columns.label,
  };
}

function draftOf(line: Line, notes: Note[]): Draft {
  const prompt = line.text('question');
  if (prompt.trim() === '') throw new BadQuestion('prompt_missing', 'the question has no text', line.label('question'));
  const base = {
    prompt,
    ...optional({
      time_limit_seconds: looseNumber(line, 'time_limit', 'time_limit_changed', notes),
      points: looseNumber(line, 'points', 'points_changed', notes),
      category: line.text('category') || undefined,
      explanation: line.text('explanation') || undefined,
      media_url: line.text('image_url') || undefined,
    }),
  };
  return { ...base, ...answering(line) } as Draft;
}

function answering(line: Line): Partial<Draft> {
  const kind = kindOf(line);
  const correct = line.text('correct');
  const wrong = wrongNames.map(line.text).filter((text) => text.trim() !== '');
  switch (kind) {
    case 'single':
    case 'multiple': {
      const right = kind === 'single' ? [correct] : partsOf(correct);
      if (correct.trim() === '') throw missing(line);
      const choices = [...right.map((text) => ({ text, correct: true })), ...wrong.map((text) => ({ text }))];
      return { kind, choices };
    }
    case 'poll':
      // A poll has no right choice: all of them stand among the wrong ones.
      return { kind, choices: [...partsOf(correct), ...wrong].map((text) => ({ text })) };
    case 'true_false':
      return { kind, answer: truth(line) };
    case 'text':
      return { kind, accepted: acceptedOf(line) };
    case 'number': {
      const answer = line.number('correct');
      if (answer === undefined) throw missing(line);
      const bounds = { tolerance: line.number('tolerance'), min: line.number('min'), max: line.number('max') };
      return { kind, answer, ...optional(bounds) };
    }
    case 'order':
      return { kind, choices: partsOf(correct).map((text) => ({ text })) };
    case 'rating':
      return { kind, ...optional({ max: line.number('max') }) };
    case 'word_cloud':
      return { kind, ...optional({ max_words: line.number('max_words') }) };
  }
}

/** Without a type: choices where there are wrong ones, else true/false or text by what is right. */
function kindOf(line: Line): AuthoredQuestion['kind'] {
  const type = line.text('type').trim();
  if (type === '') {
    const correct = line.text('correct');
    if (wrongNames.some((name) => !isBlank(line.cell(name))))
      return partsOf(correct).length > 1 ? 'multiple' : 'single';
    return /^(?:true|false)$/i.test(correct.trim()) ? 'true_false' : 'text';
  }
  const kind = kinds[type.toLowerCase().replace(/[\s/-]+/g, '_')];
  if (kind === undefined) throw new UnsupportedKind(type, line.label('type'));
  return kind;
}

function truth(line: Line): boolean {
  const word = line.text('correct').trim().toLowerCase();
  if (word === '') throw missing(line);
  if (['true', 't', 'yes', '1'].includes(word)) return true;
  if (['false', 'f', 'no', '0'].includes(word)) return false;
  throw new BadQuestion('correct_invalid', `"${word.slice(0, 40)}" is neither true nor false`, line.label('correct'));
}

/** `case_sensitive`: true for all of them, or the numbers of those it holds for. */
function acceptedOf(line: Line): Extract<Draft, { kind: 'text' }>['accepted'] {
  const given = partsOf(line.text('correct'));
  const told = line.text('case_sensitive').trim().toLowerCase();
  const places = told.split('|').map(Number);
  return given.map((text, index) =>
    told === 'true' || places.includes(index + 1) ? { text, case_sensitive: true } : { text },
  );
}

function looseNumber(
  line: Line,
  name: CsvColumn,
  code: 'time_limit_changed' | 'points_changed',
  notes: Note[],
): number | undefined {
  const value = cellNumber(line.cell(name));
  if (!Number.isNaN(value)) return value;
  notes.push(warning(code, 'this is no number, so the usual one holds', line.label(name)));
  return undefined;
}

function missing(line: Line): BadQuestion {
  return new BadQuestion('correct_missing', 'nothing says which answer is right', line.label('correct'));
}
