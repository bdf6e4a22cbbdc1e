import assert from 'node:assert/strict';
import test from 'node:test';
import type { ServerData, ServerMessage, ServerMessageType } from '@partyline/protocol';
import { faultIn, serverFrames, serverMessageTypes } from '@partyline/protocol';
import { fold, foldAnswer } from '../src/fold.ts';
import type { View } from '../src/view.ts';
import { line, message, questionData, revealData, runningState, stateData } from './samples.ts';

const epoch = 1;

/** Folds messages of one epoch with rising seq, all at `now`. */
function shown(steps: [ServerMessageType, unknown][], now = 1_000, from: View | null = null): View {
  let view = from;
  let seq = from?.seq ?? -1;
  for (const [type, data] of steps) {
    seq += 1;
    view = fold(view, message(type, { epoch, seq }, data as ServerData<ServerMessageType>), now);
  }
  assert.ok(view !== null);
  return view;
}

const you = stateData().you;

test('the samples are what the protocol says', () => {
  const samples: [ServerMessageType, unknown][] = [
    ['state', stateData()],
    ['state', runningState(1)],
    ['question', questionData(1)],
    ['reveal', revealData(1)],
  ];
  for (const [type, data] of samples) {
    const schema = serverFrames.get(type);
    assert.ok(schema);
    assert.equal(faultIn(schema, { type, epoch: 1, seq: 1, data }), null);
  }
});

test('nothing is shown before the first state', () => {
  for (const type of serverMessageTypes) {
    if (type === 'state') continue;
    const sent = { type, epoch: 1, seq: 1, data: {} } as ServerMessage;
    assert.equal(fold(null, sent, 0), null);
  }
});

test('a state is the whole view, its durations turned into instants of this machine', () => {
  const data = runningState(2, { closes_in_ms: 7_000, second_step: { code: '4711', changes_in_ms: 9_000 } });
  const view = shown([['state', data]], 50_000);
  const { closes_in_ms: _c, server_time_ms: _s, second_step: _t, ...same } = data;
  assert.deepEqual(view, {
    ...same,
    epoch: 1,
    seq: 0,
    closes_at: 57_000,
    next_at: null,
    paused_with_ms: null,
    skipped_round: null,
    answer: null,
    podium: [],
    ended: null,
    leads: true,
    extra_time_ms: null,
    second_step: { code: '4711', changes_at: 59_000 },
  });
});

test('a state replaces everything, also what it no longer says', () => {
  const counted = runningState(1, { counts: { a: 3 }, teams: [], waiting: [], connected: 2 });
  const view = shown([
    ['state', counted],
    ['state', stateData({ phase: 'lobby' })],
  ]);
  for (const name of ['counts', 'teams', 'waiting', 'connected']) assert.ok(!(name in view), name);
  assert.equal(view.question, null);
});

test('a round opens: question, choices, deadline, and nothing left of the round before', () => {
  const before = runningState(1, { answered: 5, you: { ...you, answer: { round: 1, choice: 'a' } } });
  const view = shown(
    [
      ['state', before],
      ['reveal', revealData(1, { next_in_ms: 4_000 })],
      ['question', questionData(2, { closes_in_ms: 15_000 })],
    ],
    10_000,
  );
  assert.equal(view.phase, 'question');
  assert.equal(view.round, 2);
  assert.equal(view.question?.id, 'q2');
  assert.equal(view.closes_at, 25_000);
  assert.deepEqual([view.answered, view.counts, view.reveal, view.next_at], [0, {}, null, null]);
  assert.deepEqual([view.answer, view.you.answer], [null, null]);
});

test('counts of the running round are shown, of another one not', () => {
  const view = shown([
    ['state', runningState(2)],
    ['answered', { round: 2, answered: 7, players_total: 9, counts: { a: 7 } }],
    ['answered', { round: 1, answered: 99, counts: { a: 99 } }],
  ]);
  assert.deepEqual([view.answered, view.players_total, view.counts], [7, 9, { a: 7 }]);
  assert.equal(view.seq, 2);
});

