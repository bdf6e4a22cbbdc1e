/** What is told of a party over HTTP: rules V7, V16 and V17 of SPEC.md. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { askedQuestion, toldRounds } from '../src/asked-question.ts';
import type { StoredResults } from '../src/ports/archive.ts';
import type { Settings } from '../src/settings.ts';
import { type ResultAudience, shownBoard, shownResults } from '../src/shown-results.ts';
import { isRankingShown } from '../src/view.ts';
import { question, questionKinds } from './build.ts';

const line = (user_id: string, rank: number) => ({
  ...{ rank, user_id, nickname: user_id, score: 1_000 - rank },
  ...{ correct: 1, answered: 1, mean_ms: 100, team: 'Owls' },
});
const teams = [{ rank: 1, team: 'Owls', score: 998, members: 2 }];
const board = { leaderboard: [line('ann', 1), line('bob', 2)], teams, players_total: 2 };

function stored(leaderboard?: Settings['leaderboard']): StoredResults {
  return {
    party: {
      ...{ party_id: 'p', game_id: 'g', room_code: '123456', kind: 'room', title: 'A quiz', owner_id: 'hk_1' },
      ...{ settings: leaderboard === undefined ? {} : { leaderboard }, rounds: 1, started_at: null, ended_at: '' },
    },
    ...board,
    ...{ answers: [], categories: [] },
  };
}

const host: ResultAudience = { as: 'host' };
const bob: ResultAudience = { as: 'player', user_id: 'bob' };
const watcher: ResultAudience = { as: 'watcher' };
const own = { leaderboard: [{ ...line('bob', 2), rank: null }], players_total: 2 };
const nothing = { leaderboard: [], players_total: 2 };

test('V7: where the ranking is not shown a player has their own line, without a place, and a stranger none', () => {
  assert.deepEqual(shownBoard(board, bob, false), own);
  assert.deepEqual(shownBoard(board, watcher, false), nothing);
  assert.deepEqual(shownBoard(board, host, false), board);
  for (const audience of [host, bob, watcher]) assert.deepEqual(shownBoard(board, audience, true), board);
});

test('V7: leaderboard says when the ranking is shown, and parties of before it show it each round', () => {
  const shown = (leaderboard: Settings['leaderboard']) =>
    [false, true].map((is_finished) => isRankingShown({ leaderboard }, { is_finished }));
  assert.deepEqual(
    [shown('each_round'), shown('end'), shown('hidden')],
    [
      [true, true],
      [false, true],
      [false, false],
    ],
  );
  assert.ok(isRankingShown({}, { is_finished: false }));
});

test('V7: a leaderboard that is hidden stays so after the party', () => {
  const boardOf = (leaderboard: Settings['leaderboard'] | undefined, audience: ResultAudience) => {
    const { party: _, answers: __, categories: ___, ...shown } = shownResults(stored(leaderboard), audience);
    return shown;
  };
  assert.deepEqual(boardOf('hidden', bob), own);
  assert.deepEqual(boardOf('hidden', host), board);
  for (const setting of ['each_round', 'end', undefined] as const) assert.deepEqual(boardOf(setting, bob), board);
});

test('V17: the owner of a party is told to its host and to nobody else', () => {
  assert.equal(shownResults(stored(), host).party.owner_id, 'hk_1');
  for (const audience of [bob, watcher]) assert.ok(!JSON.stringify(shownResults(stored(), audience)).includes('hk_1'));
});

test('V16: of a running party only rounds that are over are told', () => {
  const rounds = [1, 2, 3].map((round) => ({ round, question: question('poll'), skipped: false }));
  const told = toldRounds(rounds, { scored_round: 2, isMasked: false });
  assert.deepEqual(told, rounds.slice(0, 2));
});

test('V16: where phones show no words none are told while the party runs', () => {
  const [told] = toldRounds([{ round: 1, question: question('single'), skipped: false }], {
    ...{ scored_round: 1, isMasked: true },
  });
  assert.equal(told?.question.prompt, '');
  assert.deepEqual(told?.question.choices[0], { id: 'a', text: '' });
});

test('V16: nobody was told what was right in a skipped round, and it stays so', () => {
  for (const kind of questionKinds) {
    const asked = askedQuestion({ round: 1, question: question(kind), skipped: true });
    assert.deepEqual([asked.correct, asked.skipped], [null, true], kind);
  }
  const asked = askedQuestion({ round: 1, question: question('order'), skipped: false });
  assert.deepEqual([asked.correct, 'skipped' in asked], [['c', 'a', 'd', 'b'], false]);
});
