/** Family P: a party and its phases, without a host's word. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { abandonAfterMs } from '../src/abandon.ts';
import type { Command } from '../src/command.ts';
import { decide } from '../src/decide.ts';
import { evolve } from '../src/evolve.ts';
import { broadcastIntervalMs } from '../src/pace.ts';
import type { Party } from '../src/party.ts';
import { scoredRound } from '../src/scored-round.ts';
import { type Game, game, names, openedAt, phaseOf, player, playersById, question, settings } from './build.ts';

const nobody = { players: 0, hosts: 0, spectators: 0, all_answered_round: 0 };
const limit = 30_000;
const grace = 250;

function auto(over: Parameters<typeof game>[0] = {}): Game {
  return game({ ...over, settings: { pacing: 'auto', reveal_seconds: 3, ...over.settings } });
}

function started(over: Parameters<typeof game>[0] = {}): Game {
  const one = game(over);
  one.host({ type: 'start' });
  return one;
}

/** Closes the running round by its deadline. */
function timeout(one: Game): void {
  one.pass(limit + grace);
}

test('P1: a party opens in its lobby, round 1 in place, nobody ranked, nothing locked', () => {
  const { party } = game();
  assert.deepEqual(party.phase, { name: 'lobby' });
  assert.equal(party.current_round, 1);
  assert.equal(party.started_at, null);
  assert.deepEqual(party.ranking, { leaderboard: [], teams: [] });
  assert.equal(party.locked, false);
});

for (const who of ['players', 'hosts', 'spectators']) {
  test(`P2: with start on_connect the first of the ${who} to connect opens round 1`, () => {
    const one = game({ kind: 'quick' });
    assert.deepEqual(names(one.tell({ type: 'attendance', attendance: nobody })), []);
    const decision = one.tell({ type: 'attendance', attendance: { ...nobody, [who]: 1 } });
    assert.deepEqual(names(decision), ['initialized', 'round_opened']);
    assert.equal(one.party.started_at, openedAt);
  });
}

test('P2: with start manual connections open no round', () => {
  const one = game({ kind: 'quick', settings: { start: 'manual' } });
  one.tell({ type: 'attendance', attendance: { ...nobody, players: 5 } });
  assert.equal(one.party.phase.name, 'lobby');
  one.pass(86_400_000);
  assert.equal(one.party.phase.name, 'lobby');
});

test('P3: initialized is told with the first visitor of a lobby, and not again with the start', () => {
  const one = game();
  assert.deepEqual(names(one.tell({ type: 'attendance', attendance: { ...nobody, hosts: 1 } })), ['initialized']);
  assert.deepEqual(names(one.tell({ type: 'attendance', attendance: { ...nobody, hosts: 1, players: 3 } })), []);
  assert.deepEqual(names(one.host({ type: 'start' })), ['round_opened', 'command_settled']);
});

test('P3: a start before any visitor tells initialized', () => {
  assert.deepEqual(names(game().host({ type: 'start' })), ['initialized', 'round_opened', 'command_settled']);
});

test('P4: rounds open in order from 1, each once, skipped ones included', () => {
  const one = started();
  timeout(one);
  one.score();
  one.host({ type: 'next' });
  one.host({ type: 'skip' });
  one.score();
  timeout(one);
  one.score();
  one.host({ type: 'next' });
  const opened = one.events.flatMap((event) => (event.type === 'round_opened' ? [event.round] : []));
  assert.deepEqual(opened, [1, 2, 3]);
  assert.equal(one.party.phase.name, 'finished');
});

test('P4: a round that the quiz does not have is a fault, not a phase', () => {
  const one = game({ questions: [] });
  assert.throws(() => one.host({ type: 'start' }), RangeError);
});

test('P5: a round opens now and stays open for the time limit of its question', () => {
  const one = game({ questions: [question('single', { time_limit_ms: 7_000 })] });
  one.now += 500;
  one.host({ type: 'start' });
  const open = { name: 'question', round: 1, opens_at: openedAt + 500, closes_at: openedAt + 7_500, extra_ms: 0 };
  assert.deepEqual(one.party.phase, open);
});

test('P6: a party goes lobby, question, closing, reveal, question, paused, question, closing, question, …, finished', () => {
  const one = started();
  const seen = [one.party.phase.name];
  const note = (): number => seen.push(one.party.phase.name);
  for (const step of [
    () => timeout(one),
    () => one.score(),
    () => one.host({ type: 'pause' }),
    () => one.host({ type: 'resume' }),
    () => one.host({ type: 'next' }),
    () => one.host({ type: 'pause' }),
    () => one.host({ type: 'resume' }),
    () => one.host({ type: 'skip' }),
    () => one.score(),
    () => one.host({ type: 'end' }),
    () => one.score(),
  ]) {
    step();
    note();
  }
  const course = 'question closing reveal paused reveal question paused question closing question closing finished';
  assert.equal(seen.join(' '), course);
});

