/**
 * Reads the JSON of the Open Trivia Database (opentdb.com), text in HTML entities or base64. A broken row costs itself
 * only. Knows nothing of where the questions go.
 */
import { decode } from 'he';
import { type Caps, type Reading, type ReportCode, type ReportRow, usualCaps } from './report.ts';
import type { Difficulty, TriviaQuestion } from './trivia-question.ts';

/** The collection's licence asks for both to be passed on. */
export const openTriviaOrigin = { source: 'Open Trivia Database (https://opentdb.com)', licence: 'CC BY-SA 4.0' };

const LONGEST = { question: 500, correct_answer: 200, incorrect_answers: 200, category: 100 };

const MOST_CHOICES = 8;

/** What stands before the category proper: `Entertainment: Video Games`, `Science: Computers`. */
const CATEGORY_PREFIX = /^(?:Entertainment|Science): /;

/** `multiple` and `boolean`. The collection encodes this field like the others, so it tells how a row is encoded. */
const BASE64_TYPES = ['bXVsdGlwbGU=', 'Ym9vbGVhbg=='];

class BadRow extends Error {
  readonly column: string | null;
  readonly code: ReportCode;

  constructor(column: string | null, code: ReportCode, message: string) {
    super(message);
    this.column = column;
    this.code = code;
  }
}

type Row = Record<string, unknown>;
type Decode = (text: string) => string;

const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value);

export function readOpenTrivia(bytes: Uint8Array, caps: Caps = usualCaps): Reading<TriviaQuestion> {
  if (bytes.length > caps.bytes) return refused('too_large', `the file is larger than ${caps.bytes} bytes`);
  const text = utf8(bytes);
  if (text === null) return refused('not_text', 'the file is not text in UTF-8');
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    return refused('not_json', `the file is not JSON: ${(error as Error).message.replace(/\s+/g, ' ')}`);
  }
  const rows = isRow(document) ? document.results : document;
  if (!Array.isArray(rows))
    return refused('wrong_format', 'the file has no list "results", as Open Trivia DB writes it');
  if (rows.length === 0) return refused('no_questions', `the file holds no questions${responseCode(document)}`);
  if (rows.length > caps.rows) return refused('too_many_rows', `the file holds more than ${caps.rows} questions`);
  return readRows(rows);
}

function readRows(rows: unknown[]): Reading<TriviaQuestion> {
  const questions: TriviaQuestion[] = [];
  const report: ReportRow[] = [];
  for (const [index, value] of rows.entries()) {
    const row = index + 1;
    try {
      questions.push(readRow(value, row));
    } catch (error) {
      if (!(error instanceof BadRow)) throw error;
      report.push({ row, column: error.column, level: 'error', code: error.code, message: error.message });
    }
  }
  return { result: 'read', questions, report };
}

function readRow(value: unknown, row: number): TriviaQuestion {
  if (!isRow(value)) throw new BadRow(null, 'not_an_object', 'this is not a question');
  const decoded = typeof value.type === 'string' && BASE64_TYPES.includes(value.type) ? fromBase64 : decode;
  const type = field(value, 'type', decoded);
  const common = {
    row,
    prompt: field(value, 'question', decoded),
    category: field(value, 'category', decoded).replace(CATEGORY_PREFIX, ''),
    difficulty: difficultyOf(value, decoded),
  };
  const answer = field(value, 'correct_answer', decoded);
  if (type === 'boolean') {
    if (answer !== 'True' && answer !== 'False')
      throw new BadRow('correct_answer', 'bad_choices', 'must be True or False');
    return { ...common, kind: 'true_false', answer: answer === 'True' };
  }
  if (type !== 'multiple')
    throw new BadRow('type', 'unknown_type', `"${type.slice(0, 40)}" is neither multiple nor boolean`);
  return { ...common, kind: 'single', answer, wrong: wrongChoices(value, answer, decoded) };
}

function wrongChoices(row: Row, answer: string, decoded: Decode): string[] {
  const column = 'incorrect_answers';
  const { [column]: given } = row;
  if (!Array.isArray(given) || given.length === 0 || given.length >= MOST_CHOICES) {
    throw new BadRow(column, 'bad_choices', `must be a list of 1 to ${MOST_CHOICES - 1} texts`);
  }
  const wrong = given.map((choice) => tidy(choice, column, decoded));
  if (new Set([answer, ...wrong]).size <= wrong.length) {
    throw new BadRow(column, 'repeated_choice', 'two of the choices are the same');
  }
  return wrong;
}

const field = (row: Row, column: string, decoded: Decode): string => tidy(row[column], column, decoded);

/** Decoded, on one line, without control characters. */
function tidy(value: unknown, column: string, decoded: Decode): string {
  if (typeof value !== 'string') throw new BadRow(column, 'missing', 'must be a text');
  let text: string;
  try {
    text = decoded(value);
  } catch {
    throw new BadRow(column, 'bad_encoding', 'is not base64 like the rest of its row');
  }
  const clean = text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  if (clean === '') throw new BadRow(column, 'missing', 'is empty');
  const longest = LONGEST[column as keyof typeof LONGEST] ?? 100;
  if (clean.length > longest) throw new BadRow(column, 'too_long', `has more than ${longest} characters`);
  return clean;
}

function difficultyOf(row: Row, decoded: Decode): Difficulty | null {
  if (row.difficulty === undefined) return null;
  const difficulty = field(row, 'difficulty', decoded);
  return difficulty === 'easy' || difficulty === 'medium' || difficulty === 'hard' ? difficulty : null;
}

function fromBase64(text: string): string {
  const bytes = Uint8Array.from(atob(text), (byte) => byte.charCodeAt(0));
  return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
}

function utf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** The collection answers with an empty list and a number where it has nothing to give. */
function responseCode(document: unknown): string {
  if (!isRow(document) || typeof document.response_code !== 'number' || document.response_code === 0) return '';
  const meaning = document.response_code === 5 ? ', asked too often' : '';
  return ` (Open Trivia DB's response code ${document.response_code}${meaning})`;
}

function refused(code: Extract<Reading<never>, { result: 'refused' }>['code'], message: string): Reading<never> {
  return { result: 'refused', code, message };
}
