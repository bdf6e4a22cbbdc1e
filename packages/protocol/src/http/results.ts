/** What a party leaves behind, and what is known of a player over all parties. */
import Type from 'typebox';
import { AnswerChoice } from '../vocabulary/answer-choice.ts';
import { ShownNickname, UserId } from '../vocabulary/identifier.ts';
import { LeaderboardLine, TeamLine } from '../vocabulary/leaderboard-line.ts';
import { closed, list, open, orNull, shown, tally, whole, word } from '../vocabulary/primitive.ts';
import { CorrectAnswer, questionKinds, shownChoices } from '../vocabulary/shown-question.ts';

const mostPlayers = 100_000;
const mostAnswers = 10_000_000;
const mean_ms = Type.Number({ minimum: 0 });
const accuracy = Type.Number({
  minimum: 0,
  maximum: 1,
  description: 'Correct of answered, where right and wrong exist.',
});
const instant = shown(40, { format: 'date-time' });

export const ResultLine = open(
  {
    ...LeaderboardLine.properties,
    rank: orNull(whole(1), {
      description:
        '1 is best; equal standings share a rank. null in the own line of a player where the ranking is hidden.',
    }),
  },
  { title: 'ResultLine' },
);
export type ResultLine = Type.Static<typeof ResultLine>;

const leaderboardFields = {
  leaderboard: list(ResultLine, mostPlayers, {
    description:
      'As the setting `leaderboard` shows it: where it shows none to players, the own line of the one who asks. A host is always shown it. Everybody up to 1,000 players; beyond that the first 1,000 who came while the party runs, afterwards the best 100, each with the one who asks; in the results of a host everybody.',
  }),
  teams: Type.Optional(list(TeamLine, 50, { description: 'Where there are teams and the leaderboard is shown.' })),
  players_total: whole(0),
};

export const LeaderboardResponse = open(leaderboardFields, { title: 'LeaderboardResponse' });
export type LeaderboardResponse = Type.Static<typeof LeaderboardResponse>;

export const RoundStats = open(
  {
    round: whole(1),
    question_id: shown(64),
    kind: word(questionKinds),
    prompt: Type.Optional(shown(1_000)),
    answered: whole(0),
    correct: whole(0),
    accuracy: orNull(accuracy),
    mean_ms,
    counts: Type.Optional(
      tally({
        description: 'Answers per choice id, rating or word. What the ids of choices stand for is in `choices`.',
      }),
    ),
    choices: Type.Optional(shownChoices),
    right: Type.Optional(CorrectAnswer),
    max: Type.Optional(
      whole(1, undefined, { description: 'The top of the scale of a rating; 5 where it is not there.' }),
    ),
  },
  { title: 'RoundStats' },
);
export type RoundStats = Type.Static<typeof RoundStats>;

export const StatsResponse = open(
  {
    players_total: whole(0),
    rounds: whole(0),
    answered: whole(0),
    correct: whole(0),
    accuracy: orNull(accuracy),
    mean_ms,
    drop_outs: whole(0, undefined, { description: 'Answered something, but none of the last two rounds.' }),
    hardest_round: orNull(whole(1), { description: 'By accuracy; null where no round was scored.' }),
    easiest_round: orNull(whole(1)),
    by_round: list(RoundStats, 1_000),
  },
  { title: 'StatsResponse' },
);
export type StatsResponse = Type.Static<typeof StatsResponse>;

export const AnswerRow = open(
  {
    round: whole(1),
    question_id: shown(64),
    kind: word(questionKinds),
    user_id: shown(64),
    nickname: ShownNickname,
    choice: orNull(AnswerChoice, { description: 'null for an anonymous vote.' }),
    correct: orNull(Type.Boolean()),
    points: whole(0),
    elapsed_ms: whole(0),
  },
  { title: 'AnswerRow' },
);
export type AnswerRow = Type.Static<typeof AnswerRow>;

const categoryCounts = { category: shown(100), answered: whole(0), correct: whole(0), points: whole(0) };

export const AskedQuestion = open(
  {
    round: whole(1),
    question_id: shown(64),
    kind: word(questionKinds),
    prompt: shown(1_000),
    category: shown(100),
    choices: shownChoices,
    correct: CorrectAnswer,
    max: Type.Optional(
      whole(1, undefined, { description: 'The top of the scale of a rating; 5 where it is not there.' }),
    ),
    skipped: Type.Optional(Type.Boolean({ description: 'The host skipped it: nobody was told what was right.' })),
  },
  { title: 'AskedQuestion' },
);
export type AskedQuestion = Type.Static<typeof AskedQuestion>;

export const ResultsResponse = open(
  {
    party: open({
      party_id: shown(36),
      game_id: shown(36),
      room_code: shown(12),
      kind: word(['quick', 'room']),
      title: shown(200),
      owner_id: Type.Optional(
        shown(64, {
          description:
            'For the host alone: the id of the host key that opened the room, or of the player who began the party.',
        }),
      ),
      settings: Type.Unsafe<Record<string, unknown>>({
        type: 'object',
        maxProperties: 100,
        description: 'Without passcode and roster.',
      }),
      rounds: whole(0),
      started_at: orNull(instant),
      ended_at: instant,
    }),
    ...leaderboardFields,
    answers: list(AnswerRow, mostAnswers, { description: 'All of them for a host; their own for a player.' }),
    questions: Type.Optional(
      list(AskedQuestion, 1_000, { description: 'What was asked, round by round: what ids in the answers stand for.' }),
    ),
    categories: list(open({ user_id: shown(64), ...categoryCounts }), mostAnswers),
  },
  { title: 'ResultsResponse' },
);
export type ResultsResponse = Type.Static<typeof ResultsResponse>;

export const resultFormats = ['json', 'csv', 'xlsx'] as const;
export type ResultFormat = (typeof resultFormats)[number];

export const EraseQuery = closed({ user_id: Type.Optional(UserId) }, { title: 'EraseQuery' });
export type EraseQuery = Type.Static<typeof EraseQuery>;

export const ResultsQuery = closed(
  {
    format: Type.Optional(word(resultFormats, { default: 'json' })),
    table: Type.Optional(
      word(['leaderboard', 'answers', 'categories'], { default: 'answers', description: 'Which one, for csv.' }),
    ),
  },
  { title: 'ResultsQuery' },
);
export type ResultsQuery = Type.Static<typeof ResultsQuery>;

export const PerformanceResponse = open(
  {
    user_id: shown(64),
    categories: list(open({ ...categoryCounts, accuracy, mean_ms, parties: whole(0) }), 10_000),
  },
  { title: 'PerformanceResponse' },
);
export type PerformanceResponse = Type.Static<typeof PerformanceResponse>;
