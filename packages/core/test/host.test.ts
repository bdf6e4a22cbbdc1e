/** Families H and C: what a host may do and when, and that a repeated command is the same command. */
import assert from 'node:assert/strict';
import test from 'node:test';
import type { HostAction } from '../src/command.ts';
import type { Party } from '../src/party.ts';
import { type Game, game, hostCommand, names, openedAt, phaseOf, player, question } from './build.ts';

/** A game in each phase a host can meet. */
const stages = {
  lobby: () => game(),
  question: () => after(game(), 'start'),
  closing: () => after(game(), 'start', 'next'),
  reveal: () => revealed(after(game(), 'start', 'next')),
  paused_question: () => after(game(), 'start', 'pause'),
  paused_reveal: () => after(revealed(after(game(), 'start', 'next')), 'pause'),
  finished: () => after(game(), 'end'),
};
type Stage = keyof typeof stages;
const everyStage = Object.keys(stages) as Stage[];

function after(one: Game, ...actions: ('start' | 'next' | 'pause' | 'end')[]): Game {
  for (const type of actions) one.host({ type });
  return one;
}

function revealed(one: Game): Game {
  one.score();
  return one;
}

/** The stages in which an action is refused, with its code. */
function refusals(action: HostAction): Partial<Record<Stage, string>> {
  const refused: Partial<Record<Stage, string>> = {};
  for (const stage of everyStage) {
    const code = stages[stage]().host(action).reply?.refused?.code;
    if (code !== undefined) refused[stage] = code;
  }
  return refused;
}

function refusedAllBut(...stagesAllowed: Stage[]): Partial<Record<Stage, string>> {
  const others = everyStage.filter((stage) => !stagesAllowed.includes(stage));
  return Object.fromEntries(others.map((stage) => [stage, 'not_allowed']));
}

test('H1: start opens round 1 from the lobby and is refused everywhere else', () => {
  const one = stages.lobby();
  one.host({ type: 'start' });
  assert.equal(phaseOf(one.party, 'question').round, 1);
  assert.deepEqual(refusals({ type: 'start' }), refusedAllBut('lobby'));
});

test('H2: next goes from the lobby to round 1, to its closing, and from its reveal to round 2', () => {
  const one = stages.lobby();
  one.host({ type: 'next' });
  assert.equal(phaseOf(one.party, 'question').round, 1);
  one.now += 1_000;
  one.host({ type: 'next' });
  assert.deepEqual(one.party.phase, {
    name: 'closing',
    round: 1,
    opens_at: openedAt,
    closed_at: openedAt + 1_000,
    cause: 'next',
  });
  one.score();
  one.host({ type: 'next' });
  assert.equal(phaseOf(one.party, 'question').round, 2);
});

test('H3: a second next while the round is scored skips no reveal', () => {
  const one = stages.closing();
  const { events, reply } = one.host({ type: 'next' });
  assert.deepEqual(
    events.map((event) => event.type),
    ['command_settled'],
  );
  assert.equal(reply?.refused, null);
  one.score();
  assert.equal(one.party.phase.name, 'reveal');
});

test('H4: next is refused while the party is paused', () => {
  assert.deepEqual(refusals({ type: 'next' }), refusedAllBut('lobby', 'question', 'closing', 'reveal'));
});

test('H5: skip closes an open or paused question, and is refused everywhere else', () => {
  assert.deepEqual(refusals({ type: 'skip' }), refusedAllBut('question', 'paused_question'));
  for (const stage of ['question', 'paused_question'] as const) {
    const one = stages[stage]();
    one.host({ type: 'skip' });
    assert.equal(phaseOf(one.party, 'closing').cause, 'skip');
    assert.ok(!names(one.score()).includes('round_revealed'));
  }
});

test('H6: pause holds a question or a reveal, and is refused everywhere else', () => {
  assert.deepEqual(refusals({ type: 'pause' }), refusedAllBut('question', 'reveal'));
  for (const stage of ['question', 'reveal'] as const) {
    const one = stages[stage]();
    const was = one.party.phase;
    one.host({ type: 'pause' });
    assert.deepEqual(one.party.phase, { name: 'paused', paused_at: one.now, was });
    one.pass(86_400_000);
    assert.equal(one.party.phase.name, 'paused');
  }
});

test('H7: resume at once goes back to exactly what was paused, and is refused where nothing is', () => {
  assert.deepEqual(refusals({ type: 'resume' }), refusedAllBut('paused_question', 'paused_reveal'));
  for (const stage of ['question', 'reveal'] as const) {
    const one = stages[stage]();
    const was = one.party.phase;
    one.host({ type: 'pause' });
    one.host({ type: 'resume' });
    assert.deepEqual(one.party.phase, was);
  }
});

