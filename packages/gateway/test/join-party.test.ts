/** Everything that lets somebody in or keeps them out, on the in-memory store: each refusal by its code. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { type Admission, projection, quickPartyDefaults, type Settings, type Snapshot } from '@partyline/core';
import { createMemoryWorld, type MemoryNode, sampleParty, sampleQuiz } from '@partyline/testkit';
import { createGuessBudget } from '../src/guess-budget.ts';
import { type JoinPorts, type JoinRequest, joinParty } from '../src/join-party.ts';

type Change = Partial<Omit<Settings, 'nickname_policy'>> & { nickname_policy?: Partial<Settings['nickname_policy']> };

interface RoomState {
  locked?: boolean;
  phase?: 'lobby' | 'question' | 'finished';
  person_key?: string;
}

async function room(change: Change = {}, at: RoomState = {}) {
  const world = createMemoryWorld({ now: () => 1_800_000_000_000 });
  const node: MemoryNode = world.node();
  const sample = sampleParty();
  const settings = {
    ...{ ...sample.settings, ...change },
    nickname_policy: { ...sample.settings.nickname_policy, ...change.nickname_policy },
  };
  const phases = {
    lobby: sample.phase,
    question: { name: 'question', round: 1, opens_at: 0, closes_at: 1, extra_ms: 0 },
    finished: { name: 'finished', ended_at: 1, reason: 'completed', results: 'pending' },
  } as const;
  const phase = phases[at.phase ?? 'lobby'] as typeof sample.phase;
  const keyed = at.person_key === undefined ? {} : { person_key: at.person_key };
  const party = sampleParty({ settings, phase, locked: at.locked ?? false, ...keyed });
  const shown = projection({ party, quiz: sampleQuiz, players: new Map(), scoreOf: () => 0, connected: 0 });
  await node.desk.open({ party, quiz: sampleQuiz, projection: shown, players: [] });
  const clock = { now: 0 };
  const ports: JoinPorts = {
    desk: node.desk,
    now: () => 1_800_000_000_000,
    random: () => 0.4,
    isSecondStep: (_, typed) => typed === '1234',
    entries: createGuessBudget({ per_minute: 5, now: () => clock.now, spent: () => undefined }),
  };
  const snapshot = (await node.desk.snapshot(party.party_id)) as Snapshot;
  let joined = 0;
  return {
    ...{ world, node, party, clock },
    async join(request: Partial<JoinRequest> = {}, over: Partial<JoinPorts> = {}) {
      joined += 1;
      const asked = { user_id: `u${joined}`, nickname: `Nick ${'abcdefghij'[joined % 10]}`, address: 'school' };
      return joinParty(snapshot, { ...asked, idempotency_key: null, ...request }, { ...ports, ...over });
    },
  };
}

const owned = { person_key: 'of one host' };

const codeOf = (outcome: Awaited<ReturnType<typeof joinParty>>): string =>
  outcome.ok
    ? outcome.player.status
    : outcome.reason === undefined
      ? outcome.code
      : `${outcome.code}: ${outcome.reason}`;

const unnamed = { user_id: null, nickname: undefined };

/** Settings and state of the room, what is asked, what comes of it. */
const truths: [says: string, at: Parameters<typeof room>, asked: Partial<JoinRequest>, outcome: string][] = [
  ['an open room', [], {}, 'playing'],
  ['a running one', [{}, { phase: 'question' }], {}, 'playing'],
  ['a running one without late join', [{ late_join: false }, { phase: 'question' }], {}, 'party_started'],
  ['a lobby without late join', [{ late_join: false }], {}, 'playing'],
  ['a finished one', [{}, { phase: 'finished' }], {}, 'party_over'],
  ['a locked one', [{}, { locked: true }], {}, 'party_locked'],
  ['no passcode where one is asked for', [{ passcode: 'sesame' }], {}, 'wrong_passcode'],
  ['a wrong one', [{ passcode: 'sesame' }], { passcode: 'Sesame' }, 'wrong_passcode'],
  ['its beginning', [{ passcode: 'sesame' }], { passcode: 'sesam' }, 'wrong_passcode'],
  ['the right one', [{ passcode: 'sesame' }], { passcode: 'sesame' }, 'playing'],
  ['a passcode nobody asked for', [], { passcode: 'x' }, 'playing'],
  ['no second step', [{ second_step: true }], {}, 'second_step_required'],
  ['a wrong second step', [{ second_step: true }], { second_step_code: '4321' }, 'second_step_required'],
  ['the right second step', [{ second_step: true }], { second_step_code: '1234' }, 'playing'],
  ['a waiting room', [{ approve_joins: true }], {}, 'waiting'],
  ['teams to choose from, none chosen', [{ teams: { mode: 'chosen', names: ['red', 'blue'] } }], {}, 'team_refused'],
  ['another team', [{ teams: { mode: 'chosen', names: ['red'] } }], { team: 'green' }, 'team_refused'],
  ['one of the teams', [{ teams: { mode: 'chosen', names: ['red'] } }], { team: 'red' }, 'playing'],
  ['not on the roster', [{ roster: [{ name: 'Ann Lee' }] }], { nickname: 'Bob' }, 'not_on_roster: not_on_roster'],
  ['on the roster', [{ roster: [{ name: 'Ann Lee' }] }], { nickname: 'ann lee' }, 'playing'],
  ['on the roster by reference', [{ roster: [{ name: 'Ann', ref: '17' }] }], { player_ref: '17' }, 'playing'],
  ['a name that is too short', [{ nickname_policy: { min: 3 } }], { nickname: 'ab' }, 'nickname_refused: too_short'],
  ['a name that turns the line', [], { nickname: 'a\u202eb' }, 'nickname_refused: bidi_control'],
  [
    'digits where letters are asked for',
    [{ nickname_policy: { mode: 'letters' } }],
    { nickname: 'R2D2' },
    'nickname_refused: letters_only',
  ],
  [
    'no name where letters are asked for',
    [{ nickname_policy: { mode: 'letters' } }],
    unnamed,
    'nickname_refused: empty',
  ],
  ['no name where a real one is', [{ nickname_policy: { mode: 'real_name' } }], unnamed, 'nickname_refused: empty'],
  [
    'a bad word where it is refused',
    [{ nickname_policy: { profanity: 'refuse' } }],
    { nickname: 'fuck' },
    'nickname_refused: profanity',
  ],
];

