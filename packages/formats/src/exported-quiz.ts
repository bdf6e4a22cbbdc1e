/** A quiz as a file of some format, and what of it the format could not hold. */
import type { AuthoredQuestion } from '@partyline/core';
import type { RowCode } from './row-code.ts';

export interface ExportNote {
  /** From 1. */
  question: number;
  code: RowCode;
  message: string;
  /** `left_out`: the question is not in the file. `changed`: it is, without some of its details. */
  effect: 'left_out' | 'changed';
}

export interface ExportedText {
  text: string;
  notes: ExportNote[];
}

/** Notes that a question does not go into the file; for use where its lines would stand. */
export function leaveOut(notes: ExportNote[], index: number, code: RowCode, message: string): [] {
  notes.push({ question: index + 1, code, message, effect: 'left_out' });
  return [];
}

export function noteChange(notes: ExportNote[], index: number, message: string): void {
  notes.push({ question: index + 1, code: 'field_ignored', message, effect: 'changed' });
}

const details = ['time_limit_seconds', 'points', 'category', 'explanation', 'media_url'] as const;

/** Notes the details that a question has and its file does not keep. */
export function noteLost(
  notes: ExportNote[],
  index: number,
  question: AuthoredQuestion,
  kept: readonly string[],
): void {
  const lost = details.filter((name) => question[name] !== undefined && !kept.includes(name));
  if (lost.length > 0) noteChange(notes, index, `the format does not keep: ${lost.join(', ')}`);
}
