/** One party on one node over the in-memory store: order, gaps, audiences, who is told what and who is sent away. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { type Claimed, type Envelope, type Party, type Player, projection, type Settings } from '@partyline/core';
import { closeCodes, type ServerMessage } from '@partyline/protocol';
import {
  createMemoryWorld,
  sampleEnvelope,
  sampleParty,
  samplePlayer,
  sampleQuiz,
  sampleStanding,
  sampleTurn,
} from '@partyline/testkit';
import { createLocalParty } from '../src/local-party.ts';
import type { GatewayMetrics, Log } from '../src/observe.ts';
import { createSecondStep } from '../src/second-step.ts';
import { hostOf, sampleSession, spectatorOf } from './sample-session.ts';
import { passingTime } from './virtual-time.ts';

const silent = new Proxy({} as GatewayMetrics & Log, { get: () => () => undefined });

interface Given {
  settings?: Partial<Settings>;
  players?: Player[];
  isOver?: boolean;
  mayBeRestored?: boolean;
  epoch?: number;
}

async function opened({ settings = {}, players = [], isOver = false, mayBeRestored = false, epoch = 1 }: Given = {}) {
  const time = passingTime();
  const world = createMemoryWorld({ now: time.now });
  const [leader, node] = [world.node(), world.node()];
  const sample = sampleParty();
  const party = sampleParty({ settings: { ...sample.settings, ...settings }, players_total: players.length });
  const known = new Map(players.map((player) => [player.user_id, player]));
  const shown = (of: Party) =>
    projection({ party: of, quiz: sampleQuiz, players: known, scoreOf: () => 0, connected: 0 });
  await leader.desk.open({ party, quiz: sampleQuiz, projection: shown(party), players, epoch });
  let claim = (await leader.store.claim(party.party_id)) as Claimed;
  const resumed: string[] = [];
  const visible: number[] = [];
  const delays: Parameters<GatewayMetrics['delivered']>[] = [];
  const metrics = {
    ...silent,
    delivered: (...told: (typeof delays)[number]) => void delays.push(told),
    resumed: (reason: string) => void resumed.push(reason),
    hostActionVisible: (ms: number) => void visible.push(ms),
  } as unknown as GatewayMetrics;
  const local = createLocalParty(party.party_id, {
    ...{ desk: node.desk, clock: node.clock, timers: time.timers, log: silent, gateway_id: 'gw' },
    metrics: new Proxy(metrics, { get: (of, name) => Reflect.get(of, name) ?? (() => undefined) }),
    secondStep: createSecondStep(['k'.repeat(32)]),
    isOver: async () => isOver,
    mayBeRestored: () => mayBeRestored,
  });

  return {
    ...{ world, node, leader, local, resumed, visible, delays, party, now: time.now, pass: time.pass },
    /** A session of this party, let in and shown its first state. */
    async joins(caller: Parameters<typeof sampleSession>[0] = spectatorOf) {
      const session = sampleSession({ party_id: party.party_id, ...caller });
      session.state = 'joining';
      const { close } = session.socket;
      session.socket.close = (code, reason) => {
        close(code, reason);
        session.state = 'gone';
        local.remove(session);
      };
      local.add(session);
      await time.pass(20);
      return session;
    },
    /** Commits envelopes with the next seqs and tells them to the nodes. */
    async says(...envelopes: Partial<Envelope>[]) {
      const sent = envelopes.map((over, at) => sampleEnvelope(claim, claim.seq + 1 + at, framed(claim, at, over)));
      const result = await leader.store.commit(
        sampleTurn(claim, { party: claim.party, projection: shown(claim.party), envelopes: sent }),
      );
      assert.equal(result.result, 'committed');
      claim = { ...claim, seq: claim.seq + sent.length };
      await time.pass(10);
    },
    async repliesWith(over: Partial<Envelope>) {
      const reply = sampleEnvelope(claim, claim.seq, framed(claim, -1, over));
      world.publish(`envelopes:${party.party_id}`, JSON.stringify(reply));
      await time.pass(10);
    },
    /** Changes players or the phase without a word, as commits between two looks do. */
    async becomes(change: Partial<Party>, seated: { set?: Player[]; remove?: string[]; ban?: string[] } = {}) {
      const next = { ...claim.party, ...change };
      const players = { set: [], remove: [], ban: [], ...seated };
      await leader.store.commit(sampleTurn(claim, { party: next, projection: shown(next), players }));
      claim = { ...claim, party: next };
    },
    standings: (round: number, of: [string, ReturnType<typeof sampleStanding>][]) =>
      leader.store.writeStandings(party.party_id, claim.fence, round, of),
  };
}