test('P7: a deadline closes the question for good and leaves it to be scored', () => {
  const one = started();
  assert.deepEqual(one.pass(limit + grace).events, [
    { type: 'round_closed', round: 1, closed_at: openedAt + limit + grace, cause: 'deadline' },
  ]);
  assert.deepEqual(names(one.pass(limit)), []);
  assert.deepEqual(names(one.tell({ type: 'attendance', attendance: { ...nobody, players: 1 } })), []);
  assert.equal(one.party.phase.name, 'closing');
});

test('P8: the answer of the last connected player closes the round', () => {
  const one = started({ players: [player('ann'), player('bob'), player('cyd')] });
  one.now += 4_000;
  const answered = { ...nobody, players: 2, all_answered_round: 1 };
  assert.deepEqual(one.tell({ type: 'attendance', attendance: answered }).events, [
    { type: 'round_closed', round: 1, closed_at: openedAt + 4_000, cause: 'all_answered' },
  ]);
});

for (const [why, attendance] of [
  ['some have not answered', { ...nobody, players: 2 }],
  ['it is said of another round', { ...nobody, players: 2, all_answered_round: 2 }],
  ['no player is connected', { ...nobody, hosts: 1, all_answered_round: 1 }],
] as const) {
  test(`P8: a round stays open where ${why}`, () => {
    assert.deepEqual(started().tell({ type: 'attendance', attendance }).events, []);
  });
}

test('P8: a round stays open to its deadline where the settings say so', () => {
  const one = started({ settings: { advance_when_all_answered: false } });
  assert.deepEqual(
    one.tell({ type: 'attendance', attendance: { ...nobody, players: 2, all_answered_round: 1 } }).events,
    [],
  );
});

test('P9: scores turn the closing round into its reveal and are kept as the ranking', () => {
  const one = started();
  timeout(one);
  const line = { rank: 1, user_id: 'ann', nickname: 'Nick ann', score: 900, correct: 1, answered: 1, mean_ms: 2_000 };
  one.score({ leaderboard: [line], teams: [] });
  assert.equal(phaseOf(one.party, 'reveal').round, 1);
  assert.deepEqual(one.party.ranking.leaderboard, [line]);
});

test('P9: scores of another round, or while nothing is closing, change nothing', () => {
  const one = started();
  assert.deepEqual(names(one.score()), []);
  timeout(one);
  const reveal = { round: 2, correct: null, counts: {}, answered: 0, explanation: null };
  assert.deepEqual(names(one.tell({ type: 'scored', round: 2, reveal, ranking: { leaderboard: [], teams: [] } })), []);
  one.score();
  assert.deepEqual(names(one.score()), []);
});

test('P10: an auto reveal lasts reveal_seconds, then the next round opens by itself', () => {
  const one = started({ settings: { pacing: 'auto', reveal_seconds: 3 } });
  timeout(one);
  one.score();
  assert.equal(phaseOf(one.party, 'reveal').next_at, one.now + 3_000);
  assert.deepEqual(names(one.pass(2_999)), []);
  assert.deepEqual(names(one.pass(1)), ['round_opened']);
  assert.equal(one.party.current_round, 2);
});

test('P10: a reveal that waits for its host lasts for ever, while deadlines still close questions', () => {
  const one = started();
  timeout(one);
  one.score();
  assert.equal(phaseOf(one.party, 'reveal').next_at, null);
  one.pass(86_400_000);
  assert.equal(one.party.phase.name, 'reveal');
});

test('P11: after the last reveal the party finishes as completed', () => {
  const one = started({ questions: [question()] });
  timeout(one);
  one.score();
  one.now += 1_000;
  one.host({ type: 'next' });
  const end = { name: 'finished', ended_at: one.now, reason: 'completed', results: 'pending' };
  assert.deepEqual(one.party.phase, end);
});

test('P12: a skipped round opens the next one without a reveal', () => {
  const one = started();
  one.host({ type: 'skip' });
  assert.deepEqual(names(one.score()), ['round_skipped', 'round_opened']);
  assert.deepEqual(one.party.skipped_rounds, [1]);
  assert.equal(one.party.current_round, 2);
});

test('P12: a skipped last round finishes the party', () => {
  const one = started({ questions: [question()] });
  one.host({ type: 'skip' });
  assert.deepEqual(names(one.score()), ['round_skipped', 'finished']);
  assert.equal(phaseOf(one.party, 'finished').reason, 'completed');
});

