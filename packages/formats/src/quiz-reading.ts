/** What a format's reader makes of a file, before anybody has judged it: questions as they stand there, and remarks. */
import type { AuthoredQuestion } from '@partyline/core';
import { BadQuestion, type FileRow, type Note, UnreadableFile } from './file-note.ts';

/** Texts are as the file has them: not cleaned, of any length. */
export type Draft = AuthoredQuestion;

export type ReadQuestion =
  | { row: number; draft: Draft; notes: Note[] }
  /** Left out by the reader already; the last note says why. */
  | { row: number; draft: null; notes: Note[] };

export interface QuizReading {
  title?: string;
  description?: string;
  language?: string;
  questions: ReadQuestion[];
  /** Of the file as a whole, or of rows that are no questions. */
  remarks: FileRow[];
}

/** Throws `UnreadableFile` where nothing of the file can be used. */
export type QuizReader = (bytes: Uint8Array) => QuizReading | Promise<QuizReading>;

/** One question, read by `read`; what it throws is the question's own end, and what it noted is kept. */
export function readQuestion(row: number, read: (notes: Note[]) => Draft): ReadQuestion {
  const notes: Note[] = [];
  try {
    return { row, draft: read(notes), notes };
  } catch (error) {
    if (error instanceof UnreadableFile || !(error instanceof BadQuestion)) throw error;
    return { row, draft: null, notes: [...notes, error.note] };
  }
}

/** The fields of a question that it may do without, where they are there. */
export function optional<Fields extends object>(
  fields: Fields,
): { [Name in keyof Fields]?: Exclude<Fields[Name], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Name in keyof Fields]?: Exclude<Fields[Name], undefined>;
  };
}
