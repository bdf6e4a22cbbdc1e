/** What is personal: a receiver's own place, and a state that is right for that receiver and nobody else. */
import assert from 'node:assert/strict';
import test from 'node:test';
import {
  openParty,
  type Party,
  projection,
  type Question,
  type Seat,
  type Settings,
  type Snapshot,
} from '@partyline/core';
import { faultsIn, type ServerData, type ServerMessage, serverFrames } from '@partyline/protocol';
import { sampleParty, samplePlayer, sampleQuiz, sampleStanding } from '@partyline/testkit';
import { stateFrames } from '../src/resume.ts';
import { createSecondStep } from '../src/second-step.ts';
import { waitingView } from '../src/waiting-view.ts';
import { type Place, you } from '../src/you.ts';
import { hostOf, type SampleSession, sampleSession, spectatorOf } from './sample-session.ts';

const caller = { party_id: 'p', role: 'player', user_id: 'ann', may_command: false } as const;
const answer = { id: 'm1', choice: 'b', elapsed_ms: 900 };
const standing = sampleStanding(900, { rank: 2, streak: 3, last: { answered: true, correct: true, points: 900 } });
const seat: Seat = { player: samplePlayer('ann', { team: 'red' }), standing, answer };

function place(over: Partial<Place> = {}): ReturnType<typeof you> {
  const settings = { leaderboard: 'each_round' } as const;
  return you({ caller, seat, scored_round: 1, shown_round: 2, settings, is_finished: false, ...over });
}

test('a player who comes back has everything again: name, team, score, rank, streak, the answer given, the last result', () => {
  assert.deepEqual(place(), {
    ...{ role: 'player', user_id: 'ann', nickname: 'Nick ann', team: 'red', score: 900, rank: 2, streak: 3 },
    ...{ answer: { round: 2, choice: 'b' }, last: { round: 1, correct: true, points: 900 }, status: 'playing' },
  });
});

test('outside of a round no answer is shown; before the first result there is none', () => {
  assert.equal(place({ shown_round: 0 }).answer, null);
  assert.equal(place({ scored_round: 0 }).last, null);
  const fresh = place({ seat: { ...seat, standing: null, answer: null } });
  assert.deepEqual([fresh.score, fresh.rank, fresh.streak, fresh.last, fresh.answer], [0, null, 0, null, null]);
});

/** The setting, whether the party is over, whether a rank is shown. */
const ranks: [leaderboard: Settings['leaderboard'], is_finished: boolean, shown: boolean][] = [
  ['each_round', false, true],
  ['each_round', true, true],
  ['end', false, false],
  ['end', true, true],
  ['hidden', false, false],
  ['hidden', true, false],
];
for (const [leaderboard, is_finished, shown] of ranks) {
  test(`leaderboard ${leaderboard}, ${is_finished ? 'finished' : 'running'}: the rank is ${shown ? 'shown' : 'kept back'}`, () => {
    assert.equal(place({ settings: { leaderboard }, is_finished }).rank, shown ? 2 : null);
  });
}

test('whoever may command is told so: a host, and the player who began a quick party', async () => {
  const beginner = { ...caller, may_command: true };
  assert.deepEqual([place({ caller: beginner }).role, place({ caller: beginner }).may_command], ['player', true]);
  assert.equal('may_command' in place(), false);
  const [host, ann, eye] = [sampleSession(hostOf), sampleSession({ user_id: 'ann' }), sampleSession(spectatorOf)];
  const { stateOf } = await framesFor([host, ann, eye], { seats: { ann: seat } });
  assert.deepEqual(
    [host, ann, eye].map((session) => stateOf(session)?.you.may_command),
    [true, undefined, undefined],
  );
});

test('hosts and spectators have no place', () => {
  for (const who of [hostOf, spectatorOf]) {
    const own = place({ caller: { party_id: 'p', ...who, may_command: false }, seat: null });
    assert.deepEqual(own, {
      ...{ role: who.role, score: 0, rank: null, streak: 0, answer: null, last: null, status: 'playing' },
    });
  }
});

const question = { name: 'question', round: 1, opens_at: 1_000, closes_at: 21_000, extra_ms: 0 } as const;

async function framesFor(
  sessions: SampleSession[],
  at: { settings?: Partial<Settings>; seats: Record<string, Seat>; phase?: Party['phase'] },
) {
  const sample = sampleParty({ room_code: '482913' });
  const party = {
    ...openParty({ ...sample, settings: { ...sample.settings, ...at.settings }, rounds: 3, players_total: 1 }),
    phase: at.phase ?? question,
  };
  const shown = projection({ party, quiz: sampleQuiz, players: new Map(), scoreOf: () => 0, connected: 0 });
  const snapshot = {
    ...{ party_id: party.party_id, epoch: 2, seq: 7, round: 1, players_total: 1, waiting_total: 0 },
    ...{ phase: party.phase.name, opens_at: 1_000, closes_at: 21_000, ...shown },
  } satisfies Snapshot;
  const asked: string[][] = [];
  const desk = {
    async seats(_: string, user_ids: string[]) {
      asked.push(user_ids);
      return user_ids.map((user_id) => at.seats[user_id] ?? { player: null, standing: null, answer: null });
    },
  } as unknown as Parameters<typeof stateFrames>[2]['desk'];
  const clock = { now: () => 11_000, monotonic: () => 0 };
  const instant = snapshot.instant_key === null ? null : (JSON.parse(snapshot.instant_key) as Question);
  const secondStep = createSecondStep(['k'.repeat(32)]);
  const frames = await stateFrames(snapshot, sessions, { desk, clock, secondStep, instant });
  const stateOf = (session: SampleSession): ServerData<'state'> | null => {
    const text = frames.get(session)?.text;
    if (text === undefined) return null;
    const message = JSON.parse(text) as ServerMessage;
    const schema = serverFrames.get('state');
    if (schema !== undefined) assert.deepEqual(faultsIn(schema, message), []);
    return message.type === 'state' ? message.data : null;
  };
  return { frames, stateOf, asked };
}

