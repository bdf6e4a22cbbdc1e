/** A quiz as GIFT. What GIFT has no kind for stands in the file as a comment and in the notes. */
import type { AuthoredQuestion, AuthoredQuiz } from '@partyline/core';
import { oneLine } from '../clean-text.ts';
import { type ExportedText, type ExportNote, leaveOut, noteChange, noteLost } from '../exported-quiz.ts';

export function writeGift({ title, questions }: AuthoredQuiz): ExportedText {
  const notes: ExportNote[] = [];
  const blocks = [`// ${oneLine(title)}`];
  let category = '';
  for (const [index, question] of questions.entries()) {
    const answers = answersOf(question, index, notes);
    if (answers === null) {
      blocks.push(`// question ${index + 1} is left out: GIFT cannot hold this "${question.kind}"`);
      continue;
    }
    noteLost(notes, index, question, ['category', 'explanation']);
    const { prompt, explanation, category: own = '' } = question;
    if (own !== category) blocks.push(`$CATEGORY: ${categoryPath(own)}`);
    category = own;
    const feedback = explanation === undefined ? [] : [`\t####${escaped(explanation, 'marked')}`];
    blocks.push([`::Q${index + 1}::[plain]${escaped(prompt)}{`, ...answers, ...feedback, '}'].join('\n'));
  }
  return { text: `${blocks.join('\n\n')}\n`, notes };
}

function answersOf(question: AuthoredQuestion, index: number, notes: ExportNote[]): string[] | null {
  switch (question.kind) {
    case 'single':
      return question.choices.map(
        ({ text, correct }) => `\t${correct === true ? choice('=', text) : choice('~', text)}`,
      );
    case 'multiple': {
      const right = question.choices.filter(({ correct }) => correct === true).length;
      const weight = Number((100 / right).toFixed(5));
      return question.choices.map(
        ({ text, correct }) => `\t~%${correct === true ? weight : -100}%${escaped(text, 'marked')}`,
      );
    }
    case 'true_false':
      return [question.answer ? 'TRUE' : 'FALSE'];
    case 'text': {
      // Moodle takes `=a -> b` for a pair to be matched, and has no escape for the arrow.
      if (question.accepted.some(({ text }) => text.includes('->'))) {
        leaveOut(notes, index, 'text_unfit', 'an accepted answer with "->" would be read as a pair');
        return null;
      }
      if (question.accepted.some((accepted) => accepted.case_sensitive === true)) {
        noteChange(notes, index, 'GIFT does not tell capital from small letters');
      }
      return question.accepted.map(({ text }) => `\t=${text.startsWith('%') ? '%100%' : ''}${escaped(text)}`);
    }
    case 'number': {
      const { answer, tolerance, min, max } = question;
      if (tolerance === undefined)
        noteChange(notes, index, 'GIFT has no "closest wins": only the exact number is right');
      if (min !== undefined || max !== undefined) noteChange(notes, index, 'the format does not keep: min, max');
      return [`#${answer}:${tolerance ?? 0}`];
    }
    case 'order':
    case 'poll':
    case 'rating':
    case 'word_cloud':
      leaveOut(notes, index, 'kind_unsupported', `GIFT has no "${question.kind}"`);
      return null;
  }
}

/** A text that begins like a weight or a format is told apart by one of its own. */
function choice(sign: '=' | '~', text: string): string {
  const weight = sign === '=' ? '%100%' : '%0%';
  return `${sign}${text.startsWith('%') ? weight : ''}${escaped(text, 'marked')}`;
}

function escaped(text: string, marked?: 'marked'): string {
  const signs = text.replace(/[\\:#={}~]/g, (sign) => `\\${sign}`).replaceAll('\n', '\\n');
  return marked !== undefined && text.startsWith('[') ? `[plain]${signs}` : signs;
}

function categoryPath(category: string): string {
  return category === '' ? '$course$/top' : category.replaceAll('/', '//');
}