test('a reveal shows the answer, the leaderboard, your own part, and when it goes on', () => {
  const mine = { ...you, score: 900, rank: 1, streak: 1, last: { round: 1, correct: true, points: 900 } };
  const data = revealData(1, { next_in_ms: 5_000, you: mine, explanation: 'because' });
  const view = shown(
    [
      ['state', runningState(1)],
      ['reveal', data],
    ],
    2_000,
  );
  assert.equal(view.phase, 'reveal');
  const { next_in_ms: _n, you: _y, ...reveal } = data;
  assert.deepEqual(view.reveal, reveal);
  assert.deepEqual(view.leaderboard, data.leaderboard);
  assert.deepEqual(view.you, mine);
  assert.deepEqual([view.closes_at, view.next_at, view.counts], [null, 7_000, { a: 1, b: 1 }]);
});

test('a reveal without a personal part leaves yours, one that waits for the host has no instant', () => {
  const view = shown([
    ['state', runningState(1, { you: { ...you, score: 5 } })],
    ['reveal', revealData(1, { next_in_ms: null })],
  ]);
  assert.equal(view.you.score, 5);
  assert.equal(view.next_at, null);
});

test('the clock stops with what was left, and runs on from there', () => {
  const paused = shown(
    [
      ['state', runningState(1)],
      ['paused', { round: 1, closes_in_ms: 6_000 }],
    ],
    1_000,
  );
  assert.deepEqual([paused.phase, paused.closes_at, paused.paused_with_ms], ['paused', null, 6_000]);
  const resumed = shown([['resumed', { round: 1, closes_in_ms: 6_000, server_time_ms: 0 }]], 90_000, paused);
  assert.deepEqual([resumed.phase, resumed.closes_at, resumed.paused_with_ms], ['question', 96_000, null]);
});

test('a pause during a reveal goes back to the reveal', () => {
  const view = shown([
    ['state', runningState(1)],
    ['reveal', revealData(1, { next_in_ms: 1_000 })],
    ['paused', { round: 1, closes_in_ms: null }],
    ['resumed', { round: 1, closes_in_ms: null, server_time_ms: 0 }],
  ]);
  assert.deepEqual([view.phase, view.closes_at, view.next_at], ['reveal', null, null]);
  assert.equal(view.reveal?.round, 1);
});

test('more time moves the deadline of the running round only', () => {
  const running = shown([['state', runningState(2)]], 1_000);
  const later = shown([['extended', { round: 2, closes_in_ms: 30_000, server_time_ms: 0 }]], 5_000, running);
  assert.equal(later.closes_at, 35_000);
  const other = shown([['extended', { round: 1, closes_in_ms: 30_000, server_time_ms: 0 }]], 5_000, running);
  assert.equal(other.closes_at, running.closes_at);
});

test('a round that is left out closes without a verdict', () => {
  const view = shown([
    ['state', runningState(1)],
    ['round_skipped', { round: 1 }],
  ]);
  assert.deepEqual([view.skipped_round, view.closes_at, view.answer, view.phase], [1, null, null, 'question']);
});

test('who comes is added once, who leaves is gone, totals are as told', () => {
  const joined = [
    { user_id: 'bob', nickname: 'Bob' },
    { user_id: 'cy', nickname: 'Cy', team: 'red' },
  ];
  const view = shown([
    ['state', stateData()],
    ['lobby', { joined, left: ['ada'], players_total: 40, connected: 39, waiting_total: 1 }],
  ]);
  assert.deepEqual(view.players, [
    { user_id: 'bob', nickname: 'Bob', score: 0 },
    { user_id: 'cy', nickname: 'Cy', team: 'red', score: 0 },
  ]);
  assert.deepEqual([view.players_total, view.connected, view.waiting_total], [40, 39, 1]);
});

test('newcomers of a party that hides scores have none', () => {
  const settings = { ...stateData().settings, leaderboard: 'end' as const };
  const view = shown([
    ['state', stateData({ settings, players: [] })],
    ['lobby', { joined: [{ user_id: 'cy', nickname: 'Cy' }], left: [], players_total: 1 }],
  ]);
  assert.equal(view.players[0]?.score, null);
});

test('the list of players does not grow with the crowd, the total does', () => {
  const batch = (from: number) =>
    Array.from({ length: 900 }, (_, n) => ({ user_id: `u${from + n}`, nickname: `U${from + n}` }));
  const view = shown([
    ['state', stateData({ players: [] })],
    ['lobby', { joined: batch(0), left: [], players_total: 900 }],
    ['lobby', { joined: batch(900), left: [], players_total: 1_800 }],
  ]);
  assert.equal(view.players.length, 1_000);
  assert.equal(view.players_total, 1_800);
});