function framed(claim: Claimed, at: number, over: Partial<Envelope>): Partial<Envelope> {
  const data = { round: over.round ?? 0 };
  const type = over.type ?? 'lobby';
  return { frame: JSON.stringify({ type, epoch: claim.epoch, seq: claim.seq + 1 + at, data }), ...over };
}

const seqs = (told: ServerMessage[]): string[] => told.map(({ type, seq }) => `${type} ${seq}`);
const open = { spectators: true } satisfies Partial<Settings>;

test('a socket is first shown the state, then every message after it, in order and once', async () => {
  const party = await opened({ settings: open });
  await party.says({ type: 'lobby' });
  const session = await party.joins();
  await party.says({ type: 'question', round: 1 }, { type: 'answered' });
  await party.says({ type: 'reveal', round: 1 });
  assert.deepEqual(seqs(session.told()), ['state 1', 'question 2', 'answered 3', 'reveal 4']);
});

test('how late a message is counts from the leader’s word for it, wherever it waited', async () => {
  const party = await opened({ settings: open });
  await party.joins();
  await party.says({ type: 'lobby', told_at: party.now() - 700 });
  await party.says({ type: 'lobby', told_at: party.now() + 700 }, { type: 'lobby', told_at: null });
  const [late, early, untold] = party.delays.map(([, , { since_told_ms }]) => since_told_ms);
  assert.ok(late !== null && late !== undefined && late >= 700 && late < 720, `${late}`);
  assert.deepEqual([early, untold], [0, null]);
});

test('a message told twice is shown once', async () => {
  const party = await opened({ settings: open });
  const session = await party.joins();
  party.node.faults = { delivery: () => 'twice' };
  await party.says({ type: 'lobby' }, { type: 'lobby' });
  assert.deepEqual(seqs(session.told()), ['state 0', 'lobby 1', 'lobby 2']);
});

test('a missed message is never papered over: everybody gets a state, and then what follows', async () => {
  const party = await opened({ settings: open });
  const [one, two] = [await party.joins(), await party.joins()];
  party.node.faults = { delivery: () => 'dropped' };
  await party.says({ type: 'question', round: 1 });
  party.node.faults = {};
  await party.says({ type: 'reveal', round: 1 });
  await party.says({ type: 'lobby' });
  for (const session of [one, two]) assert.deepEqual(seqs(session.told()), ['state 0', 'state 2', 'lobby 3']);
  assert.deepEqual(party.resumed, ['connect', 'connect', 'gap', 'gap']);
});

test('a state that is ahead of the channel takes no message from those it is not for', async () => {
  const party = await opened({ settings: open });
  const [one, two] = [await party.joins(), await party.joins()];
  await party.says({ type: 'lobby' });
  party.node.faults = { delivery: () => 'held' };
  await party.says({ type: 'question', round: 1 });
  party.local.resume(one, 'sync');
  await party.pass(20);
  party.node.faults = {};
  party.node.deliverHeld((held) => held);
  await party.says({ type: 'reveal', round: 1 });
  assert.deepEqual(seqs(one.told()), ['state 0', 'lobby 1', 'state 2', 'reveal 3']);
  assert.deepEqual(seqs(two.told()), ['state 0', 'lobby 1', 'question 2', 'reveal 3']);
});

