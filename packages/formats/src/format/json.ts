/** Our own JSON: an authored quiz as the API takes it, or a bare list of its questions. A broken question costs itself only. */
import type { AuthoredQuiz } from '@partyline/core';
import { bounds } from '../bounds.ts';
import { decodeText } from '../decode-text.ts';
import { BadQuestion, type Note, rowsCut, UnreadableFile, UnsupportedKind, warning } from '../file-note.ts';
import { type Draft, optional, type QuizReading, readQuestion } from '../quiz-reading.ts';

type Fields = Record<string, unknown>;

const everyField = ['kind', 'prompt', 'time_limit_seconds', 'points', 'category', 'explanation', 'media_url'];
const kindFields: Record<string, string[]> = {
  single: ['choices'],
  multiple: ['choices'],
  poll: ['choices'],
  order: ['choices'],
  true_false: ['answer'],
  text: ['accepted'],
  number: ['answer', 'tolerance', 'min', 'max'],
  rating: ['max'],
  word_cloud: ['max_words'],
};

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export function readJson(bytes: Uint8Array): QuizReading {
  const { text, remarks } = decodeText(bytes);
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    throw new UnreadableFile('file_unreadable', 'the file is not JSON');
  }
  const fields: Fields = isFields(document) ? document : { questions: document };
  if (!Array.isArray(fields.questions)) throw new UnreadableFile('file_unreadable', 'the file has no list "questions"');
  const rows: unknown[] = fields.questions;
  const read = rows
    .slice(0, bounds.rows)
    .map((value, index) => readQuestion(index + 1, (notes) => draftOf(value, notes)));
  const about = optional({
    title: textOrNothing(fields.title),
    description: textOrNothing(fields.description),
    language: textOrNothing(fields.language),
  });
  const beyond = rows.length > bounds.rows ? [rowsCut(bounds.rows)] : [];
  return { ...about, questions: read, remarks: [...remarks, ...beyond] };
}

function draftOf(value: unknown, notes: Note[]): Draft {
  if (!isFields(value)) throw new BadQuestion('row_malformed', 'this is not a question');
  const kind = text(value, 'kind');
  const known = Object.hasOwn(kindFields, kind) ? kindFields[kind] : undefined;
  if (known === undefined) throw new UnsupportedKind(kind, 'kind');
  const unknown = Object.keys(value).filter((name) => !everyField.includes(name) && !known.includes(name));
  const [first] = unknown;
  if (first !== undefined) {
    notes.push(
      warning(
        'field_ignored',
        `a question of this kind has no such field (${unknown.length} in all)`,
        first.slice(0, 100),
      ),
    );
  }
  const base = {
    prompt: text(value, 'prompt', 'prompt_missing'),
    ...optional({
      time_limit_seconds: number(value, 'time_limit_seconds'),
      points: number(value, 'points'),
      category: textOrNothing(value.category),
      explanation: textOrNothing(value.explanation),
      media_url: textOrNothing(value.media_url),
    }),
  };
  return { ...base, ...answering(kind, value) } as Draft;
}

function answering(kind: string, value: Fields): Partial<Draft> {
  switch (kind) {
    case 'single':
    case 'multiple':
    case 'poll':
    case 'order':
      return { kind, choices: items(value, 'choices').map(choiceOf) } as Partial<Draft>;
    case 'true_false': {
      if (typeof value.answer !== 'boolean')
        throw new BadQuestion('correct_missing', 'must be true or false', 'answer');
      return { kind, answer: value.answer };
    }
    case 'text':
      return { kind, accepted: items(value, 'accepted').map(acceptedOf) };
    case 'number': {
      const answer = number(value, 'answer');
      if (answer === undefined) throw new BadQuestion('correct_missing', 'must be a number', 'answer');
      const around = { tolerance: number(value, 'tolerance'), min: number(value, 'min'), max: number(value, 'max') };
      return { kind, answer, ...optional(around) };
    }
    case 'rating':
      return { kind, ...optional({ max: number(value, 'max') }) };
    default:
      return { kind: 'word_cloud', ...optional({ max_words: number(value, 'max_words') }) };
  }
}

function choiceOf(value: unknown): { text: string; correct?: boolean } {
  if (typeof value === 'string') return { text: value };
  if (!isFields(value)) throw new BadQuestion('row_malformed', 'a choice must be an object with a text', 'choices');
  const { correct = false } = value;
  if (typeof correct !== 'boolean') throw new BadQuestion('row_malformed', 'must be true or false', 'correct');
  return { text: text(value, 'text'), correct };
}

function acceptedOf(value: unknown): { text: string; case_sensitive?: boolean } {
  if (typeof value === 'string') return { text: value };
  if (!isFields(value)) throw new BadQuestion('row_malformed', 'must be an object with a text', 'accepted');
  return { text: text(value, 'text'), ...(value.case_sensitive === true ? { case_sensitive: true } : {}) };
}

function items(value: Fields, name: string): unknown[] {
  const list = value[name];
  if (Array.isArray(list)) return list.slice(0, 100);
  throw new BadQuestion('field_missing', 'must be a list', name);
}

function text(value: Fields, name: string, missing: 'field_missing' | 'prompt_missing' = 'field_missing'): string {
  const given = value[name];
  if (typeof given === 'string') return given;
  if (typeof given === 'number') return String(given);
  throw new BadQuestion(missing, 'must be a text', name);
}

function number(value: Fields, name: string): number | undefined {
  const given = value[name];
  if (given === undefined || given === null) return undefined;
  if (typeof given === 'number') return given;
  throw new BadQuestion('number_invalid', 'must be a number', name);
}

function textOrNothing(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

export function writeJson({ title, description, language, questions }: AuthoredQuiz): string {
  const quiz = { title, ...optional({ description, language }), questions };
  return `${JSON.stringify(quiz, null, 2)}\n`;
}
