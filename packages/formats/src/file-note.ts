/** What is said of a file while it is read or written, and how reading it ends early. */
import { bounds } from './bounds.ts';
import type { RowCode } from './row-code.ts';

export interface Note {
  /** The column or field at fault, by the file's own name for it; null where the whole row is meant. */
  column: string | null;
  code: RowCode;
  message: string;
  /** `error`: because of this the question was left out. */
  severity: 'error' | 'warning';
}

export interface FileRow extends Note {
  /** Row, line or element of the file, from 1; 0 for the file itself. */
  row: number;
}

/** Nothing of the file can be used. */
export class UnreadableFile extends Error {
  readonly code: RowCode;

  constructor(code: RowCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** One question cannot be used; the others can. */
export class BadQuestion extends Error {
  readonly note: Note;

  constructor(code: RowCode, message: string, column: string | null = null) {
    super(message);
    this.note = { column, code, message, severity: 'error' };
  }
}

/** A fine question of a type that cannot be played here: left out, and nobody's fault. */
export class UnsupportedKind extends BadQuestion {
  constructor(kind: string, column: string | null = null) {
    super('kind_unsupported', `questions of the type "${kind.slice(0, 60)}" cannot be played here`, column);
    this.note.severity = 'warning';
  }
}

/** `row`: the last that was looked at. */
export function rowsCut(row: number): FileRow {
  const message = `only the first ${bounds.rows} rows were looked at`;
  return { row, column: null, code: 'too_many_rows', message, severity: 'error' };
}

export function warning(code: RowCode, message: string, column: string | null = null): Note {
  return { column, code, message, severity: 'warning' };
}
