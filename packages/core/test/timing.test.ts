/** Family T: deadlines, grace, pauses, extensions, outages, extra time. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { dueAt, graceMs } from '../src/decide.ts';
import type { Player } from '../src/player.ts';
import { type Game, game, names, openedAt, phaseOf, player, question } from './build.ts';

const limit = 30_000;
/** Instants of a started game, in ms after its round 1 opened. */
const after = (ms: number): number => openedAt + ms;

function started(players: Player[] = [player('ann'), player('bob')], pacing: 'host' | 'auto' = 'host'): Game {
  const one = game({ players, settings: { pacing, reveal_seconds: 4 } });
  one.host({ type: 'start' });
  return one;
}

/** When the running question opens and closes, in ms after `openedAt`. */
function window({ party }: Game): [opens: number, closes: number] {
  const { opens_at, closes_at } = phaseOf(party, 'question');
  return [opens_at - openedAt, closes_at - openedAt];
}

function outage(one: Game, from: number, to: number): string[] {
  one.now = Math.max(one.now, after(to));
  return names(one.tell({ type: 'outage', from: after(from), to: after(to) }));
}

test('T1: a question is due 250 ms after its deadline and the greatest extra time', () => {
  assert.equal(graceMs, 250);
  assert.equal(dueAt(started().party), after(limit + 250));
  const slow = player('cyd', { extra_time_percent: 50 });
  assert.equal(dueAt(started([player('ann'), slow]).party), after(limit + 15_000 + 250));
});

test('T1: an auto reveal is due at its end; lobby, closing, paused, finished and a reveal for the host never are', () => {
  const one = started(undefined, 'auto');
  one.host({ type: 'next' });
  assert.equal(dueAt(one.party), null);
  one.score();
  assert.equal(dueAt(one.party), after(4_000));
  one.host({ type: 'pause' });
  assert.equal(dueAt(one.party), null);
  one.host({ type: 'end' });
  assert.equal(dueAt(one.party), null);
  assert.equal(dueAt(game().party), null);
  const hosted = started();
  hosted.host({ type: 'next' });
  hosted.score();
  assert.equal(dueAt(hosted.party), null);
});

test('T2: a tick a millisecond early does nothing, at the due instant it moves the party on', () => {
  const one = started(undefined, 'auto');
  assert.deepEqual(names(one.pass(limit + 249)), []);
  assert.deepEqual(names(one.pass(1)), ['round_closed']);
  one.score();
  assert.deepEqual(names(one.pass(3_999)), []);
  assert.deepEqual(names(one.pass(1)), ['round_opened']);
});

test('T2: a tick long after the due instant moves by one step', () => {
  const one = started(undefined, 'auto');
  assert.deepEqual(names(one.pass(3_600_000)), ['round_closed']);
});

test('T3: a paused question has as much time left as it had', () => {
  const one = started();
  one.now += 10_000;
  one.host({ type: 'pause' });
  one.now += 60_000;
  one.host({ type: 'resume' });
  assert.deepEqual(window(one), [60_000, limit + 60_000]);
});

test('T3: a paused auto reveal has as much time left as it had, and one for the host still waits for it', () => {
  const one = started(undefined, 'auto');
  one.host({ type: 'next' });
  one.score();
  one.now += 1_000;
  one.host({ type: 'pause' });
  one.now += 60_000;
  one.host({ type: 'resume' });
  assert.equal(phaseOf(one.party, 'reveal').next_at, after(64_000));
  const hosted = started();
  hosted.host({ type: 'next' });
  hosted.score();
  hosted.host({ type: 'pause' });
  hosted.now += 5_000;
  hosted.host({ type: 'resume' });
  assert.equal(phaseOf(hosted.party, 'reveal').next_at, null);
});

test('T4: an extension moves the deadline and leaves the start', () => {
  const one = started();
  one.now += 29_000;
  one.host({ type: 'extend', seconds: 15 });
  one.host({ type: 'extend', seconds: 5 });
  assert.deepEqual(window(one), [0, limit + 20_000]);
});

test('T5: an outage moves start and deadline on by as long as nobody could answer', () => {
  const one = started();
  assert.deepEqual(outage(one, 5_000, 8_000), ['round_extended']);
  assert.deepEqual(window(one), [3_000, limit + 3_000]);
});

test('T5: of an outage that began before the round only its part inside is given back', () => {
  const one = started();
  outage(one, -1_000, 2_000);
  assert.deepEqual(window(one), [2_000, limit + 2_000]);
});

test('T5: an outage over the deadline is given back before the clock can close the round', () => {
  const one = started();
  outage(one, 29_000, 40_000);
  assert.deepEqual(names(one.tell({ type: 'tick' })), []);
  assert.deepEqual(window(one), [11_000, limit + 11_000]);
});

test('T6: an outage that is told again is not given back again', () => {
  const one = started();
  outage(one, 5_000, 8_000);
  assert.deepEqual(outage(one, 5_000, 8_000), []);
  one.now = after(20_000);
  assert.deepEqual(outage(one, 5_000, 8_000), []);
});

test('T6: of overlapping outages each moment is given back once', () => {
  const one = started();
  outage(one, 5_000, 8_000);
  outage(one, 7_000, 10_000);
  assert.deepEqual(window(one), [5_000, limit + 5_000]);
});

test('T6: an outage before the round opened is not given back to it', () => {
  const one = started();
  assert.deepEqual(outage(one, -10_000, -5_000), []);
  assert.deepEqual(outage(one, -10_000, 0), []);
});

