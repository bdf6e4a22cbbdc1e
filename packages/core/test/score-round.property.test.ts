/** Families S and L over random games: whatever is asked and answered, the accounts add up. The seed is as in the model test. */
import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import type { Answer, Choice } from '../src/answer.ts';
import { compareStandings, rankStandings, teamLeaderboard } from '../src/leaderboard.ts';
import type { Player, Standing } from '../src/player.ts';
import type { AnswerKey, Question, QuestionKind } from '../src/question.ts';
import { scoreRound } from '../src/score-round.ts';
import { pointsFor, timedPoints } from '../src/scoring.ts';
import type { Settings } from '../src/settings.ts';
import { answersById, deepFreeze, player, playersById, question, questionKinds } from './build.ts';
import { assertNumbers } from './party-model.ts';
import { seed } from './seed.ts';

type ScoringSettings = Pick<Settings, 'scoring' | 'streak_bonus'>;

interface Round {
  question: Question;
  skipped: boolean;
  answers: Answer[];
}

interface PlayedGame {
  settings: ScoringSettings;
  players: Player[];
  rounds: Round[];
}

const ids = ['a', 'b', 'c', 'd'];
const userIds = ['u0', 'u1', 'u2', 'u3', 'u4', 'u5'];
const limits = fc.constantFrom(5_000, 7_001, 30_000, 300_000);
const worth = fc.constantFrom(0, 1, 333, 1_000, 2_000, 10_000);
const numbers = fc.oneof(fc.integer({ min: 38, max: 46 }), fc.double({ noNaN: true, noDefaultInfinity: true }));

const keys: Partial<Record<QuestionKind, fc.Arbitrary<AnswerKey>>> = {
  multiple: fc.subarray(ids, { minLength: 1 }).map((correct) => ({ kind: 'choices', correct })),
  single: fc.subarray(ids, { minLength: 1, maxLength: 2 }).map((correct) => ({ kind: 'choices', correct })),
  order: fc.shuffledSubarray(ids, { minLength: 4 }).map((order) => ({ kind: 'order', order })),
  number: fc.constantFrom(null, 0, 2).map((tolerance) => ({ kind: 'number', answer: 42, tolerance })),
};

const choices: Record<QuestionKind, fc.Arbitrary<Choice | null>> = {
  single: fc.constantFrom(...ids),
  true_false: fc.constantFrom('a', 'b'),
  multiple: fc.shuffledSubarray(ids, { minLength: 1 }),
  order: fc.shuffledSubarray(ids, { minLength: 4 }),
  text: fc.constantFrom('Paris', ' PARIS', 'London'),
  number: numbers,
  poll: fc.constantFrom('a', null),
  rating: fc.integer({ min: 1, max: 5 }),
  word_cloud: fc.constant('word'),
};

const rounds: fc.Arbitrary<Round> = fc.constantFrom(...questionKinds).chain((kind) => {
  const key = keys[kind] ?? fc.constant(question(kind).key);
  const asked = fc.record({ key, time_limit_ms: limits, points: worth }).map((over): Question => question(kind, over));
  // One who answered has left since, and may have been closest.
  const answered = fc.record({
    user_id: fc.constantFrom(...userIds, 'removed'),
    id: fc.constant('m'),
    choice: choices[kind],
    elapsed_ms: fc.oneof(fc.integer({ min: 0, max: 1_500_000 }), fc.constantFrom(0, 499, 500, 2_000)),
  });
  return fc.record({
    question: asked,
    skipped: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
    answers: fc.uniqueArray(answered, { selector: (one) => one.user_id, maxLength: 7 }),
  });
});

const games: fc.Arbitrary<PlayedGame> = fc.record({
  settings: fc.record({
    scoring: fc.constantFrom('kahoot', 'linear', 'accuracy', 'none'),
    streak_bonus: fc.boolean(),
  }),
  players: fc.subarray(userIds).chain((members) =>
    fc.tuple(
      ...members.map((user_id) =>
        fc
          .record({
            status: fc.constantFrom('playing' as const, 'playing' as const, 'playing' as const, 'waiting' as const),
            extra_time_percent: fc.constantFrom(0, 0, 25, 300),
            team: fc.constantFrom(null, 'red', 'blue'),
          })
          .map((over) => player(user_id, over)),
      ),
    ),
  ),
  rounds: fc.array(rounds, { minLength: 1, maxLength: 8 }),
});

/** The accounts after each round. */
function play({ settings, players, rounds: played }: PlayedGame): Map<string, Standing>[] {
  let standings = new Map<string, Standing>();
  return played.map(({ question: asked, skipped, answers }) => {
    standings = scoreRound({ question: asked, settings, skipped, players, answers: answersById(answers), standings });
    for (const one of standings.values()) deepFreeze(one);
    return standings;
  });
}

/** The most a question can pay without a bonus: `multiple` up to half for each right option. */
function best({ kind, key, points }: Question): number {
  const right = kind === 'multiple' && key.kind === 'choices' ? key.correct.length : 2;
  return Math.max(points, Math.round((points * right) / 2));
}

function check(predicate: (game: PlayedGame) => void, numRuns = 100): void {
  fc.assert(
    fc.property(games, (game) => predicate(deepFreeze(game))),
    { numRuns, seed },
  );
}

test('S24: recomputing from what is stored gives the same accounts', () => {
  check((game) => {
    const stored: PlayedGame = JSON.parse(JSON.stringify(game));
    assert.deepEqual(play(stored), play(game));
  });
});

