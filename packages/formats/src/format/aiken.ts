/** Aiken, the plainest of Moodle's formats: a question, lettered options, `ANSWER: B`. Holds `single` questions only. */
import type { AuthoredQuiz } from '@partyline/core';
import { bounds } from '../bounds.ts';
import { decodeText } from '../decode-text.ts';
import { type ExportedText, leaveOut, noteLost } from '../exported-quiz.ts';
import { BadQuestion, rowsCut, UnreadableFile } from '../file-note.ts';
import { type Draft, type QuizReading, type ReadQuestion, readQuestion } from '../quiz-reading.ts';
import { linesOf } from '../text-lines.ts';

const optionLine = /^([A-Za-z])[.)](?:\s([\s\S]*))?$/;
const answerLine = /^ANSWER\s*:([\s\S]*)$/i;

interface Block {
  row: number;
  prompt: string[];
  options: { letter: string; text: string }[];
}

export function readAiken(bytes: Uint8Array): QuizReading {
  const { text, remarks: guesses } = decodeText(bytes);
  const { lines, remarks: cut } = linesOf(text);
  const remarks = [...guesses, ...cut];
  const questions: ReadQuestion[] = [];
  let block: Block | null = null;
  const end = (answer: string | null): void => {
    const ended = block;
    block = null;
    if (ended !== null) questions.push(readQuestion(ended.row, () => draftOf(ended, answer)));
  };
  for (const [index, line] of lines.entries()) {
    const row = index + 1;
    if (questions.length >= bounds.rows) {
      remarks.push(rowsCut(row));
      break;
    }
    const trimmed = line.trim();
    if (trimmed === '') continue;
    const answer = answerLine.exec(trimmed)?.[1];
    const [, letter, option = ''] = optionLine.exec(trimmed) ?? [];
    const current: Block = block ?? { row, prompt: [], options: [] };
    if (answer !== undefined) {
      block = current;
      end(answer.trim());
    } else if (letter !== undefined && current.prompt.length > 0) {
      current.options.push({ letter: letter.toUpperCase(), text: option });
      block = current;
    } else if (current.options.length > 0) {
      // A new question begins although the last one was never answered.
      end(null);
      block = { row, prompt: [trimmed], options: [] };
    } else {
      current.prompt.push(trimmed);
      block = current;
    }
  }
  end(null);
  if (questions.every(({ draft, notes }) => draft === null && notes.some(({ code }) => code === 'row_malformed'))) {
    throw new UnreadableFile('no_questions', 'no question with lettered options and an ANSWER line was found');
  }
  return { questions, remarks };
}

function draftOf({ prompt, options }: Block, answer: string | null): Draft {
  if (options.length === 0) throw new BadQuestion('row_malformed', 'there are no lettered options ("A. …" or "A) …")');
  if (prompt.length === 0) throw new BadQuestion('prompt_missing', 'the options have no question above them');
  if (answer === null) throw new BadQuestion('correct_missing', 'there is no ANSWER line', 'ANSWER');
  const right = answer.replace(/[.)]$/, '').toUpperCase();
  if (new Set(options.map(({ letter }) => letter)).size < options.length) {
    throw new BadQuestion('row_malformed', 'two options have the same letter');
  }
  if (!options.some(({ letter }) => letter === right)) {
    throw new BadQuestion('correct_invalid', `"${answer.slice(0, 20)}" is not the letter of an option`, 'ANSWER');
  }
  const choices = options.map(({ letter, text }) => ({ text, correct: letter === right }));
  return { kind: 'single', prompt: prompt.join('\n'), choices };
}

export function writeAiken({ questions }: AuthoredQuiz): ExportedText {
  const notes: ExportedText['notes'] = [];
  const blocks = questions.flatMap((question, index): string[] => {
    if (question.kind !== 'single')
      return leaveOut(notes, index, 'kind_unsupported', 'Aiken holds `single` questions only');
    const lines = question.prompt.split('\n').filter((line) => line.trim() !== '');
    // Aiken has no way to say that such a line is text.
    if (lines.some((line, place) => answerLine.test(line.trim()) || (place > 0 && optionLine.test(line.trim())))) {
      return leaveOut(notes, index, 'text_unfit', 'a line of its text reads like an option or an ANSWER line');
    }
    noteLost(notes, index, question, []);
    const letter = (place: number): string => String.fromCharCode(65 + place);
    const options = question.choices.map(({ text }, place) => `${letter(place)}. ${text}`);
    const right = question.choices.findIndex(({ correct }) => correct === true);
    return [[...lines, ...options, `ANSWER: ${letter(right)}`].join('\n')];
  });
  return { text: `${blocks.join('\n\n')}\n`, notes };
}
