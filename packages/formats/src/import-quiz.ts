/**
 * A file into a quiz, and what became of each of its rows. Good questions are kept and bad ones reported; whatever the
 * bytes are, the answer is a report. Knows nothing of hosts and stores.
 */
import { type AuthoredQuestion, type AuthoredQuiz, visibleText } from '@partyline/core';
import { bounds } from './bounds.ts';
import { oneLine, severalLines } from './clean-text.ts';
import { BadQuestion, type FileRow, type Note, UnreadableFile } from './file-note.ts';
import { readAiken } from './format/aiken.ts';
import { readBlooket } from './format/blooket.ts';
import { readCsv } from './format/csv.ts';
import { readGift } from './format/gift.ts';
import { readGimkit } from './format/gimkit.ts';
import { readJson } from './format/json.ts';
import { readKahoot } from './format/kahoot.ts';
import { readMoodleXml } from './format/moodle-xml.ts';
import { readOpenTriviaQuiz } from './format/opentdb.ts';
import { readWayground } from './format/wayground.ts';
import { judgedQuestion, shortened } from './judge-question.ts';
import type { QuizReader, QuizReading, ReadQuestion } from './quiz-reading.ts';
import type { RowCode } from './row-code.ts';

/** Format → what reads it. */
const readers = {
  json: readJson,
  csv: readCsv,
  opentdb: readOpenTriviaQuiz,
  kahoot: readKahoot,
  gift: readGift,
  aiken: readAiken,
  blooket: readBlooket,
  gimkit: readGimkit,
  wayground: readWayground,
  moodle_xml: readMoodleXml,
} as const satisfies Record<string, QuizReader>;

export type QuizImportFormat = keyof typeof readers;

export interface ImportedRow extends FileRow {
  /** Whether what stands in this row is not in the quiz. A fine question of a type that is unknown here is a warning, and left out. */
  left_out: boolean;
}

export interface ImportedQuiz {
  title: string;
  /** null where no question could be kept. It has no faults and keeps every bound of the wire. */
  quiz: AuthoredQuiz | null;
  rows: ImportedRow[];
  /** Questions kept. */
  imported: number;
  /** Questions left out, those of types that cannot be played among them. */
  skipped: number;
  /** Why nothing at all could be read; null where the file is of its format. */
  unreadable: { code: RowCode; message: string } | null;
}

const untitled = 'Imported quiz';

/** `title`: where the file names none. Never rejects. */
export async function importQuiz(
  format: QuizImportFormat,
  bytes: Uint8Array,
  { title = untitled }: { title?: string } = {},
): Promise<ImportedQuiz> {
  try {
    if (bytes.length === 0) throw new UnreadableFile('file_empty', 'the file is empty');
    if (bytes.length > bounds.bytes) {
      throw new UnreadableFile('file_too_large', `the file has more than ${bounds.bytes} bytes`);
    }
    return judged(await readers[format](bytes), title);
  } catch (error) {
    const known = error instanceof UnreadableFile;
    const unreadable = known
      ? { code: error.code, message: error.message }
      : { code: 'reader_failed' as const, message: 'the file could not be read' };
    const row: ImportedRow = { row: 0, column: null, ...unreadable, severity: 'error', left_out: true };
    return { title: titleOf(undefined, title, []), quiz: null, rows: [row], imported: 0, skipped: 0, unreadable };
  }
}

function judged(reading: QuizReading, otherwise: string): ImportedQuiz {
  const rows: ImportedRow[] = reading.remarks.map(aboutFile);
  const questions: AuthoredQuestion[] = [];
  let beyond = 0;
  for (const read of reading.questions) {
    const { question, notes } = judgedRow(read);
    if (question !== null && questions.length >= bounds.questions) {
      if (beyond === 0) rows.push(tooMany(read.row));
      beyond += 1;
      continue;
    }
    rows.push(...notes.map((note) => ({ row: read.row, ...note, left_out: question === null })));
    if (question !== null) questions.push(question);
  }
  const about: Note[] = [];
  const quiz = questions.length === 0 ? null : { ...aboutQuiz(reading, otherwise, about), questions };
  rows.push(...about.map((note) => aboutFile({ row: 0, ...note })));
  if (reading.questions.length === 0) {
    const message = 'the file holds no question';
    rows.push(aboutFile({ row: 0, column: null, code: 'no_questions', message, severity: 'error' }));
  }
  return {
    title: quiz?.title ?? titleOf(reading.title, otherwise, []),
    quiz,
    rows: listed(rows),
    imported: questions.length,
    skipped: reading.questions.length - questions.length,
    unreadable: null,
  };
}

function judgedRow({ draft, notes: given }: ReadQuestion): { question: AuthoredQuestion | null; notes: Note[] } {
  const notes = [...given];
  if (draft === null) return { question: null, notes };
  try {
    return { question: judgedQuestion(draft, notes), notes };
  } catch (error) {
    if (!(error instanceof BadQuestion)) throw error;
    return { question: null, notes: [...notes, error.note] };
  }
}

function aboutQuiz(
  { title, description, language }: QuizReading,
  otherwise: string,
  notes: Note[],
): Omit<AuthoredQuiz, 'questions'> {
  const described = shortened(severalLines, description, { most: bounds.description, name: 'description' }, notes);
  const spoken = oneLine((language ?? '').slice(0, bounds.language));
  return {
    title: titleOf(title, otherwise, notes),
    ...(described === '' ? {} : { description: described }),
    ...(spoken === '' ? {} : { language: spoken }),
  };
}

function titleOf(title: string | undefined, otherwise: string, notes: Note[]): string {
  const rule = { most: bounds.title, name: 'title' };
  const titles = [shortened(oneLine, title, rule, notes), shortened(oneLine, otherwise, rule, notes)];
  return titles.find((text) => visibleText(text) !== '') ?? untitled;
}

/** No question of its own: left out is what an error is about. */
function aboutFile(row: FileRow): ImportedRow {
  return { ...row, left_out: row.severity === 'error' };
}

function tooMany(row: number): ImportedRow {
  const message = `a quiz holds ${bounds.questions} questions: from here on they are left out`;
  return aboutFile({ row, column: null, code: 'too_many_questions', message, severity: 'error' });
}

function listed(rows: ImportedRow[]): ImportedRow[] {
  const sorted = rows.toSorted((a, b) => a.row - b.row);
  if (sorted.length <= bounds.report) return sorted;
  const kept = sorted.slice(0, bounds.report - 1);
  const message = `${sorted.length - kept.length} more remarks are left out of this report`;
  const cut: FileRow = { row: kept.at(-1)?.row ?? 0, column: null, code: 'report_cut', message, severity: 'warning' };
  return [...kept, aboutFile(cut)];
}