test('who is let in leaves the waiting room', () => {
  const waiting = [
    { user_id: 'cy', nickname: 'Cy' },
    { user_id: 'di', nickname: 'Di' },
  ];
  const view = shown([
    ['state', stateData({ waiting, waiting_total: 2 })],
    ['lobby', { joined: [{ user_id: 'cy', nickname: 'Cy' }], left: [], players_total: 3, waiting_total: 1 }],
    ['player_removed', { user_id: 'di', banned: true }],
  ]);
  assert.deepEqual(view.waiting, []);
});

test('scores that changed are shown, yours too', () => {
  const view = shown([
    ['state', runningState(1)],
    ['scores', { round: 1, scores: [{ user_id: 'ada', score: 70 }] }],
  ]);
  assert.deepEqual(
    view.players.map(({ score }) => score),
    [70, 0],
  );
  assert.equal(view.you.score, 70);
});

test('an instant ack changes your score and streak, any other ack nothing', () => {
  const running = shown([['state', runningState(1)]]);
  const plain = message('ack', { epoch: 1, seq: 0 }, { id: '1', round: 1, status: 'accepted' });
  assert.equal(fold(running, plain, 0), running);
  const instant = message('ack', { epoch: 1, seq: 0 }, { id: '1', round: 1, status: 'accepted', score: 10, streak: 2 });
  const view = fold(running, instant, 0);
  assert.deepEqual([view?.you.score, view?.you.streak, view?.seq], [10, 2, running.seq]);
});

test('the end: leaderboard, podium, reason, and results that become safe', () => {
  const leaderboard = [line(1, 'ada', 5), line(2, 'bob', 3)];
  const mine = { ...you, rank: 1, score: 5 };
  const data = {
    reason: 'completed' as const,
    leaderboard,
    podium: leaderboard,
    results: 'pending' as const,
    you: mine,
  };
  const pending = shown([
    ['state', runningState(3)],
    ['finished', data],
  ]);
  assert.deepEqual(
    [pending.phase, pending.ended, pending.results, pending.closes_at],
    ['finished', 'completed', 'pending', null],
  );
  assert.deepEqual([pending.podium, pending.leaderboard, pending.you], [leaderboard, leaderboard, mine]);
  const saved = shown([['saved', { game_id: 'g', results: 'saved' }]], 0, pending);
  assert.equal(saved.results, 'saved');
});

test('somebody who comes to the end sees the podium from the state', () => {
  const leaderboard = [line(1, 'ada', 5), line(2, 'bob', 3), line(2, 'cy', 3), line(4, 'di', 1)];
  const view = shown([['state', stateData({ phase: 'finished', leaderboard, results: 'saved' })]]);
  assert.deepEqual(
    view.podium.map(({ user_id }) => user_id),
    ['ada', 'bob', 'cy'],
  );
});

test('lock, unlock, removal, name of the party', () => {
  const view = shown([
    ['state', stateData()],
    ['locked', {}],
    ['player_removed', { user_id: 'bob', banned: false }],
    ['party_initialized', { party_id: 'p', game_id: 'g', rounds: 9, title: 'New' }],
  ]);
  assert.deepEqual([view.locked, view.players.length, view.rounds, view.title], [true, 1, 9, 'New']);
  assert.equal(shown([['unlocked', {}]], 0, view).locked, false);
});

test('a screen of the host leads from its first state on, until another one has control', () => {
  const first = shown([['state', stateData({ screen: 's1', controller: 's0' })]]);
  assert.equal(first.leads, true);
  const lost = shown([['control', { screen: 's2' }]], 0, first);
  assert.deepEqual([lost.leads, shown([['control', { screen: 's1' }]], 0, lost).leads], [false, true]);
  const asked = shown([['state', stateData({ screen: 's1', controller: 's2' })]], 0, first);
  assert.equal(asked.leads, false);
  const renewed = shown([['state', stateData({ screen: 's3', controller: 's2' })]], 0, lost);
  assert.equal(renewed.leads, true);
  assert.equal(shown([['state', stateData({ screen: 's3', controller: null })]], 0, renewed).leads, true);
  assert.equal(shown([['state', stateData()]]).leads, true);
});

test('how much longer somebody may answer is known of the question it was told of', () => {
  const view = shown([['state', runningState(1, { extra_time_ms: 5_000 })]]);
  assert.equal(view.extra_time_ms, 5_000);
  assert.equal(shown([['question', questionData(2)]], 0, view).extra_time_ms, null);
});