test('each gets a state of its own; who has no seat any more gets none', async () => {
  const [ann, again, gone, eye] = [
    sampleSession({ user_id: 'ann' }),
    sampleSession({ user_id: 'ann' }),
    sampleSession({ user_id: 'gone' }),
    sampleSession(spectatorOf),
  ];
  const { frames, stateOf, asked } = await framesFor([ann, again, gone, eye], { seats: { ann: { ...seat, answer } } });
  assert.deepEqual(asked, [['ann', 'gone']], 'one look for both screens of one player');
  assert.deepEqual(stateOf(ann)?.you.answer, { round: 1, choice: 'b' });
  assert.equal(frames.get(ann)?.has_answered, true);
  assert.equal(frames.get(again)?.text, frames.get(ann)?.text);
  assert.equal(frames.has(gone), false);
  assert.equal(stateOf(eye)?.you.role, 'spectator');
  assert.equal(stateOf(eye)?.closes_in_ms, 10_000);
});

test('extra time is in the time that is left, for its player alone', async () => {
  const [ann, bob] = [sampleSession({ user_id: 'ann' }), sampleSession({ user_id: 'bob' })];
  const seats = {
    ann: { player: samplePlayer('ann', { extra_time_percent: 50 }), standing: null, answer: null },
    bob: { player: samplePlayer('bob'), standing: null, answer: null },
  };
  const { stateOf } = await framesFor([ann, bob], { seats });
  assert.equal(stateOf(ann)?.closes_in_ms, 20_000);
  assert.equal(stateOf(bob)?.closes_in_ms, 10_000);
});

test('the second step is on the host’s screen and on no other', async () => {
  const [host, ann, eye] = [sampleSession(hostOf), sampleSession({ user_id: 'ann' }), sampleSession(spectatorOf)];
  const { stateOf } = await framesFor([host, ann, eye], { settings: { second_step: true }, seats: { ann: seat } });
  assert.match(stateOf(host)?.second_step?.code ?? '', /^\d{4}$/);
  assert.equal(stateOf(ann)?.second_step, undefined);
  assert.equal(stateOf(eye)?.second_step, undefined);
});

test('I8: no state of an open question has the key or the explanation in it', async () => {
  const [host, ann, eye] = [sampleSession(hostOf), sampleSession({ user_id: 'ann' }), sampleSession(spectatorOf)];
  const { frames } = await framesFor([host, ann, eye], { settings: { feedback: 'instant' }, seats: { ann: seat } });
  for (const { text } of frames.values()) assert.doesNotMatch(text, /"(key|explanation|accepted)"/);
});

test('with instant feedback who comes back has the points of the answer given, once: the next ack counts from before', async () => {
  const ann = sampleSession({ user_id: 'ann' });
  const right = sampleQuiz.questions[0]?.key;
  const choice = right?.kind === 'choices' ? (right.correct[0] ?? '') : '';
  const given = { ...seat, answer: { ...answer, choice } };
  const { frames, stateOf } = await framesFor([ann], { settings: { feedback: 'instant' }, seats: { ann: given } });
  const { score = 0, streak } = stateOf(ann)?.you ?? {};
  assert.ok(score > 900);
  assert.equal(streak, 4);
  assert.deepEqual([frames.get(ann)?.seat.you?.score, frames.get(ann)?.seat.you?.streak], [900, 3]);
  const { stateOf: later } = await framesFor([ann], { seats: { ann: given } });
  assert.equal(later(ann)?.you.score, 900, 'where the reveal tells, nothing is told before');
});

test('in a pause a state says how much of the question is left, in a reveal when it ends and what one has answered', async () => {
  const ann = sampleSession({ user_id: 'ann' });
  const paused = await framesFor([ann], {
    seats: { ann: seat },
    phase: { name: 'paused', paused_at: 15_000, was: question },
  });
  assert.equal(paused.stateOf(ann)?.closes_in_ms, 6_000);
  const reveal = { round: 1, correct: ['a'], counts: {}, answered: 1, explanation: null };
  const revealed = await framesFor([ann], {
    seats: { ann: seat },
    phase: { name: 'reveal', round: 1, next_at: 14_000, reveal },
  });
  const { closes_in_ms, next_in_ms, you: own } = revealed.stateOf(ann) ?? {};
  assert.deepEqual([closes_in_ms, next_in_ms, own?.answer], [null, 3_000, { round: 1, choice: 'b' }]);
  assert.equal(revealed.frames.get(ann)?.has_answered, false);
});

test('the view of the waiting room keeps the door and drops the game', () => {
  const view = {
    party_id: 'p',
    title: 'Quiz',
    question: { prompt: 'secret' },
    choices: [1],
    players: [1],
    counts: { a: 1 },
  };
  const shown = waitingView(
    JSON.stringify({ ...view, reveal: { correct: ['a'] }, leaderboard: [1], teams: [1], answered: 5 }),
  );
  assert.deepEqual(JSON.parse(shown), {
    ...{ party_id: 'p', title: 'Quiz', question: null, choices: [], players: [] },
    ...{ answered: 0, reveal: null, leaderboard: [] },
  });
});