for (const [says, at, asked, expected] of truths) {
  test(`${says}: ${expected}`, async () => {
    const { join } = await room(...at);
    assert.equal(codeOf(await join(asked)), expected);
  });
}

test('a taken user id is refused; the same idempotency key gets the same identity', async () => {
  const { join } = await room();
  const first = await join({ user_id: 'ann', nickname: 'Ann', idempotency_key: 'k1' });
  assert.ok(first.ok);
  assert.equal(codeOf(await join({ user_id: 'ann', nickname: 'Other' })), 'already_joined');
  const again = await join({ user_id: 'new-id', nickname: 'Zoe', idempotency_key: 'k1' });
  assert.deepEqual(again, first);
});

test('lookalikes of a taken name are refused where names are unique, and let in where they need not be', async () => {
  const unique = await room();
  assert.equal(codeOf(await unique.join({ nickname: 'Alice' })), 'playing');
  for (const lookalike of ['ALICE', 'Аlice', 'Alіce', ' alice ', 'A\u200blice'])
    assert.equal(codeOf(await unique.join({ nickname: lookalike })), 'nickname_refused: taken', lookalike);
  const free = await room({ nickname_policy: { unique: false } });
  await free.join({ nickname: 'Alice' });
  assert.equal(codeOf(await free.join({ nickname: 'Alice' })), 'playing');
});

test('one line of the roster lets one in', async () => {
  const { join } = await room({ roster: [{ name: 'Ann Lee', ref: '17' }] });
  assert.equal(codeOf(await join({ player_ref: '17' })), 'playing');
  assert.equal(codeOf(await join({ player_ref: '17' })), 'roster_taken');
});