test('a message that never comes is noticed at the next one, also where somebody has read beyond it', async () => {
  const party = await opened({ settings: open });
  const [one, two] = [await party.joins(), await party.joins()];
  await party.says({ type: 'lobby' });
  party.node.faults = { delivery: () => 'dropped' };
  await party.says({ type: 'question', round: 1 });
  party.local.resume(one, 'sync');
  await party.pass(20);
  party.node.faults = {};
  await party.says({ type: 'reveal', round: 1 });
  assert.deepEqual(seqs(one.told()), ['state 0', 'lobby 1', 'state 2', 'state 3']);
  assert.deepEqual(seqs(two.told()), ['state 0', 'lobby 1', 'state 3']);
});

test('messages that come in the wrong order never show an older one after a newer one', async () => {
  const party = await opened({ settings: open });
  const session = await party.joins();
  party.node.faults = { delivery: () => 'held' };
  await party.says({ type: 'question', round: 1 });
  await party.says({ type: 'reveal', round: 1 });
  await party.says({ type: 'question', round: 2 });
  party.node.faults = {};
  party.node.deliverHeld((held) => [...held].reverse());
  await party.pass(50);
  await party.says({ type: 'lobby' });
  assert.deepEqual(seqs(session.told()), ['state 0', 'state 3', 'lobby 4']);
});

test('a doubt about the channel is a state for everybody, even where nothing was missed', async () => {
  const party = await opened({ settings: open });
  const session = await party.joins();
  party.node.raiseDoubt();
  await party.pass(20);
  assert.deepEqual(seqs(session.told()), ['state 0', 'state 0']);
  assert.deepEqual(party.resumed, ['connect', 'doubt']);
});

test('a doubt while nobody is here is not forgotten: the next to come sees what was missed', async () => {
  const party = await opened({ settings: open });
  const first = await party.joins();
  await party.says({});
  await party.local.snapshot();
  first.socket.close(closeCodes.draining.code, 'draining');
  party.node.cut();
  await party.says({}, {});
  party.node.heal();
  await party.pass(10);
  const next = await party.joins();
  assert.deepEqual(seqs(next.told()), ['state 3']);
});

test('what is said while a socket waits for its state reaches it inside that state, and not twice', async () => {
  const party = await opened({ settings: open });
  const held = Promise.withResolvers<void>();
  party.node.faults = { call: async ({ name }) => (name === 'snapshot' ? held.promise.then(() => 'done') : 'done') };
  const session = await party.joins();
  await party.says({ type: 'question', round: 1 });
  assert.deepEqual(session.told(), []);
  held.resolve();
  await party.pass(50);
  await party.says({ type: 'reveal', round: 1 });
  const told = seqs(session.told());
  assert.equal(told.at(-1), 'reveal 2');
  assert.ok(told[0]?.startsWith('state'));
  assert.deepEqual(told.slice(0, -1), told[0] === 'state 1' ? ['state 1'] : ['state 0', 'question 1']);
});

test('a thousand sockets that come at once are served from one snapshot', async () => {
  const players = Array.from({ length: 1_000 }, (_, at) => samplePlayer(`p${at}`));
  const party = await opened({ players });
  const calls: string[] = [];
  party.node.faults = {
    call({ name }) {
      calls.push(name);
      return 'done';
    },
  };
  const sessions = players.map(({ user_id }) => sampleSession({ party_id: party.party.party_id, user_id }));
  for (const session of sessions) {
    session.state = 'joining';
    party.local.add(session);
  }
  await party.pass(100);
  assert.ok(sessions.every(({ state }) => state === 'live'));
  assert.ok(sessions.every((session) => session.types().join() === 'state'));
  assert.deepEqual(calls.filter((name) => name === 'snapshot').length, 1);
  assert.deepEqual(calls.filter((name) => name === 'seats').length, 2, '500 seats a script');
});

test('each audience hears its own', async () => {
  const players = [samplePlayer('ann')];
  const party = await opened({ settings: open, players });
  const [ann, host, eye] = [await party.joins({ user_id: 'ann' }), await party.joins(hostOf), await party.joins()];
  await party.says({ type: 'answered', audience: 'host' }, { type: 'scores', audience: 'players' }, { type: 'paused' });
  assert.deepEqual(ann.types(), ['state', 'scores', 'paused']);
  assert.deepEqual(host.types(), ['state', 'answered', 'paused']);
  assert.deepEqual(eye.types(), ['state', 'scores', 'paused']);
});

