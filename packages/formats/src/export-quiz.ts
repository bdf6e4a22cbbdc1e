/** A quiz into a file. What a format cannot hold is left out and noted, never written as something else. */
import type { AuthoredQuiz } from '@partyline/core';
import type { ExportNote } from './exported-quiz.ts';
import { writeAiken } from './format/aiken.ts';
import { writeCsv } from './format/csv-write.ts';
import { writeGift } from './format/gift-write.ts';
import { writeJson } from './format/json.ts';
import { writeKahoot } from './format/kahoot.ts';
import { writeMoodleXml } from './format/moodle-xml-write.ts';

export interface ExportedQuiz {
  bytes: Uint8Array;
  media_type: string;
  /** Of the file's name, without a dot. */
  extension: string;
  notes: ExportNote[];
  /** Questions that are in the file. */
  exported: number;
}

type Written = Pick<ExportedQuiz, 'bytes' | 'notes'>;

interface Writer {
  media_type: string;
  extension: string;
  write(quiz: AuthoredQuiz): Written | Promise<Written>;
}

const plain = 'text/plain; charset=utf-8';

/** Format → what writes it. */
const writers = {
  json: {
    media_type: 'application/json; charset=utf-8',
    extension: 'json',
    write: (quiz) => encoded({ text: writeJson(quiz), notes: [] }),
  },
  csv: {
    media_type: 'text/csv; charset=utf-8',
    extension: 'csv',
    write: (quiz) => encoded({ text: writeCsv(quiz), notes: [] }),
  },
  gift: { media_type: plain, extension: 'gift.txt', write: (quiz) => encoded(writeGift(quiz)) },
  aiken: { media_type: plain, extension: 'aiken.txt', write: (quiz) => encoded(writeAiken(quiz)) },
  moodle_xml: {
    media_type: 'application/xml; charset=utf-8',
    extension: 'xml',
    write: (quiz) => encoded(writeMoodleXml(quiz)),
  },
  kahoot: {
    media_type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    extension: 'xlsx',
    write: writeKahoot,
  },
} as const satisfies Record<string, Writer>;

export type QuizExportFormat = keyof typeof writers;

export async function exportQuiz(format: QuizExportFormat, quiz: AuthoredQuiz): Promise<ExportedQuiz> {
  const { media_type, extension, write }: Writer = writers[format];
  const { bytes, notes } = await write(quiz);
  const left = notes.filter(({ effect }) => effect === 'left_out').length;
  return { bytes, media_type, extension, notes, exported: quiz.questions.length - left };
}

function encoded({ text, notes }: { text: string; notes: ExportNote[] }): Written {
  return { bytes: new TextEncoder().encode(text), notes };
}
