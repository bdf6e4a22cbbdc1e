/** Fixtures, and what an import says of a file in lines that a test can hold against a list. */
import { readFileSync } from 'node:fs';
import type { AuthoredQuestion } from '@partyline/core';
import { type ImportedQuiz, importQuiz, type QuizImportFormat } from '../src/index.ts';

export function fixture(name: string): Uint8Array {
  return readFileSync(new URL(`fixtures/${name}`, import.meta.url));
}

export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** `row column code severity` */
export function reportLines({ rows }: ImportedQuiz): string[] {
  return rows.map(({ row, column, code, severity }) => `${row} ${column} ${code} ${severity}`);
}

export async function questionsOf(format: QuizImportFormat, file: string | Uint8Array): Promise<AuthoredQuestion[]> {
  const bytes = typeof file === 'string' ? utf8(file) : file;
  return (await importQuiz(format, bytes)).quiz?.questions ?? [];
}

/** `kind: prompt | *right, wrong` */
export function questionLine(question: AuthoredQuestion): string {
  return `${question.kind}: ${question.prompt} | ${answerLine(question)}`;
}

function answerLine(question: AuthoredQuestion): string {
  switch (question.kind) {
    case 'single':
    case 'multiple':
    case 'poll':
      return question.choices.map(({ text, correct }) => `${correct === true ? '*' : ''}${text}`).join(', ');
    case 'order':
      return question.choices.map(({ text }) => text).join(', ');
    case 'text':
      return question.accepted
        .map(({ text, case_sensitive }) => `${text}${case_sensitive === true ? '!' : ''}`)
        .join(', ');
    case 'number':
      return `${question.answer} ± ${question.tolerance ?? 'closest'}`;
    case 'true_false':
      return String(question.answer);
    case 'rating':
      return `to ${question.max ?? 5}`;
    case 'word_cloud':
      return `${question.max_words ?? 1} words`;
  }
}
