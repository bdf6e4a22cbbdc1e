/** Family L: order among players and teams. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { evolve } from '../src/evolve.ts';
import {
  compareStandings,
  leaderboard,
  leaderboardEntry,
  rankStandings,
  teamLeaderboard,
  withGains,
} from '../src/leaderboard.ts';
import { newcomer, type Player, type Standing } from '../src/player.ts';
import { game, phaseOf, player, playersById } from './build.ts';

type Account = [user_id: string, score: number, correct_ms: number];

function standings(accounts: Account[]): Map<string, Standing> {
  return new Map(accounts.map(([user_id, score, correct_ms]) => [user_id, { ...newcomer, score, correct_ms }]));
}

function ranks(accounts: Account[]): [user_id: string, rank: number][] {
  return [...rankStandings(standings(accounts))].map(([user_id, { rank }]) => [user_id, rank]);
}

test('L1: a higher score ranks first, a tie goes to the lower time of correct answers', () => {
  const ranked = ranks([
    ['slow', 900, 9_000],
    ['best', 1_000, 30_000],
    ['fast', 900, 2_000],
  ]);
  assert.deepEqual(ranked, [
    ['best', 1],
    ['fast', 2],
    ['slow', 3],
  ]);
});

test('L1: only score and time of correct answers decide', () => {
  const a = { ...newcomer, score: 10, correct_ms: 5, answered_ms: 99, streak: 4, rank: 7 };
  assert.equal(compareStandings(a, { ...newcomer, score: 10, correct_ms: 5 }), 0);
});

test('L1: without points nobody is ahead, however many are right', () => {
  const ranked = ranks([
    ['two right', 0, 5_000],
    ['none right', 0, 0],
  ]);
  assert.deepEqual(
    ranked.map(([, rank]) => rank),
    [1, 1],
  );
});

test('L2: equal accounts share a rank and the next rank skips as many', () => {
  const ranked = ranks([
    ['a', 500, 1_000],
    ['b', 500, 1_000],
    ['c', 400, 0],
    ['d', 0, 0],
    ['e', 0, 0],
    ['f', 0, 0],
  ]);
  const places = ranked.map(([, rank]) => rank);
  assert.deepEqual(places, [1, 1, 3, 4, 4, 4]);
});

test('L2: nobody to rank is no fault', () => {
  assert.deepEqual(ranks([]), []);
});

test('L3: equal accounts stand in the same order however they came in', () => {
  const equal: Account[] = ['c', 'a', 'B', 'ä', '10', '9'].map((user_id) => [user_id, 1, 1]);
  assert.deepEqual(ranks(equal), ranks(equal.toReversed()));
});

test('L4: a line says rank, player, score, correct, answered and the mean time', () => {
  const standing = {
    ...newcomer,
    rank: 3,
    score: 1_717,
    correct: 2,
    answered: 3,
    answered_ms: 20_000,
    correct_ms: 17_000,
  };
  assert.deepEqual(leaderboardEntry(player('ann', { team: 'red' }), standing), {
    rank: 3,
    user_id: 'ann',
    nickname: 'Nick ann',
    score: 1_717,
    correct: 2,
    answered: 3,
    mean_ms: 6_667,
    team: 'red',
  });
  const unanswered = leaderboardEntry(player('bob'), newcomer);
  assert.equal(unanswered.mean_ms, 0);
  assert.ok(!('team' in unanswered));
});

test('L5: a leaderboard holds the first lines, of players who are in the party', () => {
  const ranked = rankStandings(
    standings([
      ['ann', 4, 0],
      ['gone', 3, 0],
      ['bob', 2, 0],
      ['cyd', 1, 0],
    ]),
  );
  const here = playersById([player('bob'), player('ann'), player('cyd')]);
  const ids = (limit: number): string[] => leaderboard(ranked, here, limit).map((line) => line.user_id);
  assert.deepEqual(ids(2), ['ann', 'bob']);
  assert.deepEqual(ids(0), []);
  assert.deepEqual(ids(100), ['ann', 'bob', 'cyd']);
});

test('L9: a line says the points and the places that the round brought, where it brought any', () => {
  const account = (rank: number, points: number): Standing => ({
    ...{ ...newcomer, rank },
    last: { answered: true, correct: points > 0, points },
  });
  const before = new Map([
    ['ann', account(1, 0)],
    ['bob', account(2, 0)],
    ['cyd', account(3, 0)],
  ]);
  const after = new Map([
    ['bob', account(1, 967)],
    ['ann', account(2, 100)],
    ['cyd', account(3, 0)],
    ['new', account(3, 0)],
  ]);
  const here = playersById(['ann', 'bob', 'cyd', 'new'].map((id) => player(id)));
  const lines = withGains(leaderboard(after, here, 10), { before, after });
  assert.deepEqual(
    lines.map(({ user_id, gained, moved }) => [user_id, gained, moved]),
    [
      ['bob', 967, 1],
      ['ann', 100, -1],
      ['cyd', undefined, undefined],
      ['new', undefined, undefined],
    ],
  );
  assert.ok(!('gained' in (lines[2] ?? {})) && !('moved' in (lines[2] ?? {})), 'nothing costs no byte');
});

function teams(
  members: [team: string | null, score: number, status?: Player['status']][],
): ReturnType<typeof teamLeaderboard> {
  const players = members.map(([team, , status = 'playing'], index) => player(`u${index}`, { team, status }));
  const accounts = members.map(([, score], index): Account => [`u${index}`, score, 0]);
  return teamLeaderboard(standings(accounts), playersById(players));
}

test('L6: a team scores the rounded mean of its playing members', () => {
  const ranked = teams([
    ['red', 1_000],
    ['red', 0],
    ['red', 1],
    ['blue', 400],
    ['blue', 9_999, 'waiting'],
    ['green', 9_999, 'waiting'],
    [null, 5_000],
  ]);
  assert.deepEqual(ranked, [
    { rank: 1, team: 'blue', score: 400, members: 1 },
    { rank: 2, team: 'red', score: 334, members: 3 },
  ]);
});

test('L6: a member without an account counts with zero', () => {
  const here = playersById([player('ann', { team: 'red' }), player('bob', { team: 'red' })]);
  assert.deepEqual(teamLeaderboard(standings([['ann', 500, 0]]), here), [
    { rank: 1, team: 'red', score: 250, members: 2 },
  ]);
});

test('L7: teams of equal score share a rank and the next rank skips as many', () => {
  const ranked = teams([
    ['a', 1],
    ['b', 5],
    ['c', 5],
    ['z', 9],
  ]);
  assert.deepEqual(
    ranked.map(({ team, rank }) => [team, rank]),
    [
      ['z', 1],
      ['b', 2],
      ['c', 2],
      ['a', 4],
    ],
  );
});

const [first, second] = ['ann', 'bob'].map((user_id, index) => {
  const standing = { ...newcomer, rank: index + 1, score: 100 - index };
  return leaderboardEntry(player(user_id), standing);
});
assert.ok(first !== undefined && second !== undefined);

test('L8: a removed player leaves the leaderboard at once', () => {
  const one = game();
  one.host({ type: 'start' });
  one.host({ type: 'next' });
  one.score({ leaderboard: [first, second], teams: [] });
  one.host({ type: 'kick', user_id: 'ann' });
  assert.deepEqual(one.party.ranking.leaderboard, [second]);
});

test('L8: who was removed while a round was scored is not on its leaderboard', () => {
  const one = game();
  one.host({ type: 'start' });
  one.host({ type: 'next' });
  one.host({ type: 'ban', user_id: 'ann' });
  one.score({ leaderboard: [first, second], teams: [] });
  assert.equal(phaseOf(one.party, 'reveal').round, 1);
  assert.deepEqual(one.party.ranking.leaderboard, [second]);
});

test('L8: turning somebody away from the waiting room leaves the leaderboard alone', () => {
  const { party } = game();
  const ranked = { ...party, waiting_total: 1, ranking: { leaderboard: [first, second], teams: [] } };
  const after = evolve(ranked, { type: 'player_removed', user_id: 'eve', banned: false, was_waiting: true });
  assert.deepEqual(after.ranking, ranked.ranking);
});
