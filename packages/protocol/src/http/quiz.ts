/**
 * An authored quiz as it is sent and stored. The form alone is judged here: that a scored question has a right answer is
 * a rule of the game, and breaking it is 422, not 400.
 */
import Type from 'typebox';
import { Category } from '../vocabulary/identifier.ts';
import { closed, decimal, line, list, open, prose, shown, whole, word } from '../vocabulary/primitive.ts';

/** What holds where a question leaves it out. */
export const questionDefaults = { time_limit_seconds: 20, points: 1000, rating_max: 5, max_words: 1 } as const;

const everyQuestion = {
  prompt: prose(1_000),
  time_limit_seconds: Type.Optional(whole(5, 300, { default: questionDefaults.time_limit_seconds })),
  points: Type.Optional(whole(0, 10_000, { default: questionDefaults.points })),
  category: Type.Optional(Category),
  explanation: Type.Optional(prose(2_000)),
  media_url: Type.Optional(
    Type.String({ format: 'uri', maxLength: 2_048, pattern: '^https?://[^\\s\\p{Cc}\\p{Cs}<>"]+$' }),
  ),
};

const choiceText = line(300);

export const ChoiceQuestion = closed(
  {
    kind: word(['single', 'multiple', 'poll']),
    ...everyQuestion,
    choices: list(closed({ text: choiceText, correct: Type.Optional(Type.Boolean({ default: false })) }), 8, {
      minItems: 2,
    }),
  },
  { title: 'ChoiceQuestion' },
);
export const TrueFalseQuestion = closed(
  { kind: Type.Literal('true_false'), ...everyQuestion, answer: Type.Boolean() },
  { title: 'TrueFalseQuestion' },
);
export const TextQuestion = closed(
  {
    kind: Type.Literal('text'),
    ...everyQuestion,
    accepted: list(closed({ text: line(200), case_sensitive: Type.Optional(Type.Boolean({ default: false })) }), 20),
  },
  { title: 'TextQuestion' },
);
export const NumberQuestion = closed(
  {
    kind: Type.Literal('number'),
    ...everyQuestion,
    answer: decimal(),
    tolerance: Type.Optional(decimal({ minimum: 0, description: 'Without one, the closest answer wins.' })),
    min: Type.Optional(decimal()),
    max: Type.Optional(decimal()),
  },
  { title: 'NumberQuestion' },
);
export const OrderQuestion = closed(
  {
    kind: Type.Literal('order'),
    ...everyQuestion,
    choices: list(closed({ text: choiceText }), 8, { minItems: 2, description: 'In their right order.' }),
  },
  { title: 'OrderQuestion' },
);
export const RatingQuestion = closed(
  {
    kind: Type.Literal('rating'),
    ...everyQuestion,
    max: Type.Optional(whole(2, 10, { default: questionDefaults.rating_max })),
  },
  { title: 'RatingQuestion' },
);
export const WordCloudQuestion = closed(
  {
    kind: Type.Literal('word_cloud'),
    ...everyQuestion,
    max_words: Type.Optional(whole(1, 5, { default: questionDefaults.max_words })),
  },
  { title: 'WordCloudQuestion' },
);

export type QuizQuestion =
  | Type.Static<typeof ChoiceQuestion>
  | Type.Static<typeof TrueFalseQuestion>
  | Type.Static<typeof TextQuestion>
  | Type.Static<typeof NumberQuestion>
  | Type.Static<typeof OrderQuestion>
  | Type.Static<typeof RatingQuestion>
  | Type.Static<typeof WordCloudQuestion>;

/** `discriminator` makes the faults of a question those of its own kind. */
export const QuizQuestion = Type.Unsafe<QuizQuestion>({
  title: 'QuizQuestion',
  type: 'object',
  discriminator: { propertyName: 'kind' },
  oneOf: [
    ChoiceQuestion,
    TrueFalseQuestion,
    TextQuestion,
    NumberQuestion,
    OrderQuestion,
    RatingQuestion,
    WordCloudQuestion,
  ],
});

const quizFields = {
  title: line(200),
  description: Type.Optional(prose(2_000)),
  language: Type.Optional(line(35, { description: 'BCP 47, such as `en` or `pt-BR`.' })),
  questions: list(QuizQuestion, 200, { minItems: 1 }),
};

export const QuizBody = closed(quizFields, { title: 'QuizBody' });
export type QuizBody = Type.Static<typeof QuizBody>;

const storedFields = {
  quiz_id: shown(64),
  created_at: shown(40, { format: 'date-time' }),
  updated_at: shown(40, { format: 'date-time' }),
};

export const StoredQuiz = open({ ...storedFields, ...quizFields }, { title: 'StoredQuiz' });
export type StoredQuiz = Type.Static<typeof StoredQuiz>;

export const QuizList = open(
  { quizzes: list(open({ ...storedFields, title: shown(200), questions: whole(0) }), 10_000) },
  { title: 'QuizList' },
);
export type QuizList = Type.Static<typeof QuizList>;
