/** The lines of a text, up to as many as a quiz could ever need. */
import { type FileRow, warning } from './file-note.ts';

/** 200 questions with eight choices, each followed by forty empty lines. */
const mostLines = 100_000;

export function linesOf(text: string): { lines: string[]; remarks: FileRow[] } {
  const lines = text.split(/\r\n|\n|\r/, mostLines + 1);
  if (lines.length <= mostLines) return { lines, remarks: [] };
  const cut = warning('too_many_rows', `only the first ${mostLines} lines were looked at`);
  return { lines: lines.slice(0, mostLines), remarks: [{ row: mostLines, ...cut, severity: 'error' }] };
}
