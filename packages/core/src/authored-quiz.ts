/** An authored quiz, as its author wrote it, and the rules that make it playable. The form was judged on the wire already. */
import { choiceId, type RandomInt, shuffled } from './pool-quiz.ts';
import type { AcceptedText, AnswerKey, ChoiceOption, Question, Quiz } from './question.ts';
import { visibleText } from './visible-text.ts';

interface AuthoredBase {
  prompt: string;
  time_limit_seconds?: number;
  points?: number;
  category?: string;
  explanation?: string;
  media_url?: string;
}

export type AuthoredQuestion = AuthoredBase &
  (
    | { kind: 'single' | 'multiple' | 'poll'; choices: { text: string; correct?: boolean }[] }
    | { kind: 'true_false'; answer: boolean }
    | { kind: 'text'; accepted: AcceptedText[] }
    | { kind: 'number'; answer: number; tolerance?: number; min?: number; max?: number }
    | { kind: 'order'; choices: { text: string }[] }
    | { kind: 'rating'; max?: number }
    | { kind: 'word_cloud'; max_words?: number }
  );

export interface AuthoredQuiz {
  title: string;
  description?: string;
  language?: string;
  questions: AuthoredQuestion[];
}

/** Why a quiz cannot be played. `question` counts from 1; null where the fault is the quiz's own and no question's. */
export interface QuizFault {
  question: number | null;
  message: string;
}

const defaultSeconds = 20;
const defaultPoints = 1_000;
const defaultCategory = 'General';

/** Every fault of a quiz, in order; none means it can be played. */
export function quizFaults(quiz: AuthoredQuiz): QuizFault[] {
  const ofTitle = isBlank(quiz.title) ? [{ question: null, message: 'its title is blank' }] : [];
  const ofQuestions = quiz.questions.flatMap((question, index) =>
    questionFaults(question).map((message) => ({ question: index + 1, message })),
  );
  return [...ofTitle, ...ofQuestions];
}

/** Every fault of one question, in words. */
export function questionFaults(question: AuthoredQuestion): string[] {
  return [...blankFaults(question), ...answerFaults(question)];
}

function blankFaults({ prompt, category }: AuthoredBase): string[] {
  return [
    ...(isBlank(prompt) ? ['its prompt is blank'] : []),
    ...(category !== undefined && isBlank(category) ? ['its category is blank'] : []),
  ];
}

function answerFaults(question: AuthoredQuestion): string[] {
  switch (question.kind) {
    case 'single':
    case 'multiple':
    case 'poll':
      return choiceFaults(question.kind, question.choices);
    case 'order':
      return textFaults(question.choices);
    case 'text':
      if (question.accepted.length === 0) return ['it has no accepted answer'];
      return question.accepted.some(({ text }) => isBlank(text)) ? ['one of its accepted answers is blank'] : [];
    case 'number':
      return numberFaults(question);
    case 'true_false':
    case 'rating':
    case 'word_cloud':
      return [];
  }
}

function choiceFaults(kind: 'single' | 'multiple' | 'poll', choices: { text: string; correct?: boolean }[]): string[] {
  const correct = choices.filter((choice) => choice.correct === true).length;
  const faults = textFaults(choices);
  if (kind === 'poll') return correct > 0 ? [...faults, 'a poll has no correct choice'] : faults;
  if (correct === 0) faults.push('it has no correct choice');
  if (kind === 'single' && correct > 1) faults.push('it has several correct choices: make it a `multiple`');
  return faults;
}

/** What people cannot see or cannot tell apart. */
function textFaults(choices: { text: string }[]): string[] {
  const seen = choices.map(({ text }) => visibleText(text).toLowerCase());
  const filled = seen.filter((text) => text !== '');
  return [
    ...(filled.length < seen.length ? ['one of its choices is blank'] : []),
    ...(new Set(filled).size < filled.length ? ['two of its choices are the same'] : []),
  ];
}