test('a reply reaches the session that asked, and once', async () => {
  const party = await opened({ settings: open });
  const [host, other] = [await party.joins(hostOf), await party.joins(hostOf)];
  party.local.expectReply('here', host, party.node.clock.monotonic());
  const reply = { type: 'ack', audience: { reply_to: 'here' } } as const;
  await party.repliesWith(reply);
  await party.repliesWith(reply);
  assert.deepEqual(host.types(), ['state', 'ack']);
  assert.deepEqual(other.types(), ['state']);
});

test("a host's action is visible once its reply and the frames before it are sent, counted from when it was asked first", async () => {
  const party = await opened({ settings: open });
  const host = await party.joins(hostOf);
  const askedAt = party.node.clock.monotonic();
  party.local.expectReply('here', host, askedAt);
  await party.pass(700);
  party.local.expectReply('here', host, party.node.clock.monotonic());
  await party.says({ type: 'question', round: 1 });
  assert.deepEqual(party.visible, [], 'the frame alone is not the reply');
  await party.repliesWith({ type: 'ack', audience: { reply_to: 'here' } });
  assert.equal(party.visible.length, 1);
  const [ms = 0] = party.visible;
  assert.ok(ms >= 700 && ms <= party.node.clock.monotonic() - askedAt, `${ms} ms`);
});

test('a reveal is one frame to each, with the place of its own reader', async () => {
  const players = [samplePlayer('ann'), samplePlayer('bob')];
  const party = await opened({ settings: open, players });
  const [ann, bob, eye] = [
    await party.joins({ user_id: 'ann' }),
    await party.joins({ user_id: 'bob' }),
    await party.joins(),
  ];
  await party.standings(1, [
    ['ann', sampleStanding(900, { rank: 1, last: { answered: true, correct: true, points: 900 } })],
    ['bob', sampleStanding(0, { rank: 2, last: { answered: true, correct: false, points: 0 } })],
  ]);
  await party.says({ type: 'reveal', form: 'personal', round: 1 });
  const place = (told: ServerMessage[]) =>
    (told.at(-1)?.data as { you?: { score: number; rank: number } } | undefined)?.you;
  assert.equal(place(ann.told())?.score, 900);
  assert.equal(place(bob.told())?.rank, 2);
  assert.equal(place(eye.told()), undefined);
  assert.ok(!ann.texts.at(-1)?.includes('bob'), 'nobody reads the place of another');
});

test('T1: where strangers may not watch, a socket without a token is closed and shown nothing', async () => {
  const party = await opened({ players: [samplePlayer('ann')] });
  const [eye, ann] = [await party.joins(), await party.joins({ user_id: 'ann' })];
  await party.says({ type: 'question', round: 1 });
  assert.deepEqual(eye.told(), []);
  assert.deepEqual(
    eye.closes.map(({ code }) => code),
    [closeCodes.unauthorized.code],
  );
  assert.deepEqual(ann.types(), ['state', 'question']);
});

test('the waiting room sees that it waits, and nothing of the game until it is let in', async () => {
  const waiting = samplePlayer('ann', { status: 'waiting' });
  const players = [waiting, samplePlayer('bob')];
  const party = await opened({ players, settings: open });
  const phase = { name: 'question', round: 1, opens_at: 0, closes_at: 1, extra_ms: 0 } as const;
  await party.becomes({ phase });
  const ann = await party.joins({ user_id: 'ann' });
  await party.says({ type: 'question', round: 1 }, { type: 'reveal', round: 1 });
  const [state, ...others] = ann.told();
  assert.deepEqual(others, []);
  assert.ok(state?.type === 'state');
  const { question, choices, players: listed, leaderboard, reveal, closes_in_ms, you } = state.data;
  assert.deepEqual(
    { question, choices, listed, leaderboard, reveal, closes_in_ms },
    {
      ...{ question: null, choices: [], listed: [], leaderboard: [], reveal: null, closes_in_ms: null },
    },
  );
  assert.equal(you.status, 'waiting');
  assert.ok(!ann.texts[0]?.includes('Which one is number'));
  await party.becomes({}, { set: [{ ...waiting, status: 'playing' }] });
  await party.says({ type: 'lobby' });
  const seen = ann.told().at(-1);
  assert.ok(seen?.type === 'state' && seen.data.you.status === 'playing' && seen.data.question !== null);
});