test('S24, L3: the order in which answers, players and accounts come in changes nothing, not even the order of ranks', () => {
  check((game) => {
    const turned = { ...game, players: game.players.toReversed() };
    turned.rounds = game.rounds.map((round) => ({ ...round, answers: round.answers.toReversed() }));
    const lines = (played: PlayedGame) => play(played).map((standings) => [...standings]);
    assert.deepEqual(lines(turned), lines(game));
  });
});

test('S22, S25: those playing have accounts, each the sum of its rounds', () => {
  check((game) => {
    const after = play(game);
    const playing = game.players.filter(({ status }) => status === 'playing').map(({ user_id }) => user_id);
    for (const standings of after) assert.deepEqual([...standings.keys()].sort(), playing);
    for (const user_id of playing) {
      const sum = { score: 0, correct: 0, answered: 0, answered_ms: 0, correct_ms: 0 };
      game.rounds.forEach((round, index) => {
        const account = after[index]?.get(user_id);
        const elapsed_ms = round.answers.find((one) => one.user_id === user_id)?.elapsed_ms ?? 0;
        assert.ok(account !== undefined);
        assert.equal(
          account.last.answered,
          round.answers.some((one) => one.user_id === user_id),
        );
        const isCounted = account.last.answered && !round.skipped;
        sum.score += account.last.points;
        sum.answered += isCounted ? 1 : 0;
        sum.answered_ms += isCounted ? elapsed_ms : 0;
        sum.correct += account.last.correct === true ? 1 : 0;
        sum.correct_ms += account.last.correct === true ? elapsed_ms : 0;
        const { score, correct, answered, answered_ms, correct_ms } = account;
        assert.deepEqual({ score, correct, answered, answered_ms, correct_ms }, sum);
      });
    }
  });
});

test('S7, S16, S18, S19: points are whole, bounded, and only for what is right; the streak counts in a row', () => {
  check((game) => {
    const streaks = new Map<string, number>();
    play(game).forEach((standings, index) => {
      const round = game.rounds[index];
      assert.ok(round !== undefined);
      for (const [user_id, { last, streak }] of standings) {
        assertNumbers(last);
        const { points } = last;
        const isBonus = game.settings.streak_bonus && last.correct === true;
        assert.ok(Number.isInteger(points) && points >= 0);
        assert.ok(points <= best(round.question) + (isBonus && round.question.points > 0 ? 500 : 0));
        if (game.settings.scoring === 'none' || round.skipped || last.correct === null) assert.equal(points, 0);
        if (last.correct === false && round.question.kind !== 'multiple' && round.question.kind !== 'order') {
          assert.equal(points, 0);
        }
        const before = streaks.get(user_id) ?? 0;
        const isLeftAlone: boolean = round.skipped || round.question.key.kind === 'none';
        const expected: number = isLeftAlone ? before : last.correct === true ? before + 1 : 0;
        assert.equal(streak, expected);
        streaks.set(user_id, streak);
      }
    });
  });
});

test('L1, L2: a rank is one more than the number of those who are better', () => {
  check((game) => {
    for (const standings of play(game)) {
      const all = [...standings.values()];
      for (const one of all) {
        const better = all.filter(
          (other) =>
            other.score > one.score ||
            (other.score > 0 && other.score === one.score && other.correct_ms < one.correct_ms),
        );
        assert.equal(one.rank, better.length + 1);
      }
      const inOrder = all.every((one, index) => index === 0 || compareStandings(all[index - 1] ?? one, one) <= 0);
      assert.ok(inOrder, 'standings come in the order of their ranks');
      assert.deepEqual(rankStandings(standings), standings);
    }
  });
});

test('L6, L7: teams go by the mean of their members, whoever they are', () => {
  check((game) => {
    const standings = play(game).at(-1) ?? new Map<string, Standing>();
    const teams = teamLeaderboard(standings, playersById(game.players));
    const members = game.players.filter(({ status, team }) => status === 'playing' && team !== null);
    assert.deepEqual(teams.map(({ team }) => team).sort(), [...new Set(members.map(({ team }) => team))].sort());
    for (const { team, rank, score, members: count } of teams) {
      const scores = members
        .filter((one) => one.team === team)
        .map(({ user_id }) => standings.get(user_id)?.score ?? 0);
      assert.equal(count, scores.length);
      assert.equal(score, Math.round(scores.reduce((sum, one) => sum + one, 0) / count));
      assert.equal(rank, 1 + teams.filter((other) => other.score > score).length);
    }
  });
});

test('S1, S3, S20: who is faster never earns less, and extra time never costs points', () => {
  const scorings = fc.constantFrom('kahoot', 'linear', 'accuracy', 'none');
  const pair = fc.tuple(fc.integer({ min: 0, max: 400_000 }), fc.integer({ min: 0, max: 400_000 }));
  const property = fc.property(scorings, worth, limits, pair, (scoring, points, limit_ms, times) => {
    const [faster, slower] = times[0] < times[1] ? times : [times[1], times[0]];
    const earned = (elapsed_ms: number): number => timedPoints(scoring, points, { elapsed_ms, limit_ms });
    assert.ok(earned(faster) >= earned(slower));
    const asked = question('single', { points, time_limit_ms: limit_ms });
    const judgement = { complete: true, right: 1, of: 1 };
    assert.equal(pointsFor(asked, scoring, { judgement, elapsed_ms: faster }), Math.round(earned(faster)));
  });
  fc.assert(property, { numRuns: 300, seed });
});
