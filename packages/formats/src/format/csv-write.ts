/** A quiz as our CSV, which holds every kind of question. Title, description and language have no place in it. */
import type { AuthoredQuestion, AuthoredQuiz } from '@partyline/core';
import { writeDelimited } from '../delimited-write.ts';
import { listedCell } from '../listed-cell.ts';
import type { Cell } from '../table.ts';
import { type CsvColumn, wrongNames } from './csv.ts';

/** Beyond what every file of this format has; written only where a question needs them. */
const moreNames = ['tolerance', 'min', 'max', 'max_words', 'case_sensitive'] as const;
const usualWrong = 5;

export function writeCsv({ questions }: AuthoredQuiz): string {
  const lines = questions.map(cellsOf);
  const has = (name: CsvColumn): boolean => lines.some((cells) => cells[name] !== undefined);
  const written: CsvColumn[] = [
    'question',
    'type',
    'correct',
    ...wrongNames.filter((name, index) => index < usualWrong || has(name)),
    'category',
    'difficulty',
    'time_limit',
    'points',
    'explanation',
    'image_url',
    ...moreNames.filter(has),
  ];
  return writeDelimited([written, ...lines.map((cells) => written.map((name) => cells[name] ?? null))]);
}

type Cells = { [K in CsvColumn]?: Cell | undefined };

function cellsOf(question: AuthoredQuestion): Cells {
  return {
    question: question.prompt,
    type: question.kind,
    category: question.category,
    time_limit: question.time_limit_seconds,
    points: question.points,
    explanation: question.explanation,
    image_url: question.media_url,
    ...answerCells(question),
  };
}

function answerCells(question: AuthoredQuestion): Cells {
  switch (question.kind) {
    case 'single':
    case 'multiple': {
      const right = question.choices.filter(({ correct }) => correct === true).map(({ text }) => text);
      const wrong = question.choices.filter(({ correct }) => correct !== true).map(({ text }) => text);
      return { correct: question.kind === 'single' ? right[0] : listedCell(right), ...wrongCells(wrong) };
    }
    case 'poll':
      return wrongCells(question.choices.map(({ text }) => text));
    case 'true_false':
      return { correct: question.answer };
    case 'text': {
      const places = question.accepted.flatMap(({ case_sensitive }, i) => (case_sensitive === true ? [i + 1] : []));
      const all = places.length === question.accepted.length;
      const sensitive = all ? true : places.join('|');
      return {
        correct: listedCell(question.accepted.map(({ text }) => text)),
        case_sensitive: places.length === 0 ? undefined : sensitive,
      };
    }
    case 'number': {
      const { answer, tolerance, min, max } = question;
      return { correct: answer, tolerance, min, max };
    }
    case 'order':
      return { correct: listedCell(question.choices.map(({ text }) => text)) };
    case 'rating':
      return { max: question.max };
    case 'word_cloud':
      return { max_words: question.max_words };
  }
}

function wrongCells(texts: readonly string[]): Cells {
  return Object.fromEntries(texts.map((text, index) => [wrongNames[index], text]));
}