test('a person known by a reference has one id in all rooms of a host, and only there', async () => {
  const [one, same, others] = [await room({}, owned), await room({}, owned), await room({}, { person_key: 'other' })];
  const idIn = async (at: typeof one, player_ref?: string): Promise<string> => {
    const joined = await at.join({ user_id: null, player_ref });
    assert.ok(joined.ok);
    assert.match(joined.player.user_id, /^p_[\w-]{12}$/);
    return joined.player.user_id;
  };
  const id = await idIn(one, 'pupil 17');
  assert.equal(await idIn(same, ' pupil 17 '), id);
  assert.notEqual(await idIn(same, 'pupil 18'), id);
  assert.notEqual(await idIn(others, 'pupil 17'), id);
  assert.notEqual(await idIn(await room(), 'pupil 17'), id, 'in a room without a key');
  assert.notEqual(await idIn(one), await idIn(one), 'strangers stay strangers');
});

test('the same reference a second time is somebody else, with and without a roster, unless the key says who it is', async () => {
  const open = await room({}, owned);
  const listed = await room({ roster: [{ name: 'Ann', ref: '17' }] }, owned);
  for (const [at, code] of [
    [open, 'already_joined'],
    [listed, 'roster_taken'],
  ] as const) {
    const asked = { user_id: null, player_ref: '17', nickname: 'Ann' };
    const first = await at.join({ ...asked, idempotency_key: 'k' });
    assert.ok(first.ok);
    assert.equal(codeOf(await at.join({ ...asked, nickname: 'Bob' })), code);
    assert.deepEqual(await at.join({ ...asked, idempotency_key: 'k' }), first);
  }
});

test('on a roster a reference that is not listed makes nobody somebody', async () => {
  const open = await (await room({}, owned)).join({ user_id: null, player_ref: '99' });
  const listed = await room({ roster: [{ name: 'Ann' }, { name: 'Bea', ref: '2' }] }, owned);
  const ann = await listed.join({ user_id: null, nickname: 'Ann', player_ref: '99' });
  assert.ok(open.ok && ann.ok && open.player.user_id !== ann.player.user_id);
});

test('two of one name on the roster are both let in, each by a reference, whatever the mode', async () => {
  const roster = [
    { name: 'Ann Lee', ref: '1' },
    { name: 'Ann Lee', ref: '2' },
  ];
  for (const mode of ['free', 'letters', 'real_name', 'roster', 'generated'] as const) {
    const { join } = await room({ roster, nickname_policy: { mode } });
    for (const player_ref of ['1', '2']) {
      const joined = await join({ user_id: null, nickname: 'Ann Lee', player_ref }, { random: Math.random });
      assert.equal(codeOf(joined), 'playing', `${mode} ${player_ref}`);
    }
  }
});

test('in a room who sends no name is given a friendly one, never an id', async () => {
  const { join } = await room();
  for (let n = 0; n < 5; n += 1) {
    const joined = await join({ user_id: null, nickname: undefined }, { random: Math.random });
    assert.match(joined.ok ? joined.player.nickname : '', /^[A-Z][a-z]+ [A-Z][a-z]+( \d+)?$/);
  }
});

test('who names no team is told which there are', async () => {
  const { join } = await room({ teams: { mode: 'chosen', names: ['red', 'blue'] } });
  const refused = await join();
  assert.match(refused.ok ? '' : (refused.detail ?? ''), /red, blue/);
});

test('a room is full at its last seat', async () => {
  const { join } = await room({ max_players: 2 });
  await join();
  await join();
  assert.equal(codeOf(await join()), 'party_full');
});

test('a generated name that is taken is drawn again, so often and no more', async () => {
  const { join } = await room({ nickname_policy: { mode: 'generated' } });
  const first = await join({}, { random: () => 0.5 });
  const second = await join({}, { random: () => 0.5 });
  assert.ok(first.ok && second.ok && first.player.nickname !== second.player.nickname);
  let asked = 0;
  async function admit(): Promise<Admission> {
    asked += 1;
    return { result: 'nickname_taken' };
  }
  const desk = { ...(await room()).node.desk, admit };
  assert.equal(codeOf(await join({}, { desk })), 'nickname_refused: taken');
  assert.equal(asked, 8);
});

