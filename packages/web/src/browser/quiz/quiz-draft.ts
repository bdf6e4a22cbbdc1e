/**
 * A quiz while it is being written, and the quiz it becomes. A draft keeps what every kind of question may need, so that
 * changing the kind back loses nothing; numbers stay as typed until they are sent. Pure.
 */
import type { QuizBody, QuizQuestion } from '@partyline/protocol';

export type Kind = QuizQuestion['kind'];

export interface DraftChoice {
  text: string;
  correct: boolean;
}

export interface QuestionDraft {
  /** Tells questions apart while they are moved about; never sent. */
  key: number;
  kind: Kind;
  prompt: string;
  seconds: string;
  points: string;
  category: string;
  explanation: string;
  media_url: string;
  choices: DraftChoice[];
  truth: boolean;
  /** A line for each accepted text. */
  accepted: string;
  case_sensitive: boolean;
  answer: string;
  tolerance: string;
  min: string;
  max: string;
  scale: string;
  max_words: string;
}

export interface QuizDraft {
  title: string;
  description: string;
  language: string;
  questions: QuestionDraft[];
}

export function emptyQuestion(key: number): QuestionDraft {
  const blank = { text: '', correct: false };
  return {
    ...{ key, kind: 'single', prompt: '', seconds: '20', points: '1000', category: '', explanation: '', media_url: '' },
    choices: [{ ...blank, correct: true }, blank, blank, blank],
    ...{ truth: true, accepted: '', case_sensitive: false },
    ...{ answer: '', tolerance: '', min: '', max: '', scale: '5', max_words: '1' },
  };
}

export function emptyQuiz(): QuizDraft {
  return { title: '', description: '', language: '', questions: [emptyQuestion(1)] };
}

export function draftOf(quiz: QuizBody): QuizDraft {
  const { title, description = '', language = '', questions } = quiz;
  return { title, description, language, questions: questions.map((question, at) => questionDraft(question, at + 1)) };
}

function questionDraft(question: QuizQuestion, key: number): QuestionDraft {
  const { kind, prompt, time_limit_seconds, points, category = '', explanation = '', media_url = '' } = question;
  const draft: QuestionDraft = {
    ...emptyQuestion(key),
    ...{ kind, prompt, category, explanation, media_url },
    seconds: written(time_limit_seconds ?? 20),
    points: written(points ?? 1_000),
  };
  switch (question.kind) {
    case 'single':
    case 'multiple':
    case 'poll':
      return { ...draft, choices: question.choices.map(({ text, correct = false }) => ({ text, correct })) };
    case 'order':
      return { ...draft, choices: question.choices.map(({ text }) => ({ text, correct: false })) };
    case 'true_false':
      return { ...draft, truth: question.answer };
    case 'text':
      return {
        ...draft,
        accepted: question.accepted.map(({ text }) => text).join('\n'),
        case_sensitive: question.accepted.some((accepted) => accepted.case_sensitive === true),
      };
    case 'number': {
      const { answer, tolerance, min, max } = question;
      return {
        ...draft,
        answer: written(answer),
        tolerance: written(tolerance),
        min: written(min),
        max: written(max),
      };
    }
    case 'rating':
      return { ...draft, scale: written(question.max ?? 5) };
    case 'word_cloud':
      return { ...draft, max_words: written(question.max_words ?? 1) };
  }
}

/** What was typed goes as it is; what is wrong with it is the server's to say, in the words of its rules. */
export function quizOf({ title, description, language, questions }: QuizDraft): QuizBody {
  return {
    title: title.trim(),
    ...(description.trim() === '' ? {} : { description: description.trim() }),
    ...(language.trim() === '' ? {} : { language: language.trim() }),
    questions: questions.map(questionOf),
  };
}

function questionOf(draft: QuestionDraft): QuizQuestion {
  const common = {
    prompt: draft.prompt.trim(),
    time_limit_seconds: typed(draft.seconds) ?? 0,
    points: typed(draft.points) ?? 0,
    ...filled('category', draft.category),
    ...filled('explanation', draft.explanation),
    ...filled('media_url', draft.media_url),
  };
  const choices = draft.choices.filter(({ text }) => text.trim() !== '');
  switch (draft.kind) {
    case 'single':
    case 'multiple':
      return {
        kind: draft.kind,
        ...common,
        choices: choices.map(({ text, correct }) => ({ text: text.trim(), ...(correct ? { correct } : {}) })),
      };
    case 'poll':
    case 'order':
      return { kind: draft.kind, ...common, choices: choices.map(({ text }) => ({ text: text.trim() })) };
    case 'true_false':
      return { kind: 'true_false', ...common, answer: draft.truth };
    case 'text':
      return { kind: 'text', ...common, accepted: acceptedOf(draft) };
    case 'number':
      return {
        kind: 'number',
        ...common,
        answer: typed(draft.answer) ?? Number.NaN,
        ...bound('tolerance', draft.tolerance),
        ...bound('min', draft.min),
        ...bound('max', draft.max),
      };
    case 'rating':
      return { kind: 'rating', ...common, max: typed(draft.scale) ?? 0 };
    case 'word_cloud':
      return { kind: 'word_cloud', ...common, max_words: typed(draft.max_words) ?? 0 };
  }
}

function acceptedOf({ accepted, case_sensitive }: QuestionDraft): { text: string; case_sensitive?: boolean }[] {
  const texts = accepted.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]));
  return texts.map((text) => ({ text, ...(case_sensitive ? { case_sensitive } : {}) }));
}

function filled<Name extends string>(name: Name, text: string): Partial<Record<Name, string>> {
  return text.trim() === '' ? {} : ({ [name]: text.trim() } as Record<Name, string>);
}

function bound<Name extends string>(name: Name, text: string): Partial<Record<Name, number>> {
  const value = typed(text);
  return value === null ? {} : ({ [name]: value } as Record<Name, number>);
}

function typed(text: string): number | null {
  const plain = text.trim().replace(',', '.');
  if (plain === '') return null;
  const value = Number(plain);
  return Number.isFinite(value) ? value : null;
}

function written(value: number | undefined): string {
  return value === undefined ? '' : String(value);
}

export function moved<Item>(items: readonly Item[], from: number, by: -1 | 1): Item[] {
  const to = from + by;
  const item = items[from];
  if (item === undefined || to < 0 || to >= items.length) return [...items];
  return items.toSpliced(from, 1).toSpliced(to, 0, item);
}
