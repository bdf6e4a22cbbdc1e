/** The state machine against its model: random commands at random instants, checked after every fact. */
import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import type { HostAction } from '../src/command.ts';
import { dueAt } from '../src/decide.ts';
import { hostCommand, player } from './build.ts';
import { type PartyModel, partyModel, type Setup } from './party-model.ts';
import { seed } from './seed.ts';

const setups: fc.Arbitrary<Setup> = fc.record({
  kind: fc.constantFrom('quick', 'room'),
  limits: fc.array(fc.constantFrom(5_000, 7_001, 30_000), { minLength: 1, maxLength: 4 }),
  settings: fc.record({
    pacing: fc.constantFrom('host', 'auto'),
    start: fc.constantFrom('on_connect', 'manual'),
    feedback: fc.constantFrom('reveal', 'instant'),
    leaderboard: fc.constantFrom('each_round', 'end', 'hidden'),
    show_vote_results: fc.constantFrom('live', 'reveal'),
    reveal_seconds: fc.constantFrom(0, 3, 30),
    advance_when_all_answered: fc.boolean(),
  }),
});

const hostActions: fc.Arbitrary<HostAction> = fc.oneof(
  { weight: 4, arbitrary: fc.constant<HostAction>({ type: 'next' }) },
  fc.constantFrom<HostAction>({ type: 'start' }, { type: 'skip' }, { type: 'lock' }, { type: 'unlock' }),
  { weight: 2, arbitrary: fc.constantFrom<HostAction>({ type: 'pause' }, { type: 'resume' }) },
  fc.record({ type: fc.constant('extend' as const), seconds: fc.constantFrom(1, 10, 300, 0, -1, Number.NaN) }),
  fc.record({
    type: fc.constantFrom('kick' as const, 'ban' as const, 'approve' as const, 'approve' as const),
    user_id: fc.integer({ min: 0, max: 6 }).map((n) => `u${n}`),
  }),
);
const rareActions = fc.constantFrom<HostAction>({ type: 'end' }, { type: 'take_control' });

/** One thing that happens to a party, not knowing where the party stands. */
type Step = (model: PartyModel) => void;

const instants = fc.constantFrom(1, 100, 1_000, 3_000, 10_000, 31_000);
/** Hosts repeat ids, and there are two of them. */
const senders = fc.record({ by: fc.constantFrom('host', 'u0'), session: fc.constantFrom('s1', 's1', 's1', 's2') });
const messageIds = fc.integer({ min: 0, max: 400 }).map((n) => `m${n}`);

function host(actions: fc.Arbitrary<HostAction>): fc.Arbitrary<Step> {
  return fc.tuple(messageIds, actions, senders).map(
    ([id, action, from]): Step =>
      (model) =>
        void model.send(hostCommand(id, action, from)),
  );
}

const joins = fc.record({
  n: fc.integer({ min: 0, max: 6 }),
  status: fc.constantFrom('playing' as const, 'waiting' as const),
  extra_time_percent: fc.constantFrom(0, 0, 25, 300),
});