test('who is banned stays out under another name: by user id, by reference, by the token still held', async () => {
  const { join, node, party } = await room();
  await join({ user_id: 'ann', nickname: 'Ann', player_ref: 'pupil 17' });
  const claim = await node.store.claim(party.party_id);
  assert.ok(claim !== null);
  const shown = projection({ party, quiz: sampleQuiz, players: new Map(), scoreOf: () => 0, connected: 0 });
  const { fence, epoch, seq } = claim;
  await node.store.commit({
    ...{ party_id: party.party_id, fence, epoch, seq, party: claim.party, projection: shown, envelopes: [], taken: 0 },
    ...{ players: { set: [], remove: [], ban: ['ann'] }, forget_rounds: [] },
  });
  assert.equal(codeOf(await join({ user_id: 'ann', nickname: 'Bea' })), 'banned');
  assert.equal(codeOf(await join({ nickname: 'Cleo', player_ref: 'pupil 17' })), 'banned');
  assert.equal(codeOf(await join({ nickname: 'Dora', former_user_id: 'ann' })), 'banned');
  assert.equal(codeOf(await join({ nickname: 'Ann' })), 'playing', 'the name itself is free for others');
});

test('a party that has gone meanwhile is not found', async () => {
  const { join, world, party } = await room();
  world.parties.delete(party.party_id);
  assert.equal(codeOf(await join()), 'party_not_found');
});

test('wrong passcodes and second steps are budgeted by address; asking without one costs nothing', async () => {
  const { join, clock } = await room({ passcode: 'sesame', second_step: true });
  const right = { passcode: 'sesame', second_step_code: '1234' };
  for (let time = 0; time < 50; time += 1) assert.equal(codeOf(await join()), 'wrong_passcode');
  for (let time = 0; time < 3; time += 1)
    assert.equal(codeOf(await join({ passcode: `guess ${time}` })), 'wrong_passcode');
  for (let time = 0; time < 2; time += 1)
    assert.equal(codeOf(await join({ passcode: 'sesame', second_step_code: `000${time}` })), 'second_step_required');
  assert.equal(codeOf(await join(right)), 'rate_limited');
  assert.equal(codeOf(await join({ ...right, address: 'home' })), 'playing', 'others are let in');
  clock.now = 60_000;
  assert.equal(codeOf(await join(right)), 'playing');
});

test('auto teams fill in turn, though every gateway looks at a room that was still empty', async () => {
  const names = ['red', 'blue', 'green'];
  const { join, world } = await room({ teams: { mode: 'auto', names } });
  const desks = Array.from({ length: 3 }, () => world.node().desk);
  const outcomes = await Promise.all(
    Array.from({ length: 60 }, (_, n) => {
      const desk = desks[n % desks.length];
      assert.ok(desk !== undefined);
      return join({ nickname: `Pupil ${n}` }, { desk });
    }),
  );
  const teams = outcomes.map((outcome) => outcome.ok && outcome.player.team);
  assert.deepEqual(
    names.map((name) => teams.filter((team) => team === name).length),
    [20, 20, 20],
  );
});

test('without a nickname one goes by the user id, or by a made-up name where that will not do', async () => {
  const { join } = await room();
  const byId = await join({ user_id: 'ann', nickname: undefined });
  assert.equal(byId.ok && byId.player.nickname, 'ann');
  const long = await join({ user_id: 'x'.repeat(60), nickname: undefined });
  assert.ok(long.ok && long.player.nickname.length <= 20 && long.player.nickname !== 'x'.repeat(60));
});

test('a nickname made from the user id is told apart where it is taken; one that was typed is refused', async () => {
  const { join } = await room();
  await join({ user_id: 'first', nickname: 'ann' });
  const second = await join({ user_id: 'ann', nickname: undefined });
  assert.ok(second.ok);
  assert.match(second.player.nickname, /^ann \d\d$/);
  assert.equal(codeOf(await join({ nickname: 'ANN' })), 'nickname_refused: taken');
});

test('in a quick party names are unique and filtered, and who sends none is always let in', async () => {
  const { join } = await room({ nickname_policy: quickPartyDefaults.nickname_policy });
  assert.equal(codeOf(await join({ user_id: 'a', nickname: 'Alice' })), 'playing');
  assert.equal(codeOf(await join({ user_id: 'b', nickname: 'Аlice' })), 'nickname_refused: taken');
  const rude = await join({ user_id: 'fuck', nickname: undefined });
  assert.ok(rude.ok && !rude.player.nickname.includes('fuck'));
  for (const user_id of ['alice', 'ALICE', 'aIice']) {
    assert.equal(codeOf(await join({ user_id, nickname: undefined }, { random: Math.random })), 'playing', user_id);
  }
});
