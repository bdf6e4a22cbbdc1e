/** A question as players see it before the reveal, and what the reveal adds. */
import Type from 'typebox';
import { LeaderboardLine, TeamLine } from './leaderboard-line.ts';
import { decimal, list, open, orNull, shown, tally, whole, word } from './primitive.ts';

export const questionKinds = [
  'single',
  'multiple',
  'true_false',
  'text',
  'number',
  'order',
  'poll',
  'rating',
  'word_cloud',
] as const;
export type QuestionKind = (typeof questionKinds)[number];

export const ShownQuestion = open(
  {
    id: shown(64),
    kind: word(questionKinds),
    prompt: shown(1_000, { description: "Empty where only the host's screen shows it." }),
    media: Type.Optional(open({ url: shown(2_048) })),
    category: shown(100),
    time_limit_ms: whole(0),
    points: whole(0, 10_000, {
      description:
        'What a right answer is worth at most; 0 where nothing is scored. Each right choice of a `multiple` under `kahoot`: half of it.',
    }),
    min: Type.Optional(decimal()),
    max: Type.Optional(decimal()),
    max_words: Type.Optional(whole(1)),
  },
  { title: 'Question' },
);
export type ShownQuestion = Type.Static<typeof ShownQuestion>;

export const ShownChoice = open({ id: shown(64), text: shown(300) }, { title: 'Choice' });
export type ShownChoice = Type.Static<typeof ShownChoice>;

export const shownChoices = list(ShownChoice, 20, { description: 'In the order of this party and round.' });

/** What was right, in the form players sent it; null where nothing was right or wrong. */
export const CorrectAnswer = Type.Union([list(shown(200), 20), shown(500), decimal(), Type.Null()], {
  title: 'CorrectAnswer',
});
export type CorrectAnswer = Type.Static<typeof CorrectAnswer>;

export const RoundReveal = open(
  {
    round: whole(1),
    correct: CorrectAnswer,
    counts: tally({ description: 'Answers per choice id, rating or word.' }),
    answered: whole(0),
    explanation: orNull(shown(2_000)),
    leaderboard: list(LeaderboardLine, 10, { description: 'Empty where the settings hide it.' }),
    teams: Type.Optional(list(TeamLine, 50)),
  },
  { title: 'RoundReveal' },
);
export type RoundReveal = Type.Static<typeof RoundReveal>;
