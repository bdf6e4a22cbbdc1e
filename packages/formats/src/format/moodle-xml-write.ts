/** A quiz as Moodle's XML. What Moodle has no kind for stands in the file as a comment and in the notes. */
import type { AuthoredQuestion, AuthoredQuiz } from '@partyline/core';
import { type ExportedText, type ExportNote, leaveOut, noteChange, noteLost } from '../exported-quiz.ts';
import { xmlText } from '../xml-text.ts';

export function writeMoodleXml({ questions }: AuthoredQuiz): ExportedText {
  const notes: ExportNote[] = [];
  const parts = ['<?xml version="1.0" encoding="UTF-8"?>', '<quiz>'];
  let category = '';
  for (const [index, question] of questions.entries()) {
    const answering = answersOf(question, index, notes);
    if (answering === null) {
      parts.push(`<!-- question ${index + 1} is left out: Moodle has no "${question.kind}" -->`);
      continue;
    }
    noteLost(notes, index, question, ['category', 'explanation']);
    if ((question.category ?? '') !== category) {
      category = question.category ?? '';
      const path = category === '' ? '$course$/top' : `$course$/top/${categoryName(category)}`;
      parts.push(`<question type="category"><category>${text(path)}</category></question>`);
    }
    parts.push(
      `<question type="${answering.type}">`,
      `<name>${text(`Q${index + 1}`)}</name>`,
      `<questiontext format="plain_text">${text(question.prompt)}</questiontext>`,
      `<generalfeedback format="plain_text">${text(question.explanation ?? '')}</generalfeedback>`,
      ...answering.elements,
      '</question>',
    );
  }
  return { text: `${[...parts, '</quiz>'].join('\n')}\n`, notes };
}

/** A slash in a name is written twice; one in front would join the slash of the path. */
function categoryName(category: string): string {
  const name = category.replaceAll('/', '//');
  return name.startsWith('/') ? ` ${name}` : name;
}

function answersOf(
  question: AuthoredQuestion,
  index: number,
  notes: ExportNote[],
): { type: string; elements: string[] } | null {
  switch (question.kind) {
    case 'single':
    case 'multiple': {
      const isOne = question.kind === 'single';
      const right = question.choices.filter(({ correct }) => correct === true).length;
      const wrong = isOne ? 0 : -100;
      const answers = question.choices.map((choice) =>
        answer(choice.text, choice.correct === true ? Number((100 / right).toFixed(5)) : wrong),
      );
      const single = `<single>${isOne}</single>`;
      return { type: 'multichoice', elements: [single, '<shuffleanswers>true</shuffleanswers>', ...answers] };
    }
    case 'true_false': {
      const weight = (side: boolean): number => (side === question.answer ? 100 : 0);
      return { type: 'truefalse', elements: [answer('true', weight(true)), answer('false', weight(false))] };
    }
    case 'text': {
      const sensitive = question.accepted.filter(({ case_sensitive }) => case_sensitive === true).length;
      if (sensitive > 0 && sensitive < question.accepted.length) {
        noteChange(notes, index, 'Moodle tells capital from small letters in all accepted answers or in none: none');
      }
      const usecase = `<usecase>${sensitive === question.accepted.length ? 1 : 0}</usecase>`;
      const answers = question.accepted.map((accepted) => answer(accepted.text.replaceAll('*', '\\*'), 100));
      return { type: 'shortanswer', elements: [usecase, ...answers] };
    }
    case 'number': {
      const { tolerance, min, max } = question;
      if (tolerance === undefined)
        noteChange(notes, index, 'Moodle has no "closest wins": only the exact number is right');
      if (min !== undefined || max !== undefined) noteChange(notes, index, 'the format does not keep: min, max');
      return {
        type: 'numerical',
        elements: [answer(String(question.answer), 100, `<tolerance>${tolerance ?? 0}</tolerance>`)],
      };
    }
    case 'order':
    case 'poll':
    case 'rating':
    case 'word_cloud':
      leaveOut(notes, index, 'kind_unsupported', `Moodle's XML has no "${question.kind}"`);
      return null;
  }
}

function answer(value: string, fraction: number, more = ''): string {
  return `<answer fraction="${fraction}" format="plain_text">${text(value)}${more}</answer>`;
}

function text(value: string): string {
  return `<text>${xmlText(value)}</text>`;
}