test('who is removed is told so, closed for good on every screen, and refused on return', async () => {
  const players = [samplePlayer('ann'), samplePlayer('bob')];
  const party = await opened({ players });
  const [one, two, bob] = [
    await party.joins({ user_id: 'ann' }),
    await party.joins({ user_id: 'ann' }),
    await party.joins({ user_id: 'bob' }),
  ];
  await party.becomes({}, { remove: ['ann'] });
  const frame = JSON.stringify({ type: 'player_removed', epoch: 1, seq: 1, data: { user_id: 'ann', banned: false } });
  await party.says({ type: 'player_removed', frame });
  for (const session of [one, two]) {
    assert.equal(session.types().at(-1), 'player_removed');
    assert.deepEqual(
      session.closes.map(({ code }) => code),
      [closeCodes.removed.code],
    );
  }
  assert.deepEqual(bob.closes, []);
  const back = await party.joins({ user_id: 'ann' });
  assert.deepEqual(back.told(), []);
  assert.deepEqual(
    back.closes.map(({ code }) => code),
    [closeCodes.removed.code],
  );
});

test('who has no seat in a party that was put back is not told that somebody removed them', async () => {
  const party = await opened({ players: [samplePlayer('ann')], epoch: 2 });
  const late = await party.joins({ user_id: 'late' });
  assert.deepEqual(
    late.closes.map(({ code }) => code),
    [closeCodes.seat_lost.code],
  );
});

test('who is banned is told that it is for good', async () => {
  const party = await opened({ players: [samplePlayer('ann')] });
  const ann = await party.joins({ user_id: 'ann' });
  await party.becomes({}, { ban: ['ann'] });
  const frame = JSON.stringify({ type: 'player_removed', epoch: 1, seq: 1, data: { user_id: 'ann', banned: true } });
  await party.says({ type: 'player_removed', frame });
  assert.deepEqual(
    ann.closes.map(({ code }) => code),
    [closeCodes.banned.code],
  );
  const back = await party.joins({ user_id: 'ann' });
  assert.deepEqual(
    back.closes.map(({ code }) => code),
    [closeCodes.banned.code],
    'and again when they come back',
  );
});

test('the banned are told so in a party that was put back too', async () => {
  const party = await opened({ players: [samplePlayer('ann')], epoch: 2 });
  await party.becomes({}, { ban: ['ann'] });
  const back = await party.joins({ user_id: 'ann' });
  assert.deepEqual(
    back.closes.map(({ code }) => code),
    [closeCodes.banned.code],
  );
});

test('a player keeps eight screens; a ninth replaces the oldest', async () => {
  const party = await opened({ players: [samplePlayer('ann')] });
  const screens = [];
  for (let count = 0; count < 10; count += 1) screens.push(await party.joins({ user_id: 'ann' }));
  assert.deepEqual(
    screens.map(({ closes }) => closes.map(({ code }) => code)),
    screens.map((_, at) => (at < 2 ? [closeCodes.replaced.code] : [])),
  );
});