test('T6: an outage inside a pause is not given back on top of it', () => {
  const one = started();
  one.now = after(10_000);
  one.host({ type: 'pause' });
  assert.deepEqual(outage(one, 20_000, 25_000), []);
  one.now = after(30_000);
  one.host({ type: 'resume' });
  assert.deepEqual(outage(one, 20_000, 25_000), []);
  assert.deepEqual(window(one), [20_000, limit + 20_000]);
});

test('T6: an outage is no matter of a lobby, a closing round or a reveal', () => {
  const one = game();
  assert.deepEqual(outage(one, 0, 5_000), []);
  one.host({ type: 'start' });
  one.host({ type: 'next' });
  assert.deepEqual(outage(one, 0, 6_000), []);
  one.score();
  assert.deepEqual(outage(one, 0, 7_000), []);
});

test('T7: an outage that began when the round was due is not given back', () => {
  const one = started();
  assert.deepEqual(outage(one, limit + 250, limit + 5_000), []);
  assert.deepEqual(names(one.tell({ type: 'tick' })), ['round_closed']);
});

test('T7: an outage in somebody’s extra time is given back to them, and reopens nothing for the others', () => {
  const one = started([player('ann'), player('cyd', { extra_time_percent: 100 })]);
  outage(one, 40_000, 50_000);
  assert.equal(dueAt(one.party), after(2 * limit + 10_000 + 250));
  assert.ok(window(one)[1] <= 50_000, 'the deadline of everybody else stays in the past');
});

test('T8: a round waits for the greatest extra time of those playing', () => {
  const one = started([
    player('ann', { extra_time_percent: 25 }),
    player('bob', { extra_time_percent: 10 }),
    player('cyd', { extra_time_percent: 300, status: 'waiting' }),
  ]);
  assert.equal(phaseOf(one.party, 'question').extra_ms, 7_500);
});

test('T8: extra time is a share of each question’s own limit', () => {
  const slow = [player('ann', { extra_time_percent: 50 })];
  const one = game({ players: slow, questions: [question(), question('single', { time_limit_ms: 5_001 })] });
  one.host({ type: 'start' });
  assert.equal(phaseOf(one.party, 'question').extra_ms, 15_000);
  one.host({ type: 'next' });
  one.score();
  one.host({ type: 'next' });
  assert.equal(phaseOf(one.party, 'question').extra_ms, 2_501);
});

test('T9: who joins a running question with more extra time is waited for', () => {
  const one = started([player('ann', { extra_time_percent: 10 })]);
  one.now += 5_000;
  assert.deepEqual(names(one.tell({ type: 'joined', player: player('cyd', { extra_time_percent: 50 }) })), [
    'lobby_changed',
    'round_extended',
  ]);
  assert.equal(phaseOf(one.party, 'question').extra_ms, 15_000);
  assert.deepEqual(window(one), [0, limit]);
  assert.deepEqual(names(one.tell({ type: 'joined', player: player('dan', { extra_time_percent: 20 }) })), [
    'lobby_changed',
  ]);
  assert.deepEqual(names(one.tell({ type: 'joined', player: player('eli', { extra_time_percent: 50 }) })), [
    'lobby_changed',
  ]);
  assert.equal(phaseOf(one.party, 'question').extra_ms, 15_000);
});

test('T9: who is let in while a question runs is waited for from then on', () => {
  const one = started([player('ann'), player('cyd', { extra_time_percent: 50, status: 'waiting' })]);
  assert.equal(phaseOf(one.party, 'question').extra_ms, 0);
  one.host({ type: 'approve', user_id: 'cyd' });
  assert.equal(phaseOf(one.party, 'question').extra_ms, 15_000);
});

test('T9: who joins during a pause is waited for once it is over', () => {
  const one = started();
  one.host({ type: 'pause' });
  one.tell({ type: 'joined', player: player('cyd', { extra_time_percent: 50 }) });
  one.now += 8_000;
  assert.deepEqual(names(one.host({ type: 'resume' })), ['resumed', 'round_extended', 'command_settled']);
  assert.equal(phaseOf(one.party, 'question').extra_ms, 15_000);
  assert.deepEqual(window(one), [8_000, limit + 8_000]);
});

test('T10: a pause that ends before it began, by a clock that is behind, takes no time away', () => {
  const one = started();
  one.now += 10_000;
  one.host({ type: 'pause' });
  one.now -= 40;
  one.host({ type: 'resume' });
  assert.deepEqual(window(one), [0, limit]);
});

test('T10: a round closed by a clock that is behind closes no earlier than it opened', () => {
  for (const type of ['next', 'skip', 'end'] as const) {
    const one = started();
    one.now -= 40;
    one.host({ type });
    assert.equal(phaseOf(one.party, 'closing').closed_at, openedAt);
  }
  const paused = started();
  paused.now -= 40;
  paused.host({ type: 'pause' });
  paused.now += 100;
  paused.host({ type: 'skip' });
  const { opens_at, closed_at } = phaseOf(paused.party, 'closing');
  assert.ok(opens_at <= closed_at);
});

test('T11: an outage in which the party took a turn was one node’s own', () => {
  for (const [turned, given] of [
    [6_501, []],
    [6_500, ['round_extended']],
  ] as const) {
    const one = started();
    one.now = after(turned);
    one.host({ type: 'lock' });
    assert.deepEqual(outage(one, 5_000, 9_000), given);
  }
});