test('H8: extend gives an open question more seconds, and is refused everywhere else', () => {
  assert.deepEqual(refusals({ type: 'extend', seconds: 10 }), refusedAllBut('question'));
  const one = stages.question();
  one.host({ type: 'extend', seconds: 10 });
  assert.equal(phaseOf(one.party, 'question').closes_at, openedAt + 40_000);
});

for (const seconds of [0, -5, Number.NaN, Number.POSITIVE_INFINITY]) {
  test(`H8: extend by ${seconds} seconds is invalid`, () => {
    const one = stages.question();
    assert.equal(one.host({ type: 'extend', seconds }).reply?.refused?.code, 'invalid');
    assert.equal(phaseOf(one.party, 'question').closes_at, openedAt + 30_000);
  });
}

test('H9: lock and unlock may be repeated', () => {
  const one = stages.lobby();
  const [locked, again] = [one.host({ type: 'lock' }), one.host({ type: 'lock' })];
  assert.deepEqual([names(locked), names(again)], [['locked', 'command_settled'], ['command_settled']]);
  assert.equal(again.reply?.refused, null);
  assert.equal(one.party.locked, true);
  const [unlocked, onceMore] = [one.host({ type: 'unlock' }), one.host({ type: 'unlock' })];
  assert.deepEqual([names(unlocked), names(onceMore)], [['unlocked', 'command_settled'], ['command_settled']]);
  assert.equal(one.party.locked, false);
});

test('H10: kick and ban take a playing or waiting player out of the totals, a ban says that it is one', () => {
  const one = game({ players: [player('ann'), player('bob'), player('cyd', { status: 'waiting' })] });
  const [kicked] = one.host({ type: 'kick', user_id: 'bob' }).events;
  assert.deepEqual(kicked, { type: 'player_removed', user_id: 'bob', banned: false, was_waiting: false });
  assert.deepEqual([one.party.players_total, one.party.waiting_total], [1, 1]);
  const [banned] = one.host({ type: 'ban', user_id: 'cyd' }).events;
  assert.deepEqual(banned, { type: 'player_removed', user_id: 'cyd', banned: true, was_waiting: true });
  assert.deepEqual([one.party.players_total, one.party.waiting_total], [1, 0]);
});

test('H10: a stranger cannot be removed, nor anybody twice', () => {
  const one = game();
  assert.equal(one.host({ type: 'kick', user_id: 'eve' }).reply?.refused?.code, 'invalid');
  one.host({ type: 'kick', user_id: 'bob' });
  assert.equal(one.host({ type: 'ban', user_id: 'bob' }).reply?.refused?.code, 'invalid');
  assert.equal(one.party.players_total, 1);
});

test('H11: the host of a quick party cannot be removed', () => {
  const one = game({ kind: 'quick' });
  assert.equal(one.host({ type: 'kick', user_id: 'ann' }).reply?.refused?.code, 'not_allowed');
  assert.equal(one.host({ type: 'ban', user_id: 'ann' }).reply?.refused?.code, 'not_allowed');
  assert.equal(one.host({ type: 'kick', user_id: 'bob' }).reply?.refused, null);
});

test('H12: approve turns a waiting player into a playing one', () => {
  const one = game({ players: [player('ann'), player('bob', { status: 'waiting' })] });
  const [approved] = one.host({ type: 'approve', user_id: 'bob' }).events;
  assert.deepEqual(approved, { type: 'player_approved', player: player('bob') });
  assert.deepEqual([one.party.players_total, one.party.waiting_total], [2, 0]);
  assert.deepEqual(names(one.host({ type: 'approve', user_id: 'bob' })), ['command_settled']);
  assert.deepEqual([one.party.players_total, one.party.waiting_total], [2, 0]);
  assert.equal(one.host({ type: 'approve', user_id: 'eve' }).reply?.refused?.code, 'invalid');
});

test('H13: end closes a question and finishes after its reveal', () => {
  for (const stage of ['question', 'paused_question'] as const) {
    const one = stages[stage]();
    one.host({ type: 'end' });
    assert.equal(phaseOf(one.party, 'closing').cause, 'end');
    assert.deepEqual(names(one.score()), ['round_revealed', 'finished']);
    assert.equal(phaseOf(one.party, 'finished').reason, 'ended');
  }
});

test('H13: end finishes a lobby or a reveal at once, and is refused while a round is being scored', () => {
  for (const stage of ['lobby', 'reveal', 'paused_reveal'] as const) {
    const one = stages[stage]();
    assert.deepEqual(names(one.host({ type: 'end' })), ['finished', 'command_settled']);
    assert.equal(phaseOf(one.party, 'finished').reason, 'ended');
  }
  assert.deepEqual(refusals({ type: 'end' }), { closing: 'not_allowed', finished: 'not_allowed' });
});