/** The party is not in the store: who comes, whether it is over, whether it may be put back, what it is told. */
const gone: [role: 'player' | 'spectator', isOver: boolean, mayBeRestored: boolean, code: keyof typeof closeCodes][] = [
  ['player', true, false, 'party_over'],
  ['player', true, true, 'party_over'],
  ['player', false, true, 'continuity_lost'],
  ['player', false, false, 'party_not_found'],
  ['spectator', true, false, 'party_not_found'],
  ['spectator', false, true, 'party_not_found'],
];
for (const [role, isOver, mayBeRestored, code] of gone) {
  test(`a ${role} of a party that is ${isOver ? 'over' : mayBeRestored ? 'perhaps to be put back' : 'nowhere'} is told ${code}`, async () => {
    const party = await opened({ isOver, mayBeRestored, settings: open });
    party.world.parties.clear();
    const session = await party.joins(role === 'player' ? { user_id: 'ann' } : spectatorOf);
    assert.deepEqual(
      session.closes.map((close) => close.code),
      [closeCodes[code].code],
    );
  });
}

test('a finished party that has left the store is shown to nobody who comes, whoever still looks at it here', async () => {
  const ended = { name: 'finished', ended_at: 5, reason: 'completed', results: 'saved' } as const;
  const party = await opened({ isOver: true, settings: open, players: [samplePlayer('ann')] });
  await party.becomes({ phase: ended });
  const looking = await party.joins(hostOf);
  assert.equal(looking.told().length, 1);
  party.world.parties.clear();
  for (const caller of [hostOf, spectatorOf, { user_id: 'ann' }]) {
    const late = await party.joins(caller);
    assert.deepEqual(late.told(), []);
    assert.equal(late.closes.length, 1);
  }
  assert.equal(await party.local.snapshot(), null);
  assert.deepEqual(looking.closes, []);
});

test('where the store is away sockets are sent elsewhere, not left waiting', async () => {
  const party = await opened({ players: [samplePlayer('ann')] });
  const ann = await party.joins({ user_id: 'ann' });
  party.node.cut();
  party.local.resume(ann, 'sync');
  await party.pass(50);
  assert.deepEqual(
    ann.closes.map(({ code }) => code),
    [closeCodes.store_unavailable.code],
  );
});

test('after the last word the screens stay for a while, then they are closed for good', async () => {
  const party = await opened({ players: [samplePlayer('ann')] });
  const ann = await party.joins({ user_id: 'ann' });
  await party.says({ type: 'saved', form: 'last' });
  await party.pass(29_000);
  assert.deepEqual(ann.closes, []);
  await party.pass(2_000);
  assert.deepEqual(
    ann.closes.map(({ code }) => code),
    [closeCodes.party_over.code],
  );
});

test('leaving takes the ear off the channel and the counts off the store; again changes nothing', async () => {
  const party = await opened({ players: [samplePlayer('ann')] });
  await party.joins({ user_id: 'ann' });
  await party.pass(1_000);
  assert.equal(party.node.listening, 1);
  const looks = { round: 0, counts: false, feed_from: null };
  assert.equal((await party.leader.store.gather(party.party.party_id, looks))?.attendance.players, 1);
  await party.local.leave('has_gone');
  await party.local.leave('has_gone');
  assert.equal(party.node.listening, 0);
  assert.equal((await party.leader.store.gather(party.party.party_id, looks))?.attendance.players, 0);
});

test('whom a draining node sends to others is waited for: it leaves without taking its counts along', async () => {
  const party = await opened({ players: [samplePlayer('ann')] });
  await party.joins({ user_id: 'ann' });
  await party.pass(1_000);
  await party.local.leave('are_sent');
  assert.equal(party.node.listening, 0);
  const looks = { round: 0, counts: false, feed_from: null };
  assert.equal((await party.leader.store.gather(party.party.party_id, looks))?.attendance.players, 1);
});

test('who has extra time is told their own deadline behind the shared question', async () => {
  const slow = samplePlayer('ann', { extra_time_percent: 50 });
  const party = await opened({ players: [slow, samplePlayer('bob')] });
  const playerOf = (user_id: string) => ({ role: 'player' as const, user_id, may_command: false });
  const [ann, bob] = [await party.joins(playerOf('ann')), await party.joins(playerOf('bob'))];
  await party.says({ type: 'question', round: 0 });
  await party.pass(20);
  assert.deepEqual(seqs(ann.told()), ['state 0', 'question 1', 'state 1']);
  assert.deepEqual(seqs(bob.told()), ['state 0', 'question 1']);
});