test('P13: an abandoned question is closed, scored and revealed before the party finishes', () => {
  const one = started();
  assert.deepEqual(names(one.tell({ type: 'abandoned' })), ['round_closed']);
  assert.deepEqual(names(one.tell({ type: 'abandoned' })), []);
  assert.deepEqual(names(one.score()), ['round_revealed', 'finished']);
  assert.equal(phaseOf(one.party, 'finished').reason, 'abandoned');
});

test('P13: an abandoned paused question is closed and scored as well', () => {
  const one = started();
  one.host({ type: 'pause' });
  assert.deepEqual(names(one.tell({ type: 'abandoned' })), ['resumed', 'round_closed']);
  assert.equal(phaseOf(one.party, 'closing').cause, 'abandoned');
});

for (const [where, ...actions] of [
  ['lobby'],
  ['reveal', 'start', 'next'],
  ['paused reveal', 'start', 'next', 'pause'],
] as const) {
  test(`P13: a party abandoned in its ${where} finishes at once`, () => {
    const one = game();
    for (const type of actions) {
      one.host({ type });
      if (type === 'next') one.score();
    }
    assert.deepEqual(names(one.tell({ type: 'abandoned' })), ['finished']);
    assert.equal(phaseOf(one.party, 'finished').reason, 'abandoned');
  });
}

test('P14: nothing moves a finished party', () => {
  const one = started();
  one.tell({ type: 'abandoned' });
  one.score();
  const commands: Command[] = [
    { type: 'tick' },
    { type: 'joined', player: player('cyd') },
    { type: 'attendance', attendance: { ...nobody, players: 3, all_answered_round: 1 } },
    { type: 'answers', round: 1, answered: 3, counts: null },
    { type: 'live_scores', round: 1, scores: [{ user_id: 'ann', score: 1 }] },
    { type: 'outage', from: openedAt, to: openedAt + 5_000 },
    { type: 'abandoned' },
  ];
  for (const command of commands) assert.deepEqual(names(one.tell(command)), [], command.type);
  assert.deepEqual(names(one.score()), []);
  assert.deepEqual(names(one.tell({ type: 'archived', round: 1 })), ['round_archived']);
  assert.equal(one.party.archived_through, 1);
});

test('P15: results are told as saved once, and not before the party has finished', () => {
  const one = game();
  assert.deepEqual(names(one.tell({ type: 'results_saved' })), []);
  one.host({ type: 'end' });
  assert.equal(phaseOf(one.party, 'finished').results, 'pending');
  assert.deepEqual(names(one.tell({ type: 'results_saved' })), ['results_saved']);
  assert.deepEqual(names(one.tell({ type: 'results_saved' })), []);
  assert.equal(phaseOf(one.party, 'finished').results, 'saved');
});

test('P16: a round archived again, or after a later one, is no news', () => {
  const one = started();
  assert.deepEqual(names(one.tell({ type: 'archived', round: 2 })), ['round_archived']);
  assert.deepEqual(names(one.tell({ type: 'archived', round: 2 })), []);
  assert.deepEqual(names(one.tell({ type: 'archived', round: 1 })), []);
  assert.equal(one.party.archived_through, 2);
});

test('P17: who joins is counted as playing or as waiting', () => {
  const one = game({ players: [player('ann')] });
  one.tell({ type: 'joined', player: player('bob') });
  one.tell({ type: 'joined', player: player('cyd', { status: 'waiting' }) });
  assert.deepEqual([one.party.players_total, one.party.waiting_total], [2, 1]);
});

test('P17: a join that is told again is not counted again', () => {
  const one = game({ players: [player('ann')] });
  one.tell({ type: 'joined', player: player('bob') });
  assert.deepEqual(names(one.tell({ type: 'joined', player: player('bob') })), []);
  assert.equal(one.party.players_total, 2);
});

test('P17: joins that a new leader is told after it has read their players are counted', () => {
  const read = ['ann', 'bob', 'cyd'].map((user_id) => player(user_id)).concat(player('dan', { status: 'waiting' }));
  const { party, quiz } = game({ players: [player('ann')] });
  const at = { now: openedAt, quiz, players: playersById(read) };
  const told = ['bob', 'cyd', 'dan', 'bob', 'ann'].reduce((before, user_id) => {
    const joining = read.find((one) => one.user_id === user_id) ?? player(user_id);
    return decide(before, { type: 'joined', player: joining }, at).events.reduce(evolve, before);
  }, party);
  assert.deepEqual([told.players_total, told.waiting_total], [3, 1]);
});