test('a ping, an error and the advice to reconnect change nothing', () => {
  const view = shown([['state', runningState(1)]]);
  const at = { epoch: 1, seq: 99 };
  assert.equal(fold(view, message('ping', at, {}), 0), view);
  assert.equal(fold(view, message('error', at, { id: null, code: 'late', detail: '' }), 0), view);
  assert.equal(fold(view, message('reconnect', at, { after_ms: 1 }), 0), view);
});

test('what is older, or of another life of the party, leaves the very same view', () => {
  const view = shown([
    ['state', runningState(2)],
    ['answered', { round: 2, answered: 1 }],
  ]);
  for (const at of [
    { epoch: 1, seq: 1 },
    { epoch: 1, seq: 0 },
    { epoch: 0, seq: 50 },
    { epoch: 2, seq: 50 },
  ]) {
    assert.equal(fold(view, message('question', at, questionData(3)), 0), view);
  }
  assert.equal(fold(view, message('state', { epoch: 0, seq: 9 }, stateData()), 0), view);
});

test('a state of a new epoch starts afresh', () => {
  const before = shown([
    ['state', runningState(2)],
    ['round_skipped', { round: 2 }],
  ]);
  const answering = foldAnswer(before, { round: 2, choice: 'a', status: 'sending' });
  const view = fold(answering, message('state', { epoch: 2, seq: 0 }, runningState(2)), 0);
  assert.deepEqual([view?.epoch, view?.seq, view?.answer, view?.skipped_round], [2, 0, null, null]);
});

test('a state confirms what this client is sending, or leaves it waiting', () => {
  const running = shown([['state', runningState(1)]]);
  const sending = foldAnswer(running, { round: 1, choice: 'a', status: 'sending' });
  const waiting = fold(sending, message('state', { epoch: 1, seq: 5 }, runningState(1)), 0);
  assert.deepEqual(waiting?.answer, { round: 1, choice: 'a', status: 'sending' });
  const stored = runningState(1, { you: { ...you, answer: { round: 1, choice: 'b' } } });
  const told = fold(sending, message('state', { epoch: 1, seq: 5 }, stored), 0);
  assert.deepEqual(told?.answer, { round: 1, choice: 'b', status: 'accepted' });
  const anonymous = runningState(1, { you: { ...you, answer: { round: 1, choice: null } } });
  const known = fold(sending, message('state', { epoch: 1, seq: 5 }, anonymous), 0);
  assert.deepEqual(known?.answer, { round: 1, choice: 'a', status: 'accepted' });
});

test('an instant verdict survives the next state', () => {
  const running = shown([['state', runningState(1)]]);
  const answered = foldAnswer(running, { round: 1, choice: 'a', status: 'accepted', correct: true, points: 9 });
  const stored = runningState(1, { you: { ...you, answer: { round: 1, choice: 'a' } } });
  const view = fold(answered, message('state', { epoch: 1, seq: 5 }, stored), 0);
  assert.deepEqual(view?.answer, { round: 1, choice: 'a', status: 'accepted', correct: true, points: 9 });
});

test('an answer to another round than the one shown changes nothing', () => {
  const view = shown([['state', runningState(2)]]);
  assert.equal(foldAnswer(view, { round: 1, choice: 'a', status: 'accepted' }), view);
  assert.equal(foldAnswer(null, { round: 1, choice: 'a', status: 'accepted' }), null);
});

test('folding changes neither the view nor the message it was given', () => {
  const freeze = (value: unknown): void => {
    if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
    Object.freeze(value);
    for (const part of Object.values(value)) freeze(part);
  };
  let view: View | null = null;
  const told: [ServerMessageType, unknown][] = [
    ['state', runningState(1, { waiting: [] })],
    ['lobby', { joined: [{ user_id: 'cy', nickname: 'Cy' }], left: ['ada'], players_total: 2 }],
    ['scores', { round: 1, scores: [{ user_id: 'bob', score: 1 }] }],
    ['answered', { round: 1, answered: 1 }],
    ['reveal', revealData(1)],
    ['question', questionData(2)],
    ['finished', { reason: 'ended', leaderboard: [], podium: [], results: 'pending' }],
  ];
  for (const [seq, [type, data]] of told.entries()) {
    const sent = message(type, { epoch: 1, seq }, data as ServerData<ServerMessageType>);
    freeze(view);
    freeze(sent);
    view = fold(view, sent, 1);
  }
  assert.equal(view?.phase, 'finished');
});
