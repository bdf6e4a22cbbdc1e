/** What is said while rounds are played. Instants travel as durations from now, so that no screen needs the right time. */
import Type from 'typebox';
import { list, open, orNull, shown, tally, whole } from '../vocabulary/primitive.ts';
import { CorrectAnswer, RoundReveal, ShownQuestion, shownChoices } from '../vocabulary/shown-question.ts';
import { You } from './you.ts';

const round = whole(1);
const server_time_ms = whole(0);
const closes_in_ms = whole(0, undefined, { description: 'Counted from `server_time_ms`.' });

export const QuestionData = open(
  { round, rounds: whole(1), question: ShownQuestion, choices: shownChoices, closes_in_ms, server_time_ms },
  { title: 'QuestionData' },
);
export type QuestionData = Type.Static<typeof QuestionData>;

export const AnsweredData = open(
  {
    round,
    answered: whole(0),
    players_total: Type.Optional(whole(0)),
    counts: Type.Optional(tally({ description: 'Live votes, where the settings show them.' })),
  },
  { title: 'AnsweredData' },
);
export type AnsweredData = Type.Static<typeof AnsweredData>;

export const ScoresData = open(
  { round, scores: list(open({ user_id: shown(64), score: whole(0) }), 1_000) },
  { title: 'ScoresData' },
);
export type ScoresData = Type.Static<typeof ScoresData>;

export const RevealData = open(
  {
    ...RoundReveal.properties,
    next_in_ms: Type.Optional(orNull(whole(0), { description: 'Until the next round; null where the host decides.' })),
    you: Type.Optional(You),
  },
  { title: 'RevealData' },
);
export type RevealData = Type.Static<typeof RevealData>;

export const RoundSkippedData = open(
  { round, correct: Type.Optional(CorrectAnswer) },
  { title: 'RoundSkippedData', description: 'The round counts for nobody.' },
);
export type RoundSkippedData = Type.Static<typeof RoundSkippedData>;

export const ExtendedData = open({ round, closes_in_ms, server_time_ms }, { title: 'ExtendedData' });
export type ExtendedData = Type.Static<typeof ExtendedData>;

export const PausedData = open(
  {
    round,
    closes_in_ms: orNull(whole(0), { description: 'What was left of the running question; null where none was open.' }),
  },
  { title: 'PausedData' },
);
export type PausedData = Type.Static<typeof PausedData>;

export const ResumedData = open(
  { round, closes_in_ms: orNull(closes_in_ms), server_time_ms },
  { title: 'ResumedData' },
);
export type ResumedData = Type.Static<typeof ResumedData>;