function isBlank(text: string): boolean {
  return visibleText(text) === '';
}

function numberFaults({ answer, min, max }: { answer: number; min?: number; max?: number }): string[] {
  if (min !== undefined && max !== undefined && min >= max) return ['`min` must be below `max`'];
  const isOutside = (min !== undefined && answer < min) || (max !== undefined && answer > max);
  return isOutside ? ['its answer is outside `min` and `max`'] : [];
}

/** The quiz as one party plays it: choices shuffled for this party, the right ones behind a key. It must have no faults. */
export function playableQuiz(quiz: AuthoredQuiz, at: { quiz_id: string | null; randomInt: RandomInt }): Quiz {
  const questions = quiz.questions.map((question, index) => playable(question, { place: index + 1, ...at }));
  return { quiz_id: at.quiz_id, title: quiz.title, questions };
}

function playable(authored: AuthoredQuestion, at: { place: number; randomInt: RandomInt }): Question {
  const { kind, prompt, media_url, explanation } = authored;
  const { choices, key, ...bounds } = answering(authored, at.randomInt);
  return {
    id: `q${at.place}`,
    kind,
    prompt,
    category: authored.category ?? defaultCategory,
    time_limit_ms: (authored.time_limit_seconds ?? defaultSeconds) * 1000,
    points: key.kind === 'none' ? 0 : (authored.points ?? defaultPoints),
    ...(media_url === undefined ? {} : { media: { url: media_url } }),
    ...(explanation === undefined ? {} : { explanation }),
    ...bounds,
    choices,
    key,
  };
}

type Answering = { choices: ChoiceOption[]; key: AnswerKey } & Pick<Question, 'min' | 'max' | 'max_words'>;

function answering(authored: AuthoredQuestion, randomInt: RandomInt): Answering {
  switch (authored.kind) {
    case 'single':
    case 'multiple': {
      const { choices, picked } = shown(authored.choices, randomInt, (choice) => choice.correct === true);
      return { choices, key: { kind: 'choices', correct: picked } };
    }
    case 'poll':
      // A poll's choices stay as written: their order often means something (yes, no, undecided).
      return {
        choices: shown(
          authored.choices,
          (n) => n - 1,
          () => false,
        ).choices,
        key: { kind: 'none' },
      };
    case 'true_false': {
      const choices = [
        { id: 'true', text: 'True' },
        { id: 'false', text: 'False' },
      ];
      return { choices, key: { kind: 'choices', correct: [String(authored.answer)] } };
    }
    case 'text':
      return { choices: [], key: { kind: 'text', accepted: authored.accepted } };
    case 'number': {
      const { answer, tolerance = null, min, max } = authored;
      const bounds = { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
      return { choices: [], key: { kind: 'number', answer, tolerance }, ...bounds };
    }
    case 'order': {
      const numbered = authored.choices.map((choice, rank) => ({ ...choice, rank }));
      const order = shuffled(numbered, randomInt).map((choice, place) => ({ ...choice, id: choiceId(place) }));
      const right = [...order].sort((a, b) => a.rank - b.rank).map(({ id }) => id);
      return { choices: order.map(({ id, text }) => ({ id, text })), key: { kind: 'order', order: right } };
    }
    case 'rating':
      return { choices: [], key: { kind: 'none' }, max: authored.max ?? 5 };
    case 'word_cloud':
      return { choices: [], key: { kind: 'none' }, max_words: authored.max_words ?? 1 };
  }
}

function shown<C extends { text: string }>(
  authored: C[],
  randomInt: RandomInt,
  isPicked: (choice: C) => boolean,
): { choices: ChoiceOption[]; picked: string[] } {
  const placed = shuffled(authored, randomInt).map((choice, place) => ({ choice, id: choiceId(place) }));
  return {
    choices: placed.map(({ choice, id }) => ({ id, text: choice.text })),
    picked: placed.filter(({ choice }) => isPicked(choice)).map(({ id }) => id),
  };
}
