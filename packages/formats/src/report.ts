/** What a reader says about a file besides its questions: why it was refused, or what became of its rows. */

export interface ReportRow {
  /** As a person counts them: the first question is row 1. */
  row: number;
  /** The field at fault, by the file's own name for it; null where the whole row is meant. */
  column: string | null;
  /** An `error` is a row that is broken, a `warning` one that is fine and cannot be used. Both are left out. */
  level: 'error' | 'warning';
  code: ReportCode;
  message: string;
}

export type ReportCode =
  | 'not_an_object'
  | 'missing'
  | 'too_long'
  | 'bad_encoding'
  | 'unknown_type'
  | 'bad_choices'
  | 'repeated_choice'
  | 'unsupported_type'
  | 'duplicate';

export type Reading<Question> =
  | { result: 'read'; questions: Question[]; report: ReportRow[] }
  | { result: 'refused'; code: RefusalCode; message: string };

export type RefusalCode = 'too_large' | 'not_text' | 'not_json' | 'wrong_format' | 'no_questions' | 'too_many_rows';

export interface Caps {
  bytes: number;
  rows: number;
}

/** 50 questions are 20 KB. */
export const usualCaps: Caps = { bytes: 10 * 1024 * 1024, rows: 10_000 };
