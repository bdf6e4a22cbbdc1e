/** Open Trivia DB's JSON as a quiz. The parser is the question pool's; here its questions and its words become ours. */
import { decodeText } from '../decode-text.ts';
import { type Note, UnreadableFile } from '../file-note.ts';
import { openTriviaOrigin, readOpenTrivia } from '../open-trivia.ts';
import type { Draft, QuizReading, ReadQuestion } from '../quiz-reading.ts';
import type { RefusalCode, ReportRow } from '../report.ts';
import type { RowCode } from '../row-code.ts';
import type { TriviaQuestion } from '../trivia-question.ts';

const codes: Record<ReportRow['code'], RowCode> = {
  not_an_object: 'row_malformed',
  missing: 'field_missing',
  too_long: 'text_too_long',
  bad_encoding: 'row_malformed',
  unknown_type: 'kind_unsupported',
  bad_choices: 'row_malformed',
  repeated_choice: 'choices_repeated',
  unsupported_type: 'kind_unsupported',
  duplicate: 'row_malformed',
};

const refusals: Record<RefusalCode, RowCode> = {
  too_large: 'file_too_large',
  not_text: 'file_unreadable',
  not_json: 'file_unreadable',
  wrong_format: 'file_unreadable',
  no_questions: 'no_questions',
  too_many_rows: 'too_many_rows',
};

/** The licence asks that both go where the questions go: exports carry a quiz's description along. */
const origin = `Questions from the ${openTriviaOrigin.source}, licence ${openTriviaOrigin.licence}.`;

export function readOpenTriviaQuiz(bytes: Uint8Array): QuizReading {
  const { text, remarks } = decodeText(bytes);
  const reading = readOpenTrivia(new TextEncoder().encode(text));
  if (reading.result === 'refused') throw new UnreadableFile(refusals[reading.code], reading.message);
  const questions: ReadQuestion[] = reading.questions.map((question) => ({
    row: question.row,
    draft: draftOf(question),
    notes: [],
  }));
  const bad = reading.report.map(({ row, ...report }): ReadQuestion => ({ row, draft: null, notes: [noteOf(report)] }));
  return { description: origin, questions: [...questions, ...bad].sort((a, b) => a.row - b.row), remarks };
}

function draftOf(question: TriviaQuestion): Draft {
  const { prompt, category } = question;
  if (question.kind === 'true_false') return { kind: 'true_false', prompt, category, answer: question.answer };
  const choices = [{ text: question.answer, correct: true }, ...question.wrong.map((text) => ({ text }))];
  return { kind: 'single', prompt, category, choices };
}

function noteOf({ column, code, message, level }: Omit<ReportRow, 'row'>): Note {
  const isPrompt = code === 'missing' && column === 'question';
  const ours = isPrompt ? 'prompt_missing' : codes[code];
  return { column, code: ours, message, severity: ours === 'kind_unsupported' ? 'warning' : level };
}