test('H14: a finished party refuses every command', () => {
  const actions: HostAction[] = [
    { type: 'start' },
    { type: 'next' },
    { type: 'skip' },
    { type: 'pause' },
    { type: 'resume' },
    { type: 'extend', seconds: 5 },
    { type: 'lock' },
    { type: 'unlock' },
    { type: 'kick', user_id: 'bob' },
    { type: 'ban', user_id: 'bob' },
    { type: 'approve', user_id: 'bob' },
    { type: 'end' },
  ];
  for (const action of actions) {
    const one = stages.finished();
    const { events, reply } = one.host(action);
    assert.equal(reply?.refused?.code, 'not_allowed', action.type);
    assert.deepEqual(
      events.map((event) => event.type),
      ['command_settled'],
      action.type,
    );
  }
});

test('H15: the host’s newest screen has control, and any other is refused until it takes it back', () => {
  const one = game();
  const send = (id: string, action: HostAction, session: string) => one.tell(hostCommand(id, action, { session }));
  assert.equal(send('m1', { type: 'lock' }, 'screen-1').reply?.refused, null);
  assert.deepEqual(send('m2', { type: 'take_control' }, 'screen-2'), {
    events: [{ type: 'control_taken', session: 'screen-2', from: null }],
    reply: null,
  });
  assert.equal(send('m3', { type: 'start' }, 'screen-1').reply?.refused?.code, 'not_allowed');
  assert.equal(one.party.phase.name, 'lobby');
  assert.equal(send('m4', { type: 'start' }, 'screen-2').reply?.refused, null);
  send('m5', { type: 'take_control' }, 'screen-1');
  assert.equal(send('m6', { type: 'pause' }, 'screen-2').reply?.refused?.code, 'not_allowed');
  assert.equal(send('m7', { type: 'pause' }, 'screen-1').reply?.refused, null);
});

test('H16: taking control says from which screen it was taken', () => {
  const one = game();
  const take = (session: string) => one.tell(hostCommand(`take-${session}`, { type: 'take_control' }, { session }));
  assert.deepEqual(take('screen-1').events, [{ type: 'control_taken', session: 'screen-1', from: null }]);
  assert.deepEqual(take('screen-2').events, [{ type: 'control_taken', session: 'screen-2', from: 'screen-1' }]);
});

test('C1: the same id gets the same reply and nothing happens, even for another action', () => {
  const one = game();
  const first = one.tell(hostCommand('m1', { type: 'start' }));
  const again = one.tell(hostCommand('m1', { type: 'start' }));
  const other = one.tell(hostCommand('m1', { type: 'end' }));
  assert.deepEqual([again.events, other.events], [[], []]);
  assert.deepEqual(again.reply, first.reply);
  assert.deepEqual(other.reply, first.reply);
  assert.equal(one.party.phase.name, 'question');
});

test('C2: a refusal is repeated even where the command would now be allowed', () => {
  const one = game();
  const resume = hostCommand('m1', { type: 'resume' });
  const first = one.tell(resume);
  assert.equal(first.reply?.refused?.code, 'not_allowed');
  after(one, 'start', 'pause');
  const again = one.tell(resume);
  assert.deepEqual(again, { events: [], reply: first.reply });
  assert.equal(one.party.phase.name, 'paused');
});

test('C3: the same id of another sender is another command', () => {
  const one = game();
  one.tell(hostCommand('m1', { type: 'start' }, { by: 'ann' }));
  const other = one.tell(hostCommand('m1', { type: 'pause' }, { by: 'bob' }));
  assert.equal(other.reply?.by, 'bob');
  assert.equal(one.party.phase.name, 'paused');
});

test('C4: the last 64 commands are remembered, older ones are not', () => {
  const one = game();
  const toggle = (id: string) => one.tell(hostCommand(id, { type: 'lock' }));
  for (let n = 1; n <= 65; n += 1) toggle(`m${n}`);
  assert.equal(one.party.settled.length, 64);
  assert.deepEqual(names(toggle('m2')), []);
  assert.deepEqual(names(toggle('m1')), ['command_settled']);
});

test('C5: a host command has a reply that names its id and sender, anything else has none', () => {
  const one = game({ questions: [question('poll')] });
  const { reply } = one.tell(hostCommand('m1', { type: 'start' }, { by: 'ann' }));
  assert.deepEqual(reply, { id: 'm1', by: 'ann', refused: null });
  const last: Party['settled'] = one.party.settled;
  assert.deepEqual(last, [reply]);
  assert.equal(one.tell({ type: 'tick' }).reply, null);
  assert.equal(one.tell({ type: 'abandoned' }).reply, null);
});