const steps: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: host(hostActions) },
  { weight: 1, arbitrary: host(rareActions) },
  {
    weight: 3,
    arbitrary: instants.map(
      (ms): Step =>
        (model) =>
          void tickAfter(model, ms),
    ),
  },
  { weight: 3, arbitrary: fc.constant<Step>(tickWhenDue) },
  { weight: 5, arbitrary: fc.constant<Step>(score) },
  {
    weight: 3,
    arbitrary: instants.map(
      (ms): Step =>
        (model) =>
          model.outage(ms),
    ),
  },
  { weight: 1, arbitrary: fc.constant<Step>((model) => model.retellOutages()) },
  {
    weight: 4,
    arbitrary: joins.map(
      ({ n, ...over }): Step =>
        (model) =>
          void model.send({ type: 'joined', player: player(`u${n}`, over) }),
    ),
  },
  {
    weight: 1,
    arbitrary: joins.map(
      ({ n, ...over }): Step =>
        (model) =>
          model.joinAfterTakeover(player(`u${n}`, over)),
    ),
  },
  {
    weight: 3,
    arbitrary: fc
      .record({
        players: fc.integer({ min: 0, max: 2 }),
        hosts: fc.integer({ min: 0, max: 1 }),
        spectators: fc.integer({ min: 0, max: 1 }),
        all_answered_round: fc.integer({ min: 0, max: 4 }),
      })
      .map(
        (attendance): Step =>
          (model) =>
            void model.send({ type: 'attendance', attendance }),
      ),
  },
  {
    weight: 1,
    arbitrary: fc.record({ round: fc.integer({ min: 1, max: 4 }), answered: fc.integer({ min: 0, max: 3 }) }).map(
      (told): Step =>
        (model) =>
          void model.send({ type: 'answers', counts: { a: told.answered }, ...told }),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.integer({ min: 1, max: 4 }).map(
      (round): Step =>
        (model) =>
          void model.send({ type: 'live_scores', round, scores: [{ user_id: 'u0', score: 9 }] }),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.integer({ min: 1, max: 4 }).map(
      (round): Step =>
        (model) =>
          void model.send({ type: 'archived', round }),
    ),
  },
  { weight: 1, arbitrary: fc.constant<Step>((model) => void model.send({ type: 'results_saved' })) },
);
const abandonment = fc.constant<Step>((model) => void model.send({ type: 'abandoned' }));

function tickAfter(model: PartyModel, ms: number): void {
  model.now += ms;
  model.send({ type: 'tick' });
}

/** A millisecond early nothing happens, at the instant it does; `send` compares both with `dueAt`. */
function tickWhenDue(model: PartyModel): void {
  const due = dueAt(model.party);
  if (due === null || due <= model.now) return tickAfter(model, 0);
  model.now = due - 1;
  tickAfter(model, 0);
  tickAfter(model, 1);
}

function score(model: PartyModel): void {
  const round = model.party.current_round;
  const reveal = { round, correct: ['b'], counts: {}, answered: 0, explanation: null };
  // Whoever was there when the round closed, and one who has been removed since.
  const ranked = [...model.players.values()].filter(({ status }) => status === 'playing');
  const leaderboard = [...ranked.map(({ user_id }) => user_id), 'removed'].map((user_id, index) => ({
    ...{ rank: index + 1, user_id, nickname: user_id },
    ...{ score: 0, correct: 0, answered: 0, mean_ms: 0 },
  }));
  model.send({ type: 'scored', round, reveal, ranking: { leaderboard, teams: [] } });
}

const courses = fc.array(fc.oneof({ weight: 60, arbitrary: steps }, { weight: 1, arbitrary: abandonment }), {
  minLength: 1,
  maxLength: 60,
  size: 'max',
});

test('P4, P6, P14, P21, C1, T2, T6: whatever comes in whatever order, the state machine keeps to its model', () => {
  const seen = new Set<string>();
  const property = fc.property(setups, courses, (setup, course) => {
    const model = partyModel(setup);
    for (const step of course) step(model);
    for (const what of model.seen) seen.add(what);
  });
  fc.assert(property, { numRuns: 700, seed });
  assert.deepEqual(
    [...everything].filter((what) => !seen.has(what)),
    [],
    'the commands never led to these',
  );
});

test('T10: a clock that steps back with each new leader breaks no order', () => {
  const backwards = fc.tuple(steps, fc.integer({ min: 0, max: 60 }));
  const property = fc.property(setups, fc.array(backwards, { maxLength: 30, size: 'max' }), (setup, course) => {
    const model = partyModel({ ...setup, clock: 'stepping back' });
    for (const [step, back] of course) {
      model.now -= back;
      step(model);
    }
  });
  fc.assert(property, { numRuns: 150, seed });
});

test('P23: from wherever it is, a started auto party comes to its end by the clock', () => {
  const property = fc.property(setups, courses, (setup, course) => {
    const model = partyModel({ ...setup, settings: { ...setup.settings, pacing: 'auto' } });
    for (const step of course) step(model);
    if (model.party.phase.name === 'lobby')
      model.send(hostCommand('z0', { type: 'start' }, { session: controlling(model) }));
    if (model.party.phase.name === 'paused')
      model.send(hostCommand('z1', { type: 'resume' }, { session: controlling(model) }));
    for (let left = 3 * setup.limits.length; left > 0; left -= 1) {
      if (model.party.phase.name === 'closing') score(model);
      else tickWhenDue(model);
    }
    assert.equal(model.party.phase.name, 'finished');
  });
  fc.assert(property, { numRuns: 150, seed });
});

function controlling({ party }: PartyModel): string {
  return party.controller ?? 's1';
}

/** What a model that is awake has seen. */
const everything = [
  ...['lobby_changed', 'player_approved', 'player_removed', 'control_taken', 'locked', 'unlocked', 'initialized'],
  ...['round_opened', 'round_extended', 'answers_counted', 'scores_changed', 'round_closed', 'round_skipped'],
  ...['round_revealed', 'paused', 'resumed', 'finished', 'round_archived', 'results_saved', 'command_settled'],
  ...['deadline', 'all_answered', 'next', 'skip', 'end', 'abandoned'].map((cause) => `closed by ${cause}`),
  ...['completed', 'ended', 'abandoned'].map((reason) => `finished as ${reason}`),
  ...['repeated', 'refused as not_allowed', 'refused as invalid'],
  ...['lobby', 'question', 'closing', 'reveal', 'paused', 'finished'],
];