test('P18: the windows of played rounds are kept', () => {
  const one = started();
  one.now += 10_000;
  one.host({ type: 'next' });
  one.score();
  one.now += 5_000;
  one.host({ type: 'next' });
  one.now += 2_000;
  one.host({ type: 'skip' });
  assert.deepEqual(one.party.windows, [
    { opened_at: openedAt, closed_at: openedAt + 10_000 },
    { opened_at: openedAt + 15_000, closed_at: openedAt + 17_000 },
  ]);
});

test('P19: how many have answered is told of the running round, when it has changed', () => {
  const one = game();
  assert.deepEqual(names(one.tell({ type: 'answers', round: 1, answered: 1, counts: null })), []);
  one.host({ type: 'start' });
  assert.deepEqual(names(one.tell({ type: 'answers', round: 1, answered: 0, counts: null })), []);
  assert.deepEqual(names(one.tell({ type: 'answers', round: 1, answered: 2, counts: null })), ['answers_counted']);
  assert.deepEqual(names(one.tell({ type: 'answers', round: 1, answered: 2, counts: null })), []);
  assert.deepEqual(names(one.tell({ type: 'answers', round: 2, answered: 3, counts: null })), []);
  timeout(one);
  assert.deepEqual(names(one.tell({ type: 'answers', round: 1, answered: 3, counts: null })), []);
  one.score();
  one.host({ type: 'next' });
  assert.equal(one.party.answered_told, 0);
});

test('P20: how long a party without connections is kept', () => {
  const minute = 60_000;
  const kept = (kind: Party['kind'], phase: Party['phase'], grace_seconds: number): number =>
    abandonAfterMs({
      ...game().party,
      kind,
      phase,
      settings: settings(kind, { disconnect_grace_seconds: grace_seconds }),
    });
  const running = phaseOf(started().party, 'question');
  assert.equal(kept('quick', running, 120), 2 * minute);
  assert.equal(kept('room', running, 120), 2 * minute);
  assert.equal(kept('quick', { name: 'lobby' }, 120), 10 * minute);
  assert.equal(kept('room', { name: 'lobby' }, 120), 360 * minute);
  assert.equal(kept('quick', { name: 'lobby' }, 3_600), 60 * minute);
});

test('P21: the same party, command and circumstances give the same facts', () => {
  const one = started();
  const at = { now: openedAt + limit + grace, quiz: one.quiz, players: one.players };
  const [first, second] = [decide(one.party, { type: 'tick' }, at), decide(one.party, { type: 'tick' }, at)];
  assert.deepEqual(first, second);
  const evolved = (): Party => first.events.reduce(evolve, one.party);
  assert.deepEqual(evolved(), evolved());
  assert.equal(one.party.phase.name, 'question');
});

test('P22: a broadcast every 250 ms up to 100 players, then in proportion, at least every 5 s', () => {
  const intervals = [0, 1, 100, 200, 1_000, 2_000, 30_000].map((players) => broadcastIntervalMs({ players, led: 1 }));
  assert.deepEqual(intervals, [250, 250, 250, 500, 2_500, 5_000, 5_000]);
  const crowded = [200, 1_000, 20_000].map((led) => broadcastIntervalMs({ players: 10, led }));
  assert.deepEqual(crowded, [250, 1_000, 5_000], 'a node that leads many parties looks at a thousand a second');
});

test('P23: the clock alone brings an auto party to its end', () => {
  const one = auto();
  one.host({ type: 'start' });
  for (let round = 1; round <= 3; round += 1) {
    timeout(one);
    one.score();
    one.pass(3_000);
  }
  assert.equal(phaseOf(one.party, 'finished').reason, 'completed');
  const revealed = one.events.flatMap((event) => (event.type === 'round_revealed' ? [event.reveal.round] : []));
  assert.deepEqual(revealed, [1, 2, 3]);
});

test('P24: accounts exist after the last round that was revealed or skipped', () => {
  const one = game();
  const scored = [scoredRound(one.party)];
  const note = (): number => scored.push(scoredRound(one.party));
  for (const type of ['start', 'pause', 'next', 'resume', 'next'] as const) {
    one.host({ type });
    note();
  }
  one.score();
  note();
  for (const type of ['pause', 'resume', 'next', 'skip'] as const) {
    one.host({ type });
    note();
  }
  one.score();
  note();
  one.tell({ type: 'abandoned' });
  one.score();
  note();
  assert.deepEqual(scored, [0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 3]);
  const never = game();
  never.host({ type: 'end' });
  assert.equal(scoredRound(never.party), 0);
});
