/** What every PartyStore owes the leaders: one writer, one history, nothing taken that was not committed. */
import assert from 'node:assert/strict';
import test from 'node:test';
import type { Hold, HostCommand, LocalPresence } from '@partyline/core';
import {
  sampleDraft,
  sampleEnvelope,
  sampleParty,
  samplePlayer,
  sampleProjection,
  sampleQuiz,
  sampleRequest,
  sampleStanding,
  sampleTurn,
} from './samples.ts';
import {
  all,
  claimed,
  commits,
  contractTimes,
  eventually,
  isBarrier,
  openAndClaim,
  opensQuestion,
  record,
  type StoreNode,
  type StoreWorldFor,
  sendsBarrier,
  watches,
} from './store-world.ts';

const look = { round: 0, counts: false, feed_from: null };
const command = (id: string): HostCommand => ({
  ...{ id, by: 'host', session: 's1' },
  action: { type: 'extend', seconds: 10 },
});

export function partyStoreContract(worldFor: StoreWorldFor): void {
  fencingContract(worldFor);
  committingContract(worldFor);
  gatheringContract(worldFor);
  wakingContract(worldFor);
  attendingContract(worldFor);
  removingContract(worldFor);
}

function fencingContract(worldFor: StoreWorldFor): void {
  test('store: a claim returns the party as it was last committed, under a higher fence each time', async (t) => {
    const world = await worldFor(t);
    const [a, b] = [await world.node(), await world.node()];
    const first = await openAndClaim(a);
    assert.deepEqual([first.epoch, first.seq, first.quiz], [1, 0, sampleQuiz]);
    const party = { ...first.party, title: 'ünïcode "title"', skipped_rounds: [1] };
    await commits(a, first, { party, envelopes: [sampleEnvelope(first, 1), sampleEnvelope(first, 2)] });
    const claims = await Promise.all(
      Array.from({ length: 20 }, (_, n) => (n % 2 === 0 ? a : b).store.claim(party.party_id)),
    );
    const fences = claims.map((claim) => claimed(claim).fence);
    assert.deepEqual(new Set(fences.map(({ number }) => number)).size, 20);
    assert.equal(new Set(fences.map(({ nonce }) => nonce)).size, 20);
    assert.ok(fences.every(({ number }) => number > first.fence.number));
    for (const claim of claims) assert.deepEqual([claimed(claim).seq, claimed(claim).party], [2, party]);
  });

  test('store: there is nothing to claim, gather or read of a party that is not there', async (t) => {
    const { store } = await (await worldFor(t)).node();
    const { party_id } = sampleParty();
    assert.equal(await store.claim(party_id), null);
    assert.equal(await store.gather(party_id, look), null);
    assert.deepEqual(await all(store.players(party_id)), []);
    assert.deepEqual(await all(store.holds(party_id)), []);
    assert.deepEqual(await store.bans(party_id), []);
    assert.deepEqual(await all(store.answers(party_id, 1)), []);
    assert.deepEqual(await all(store.standings(party_id, 1)), []);
    assert.deepEqual(await store.tally(party_id, 1), {});
  });

  test('store: of two claims the first can neither write, nor speak, nor remove', async (t) => {
    const world = await worldFor(t);
    const [deposed, leader] = [await world.node(), await world.node()];
    const old = await openAndClaim(deposed);
    const { party_id, room_code } = old.party;
    const watching = await watches(t, leader, party_id);
    const current = claimed(await leader.store.claim(party_id));
    const turn = sampleTurn(old, {
      party: { ...old.party, title: 'stale' },
      envelopes: [sampleEnvelope(old, 1, { type: 'stale' })],
    });
    assert.deepEqual(await deposed.store.commit(turn), { result: 'fenced' });
    assert.equal(await deposed.store.writeStandings(party_id, old.fence, 1, [['ann', sampleStanding(1)]]), false);
    assert.equal(await deposed.store.remove(party_id, old.fence, room_code), false);
    await sendsBarrier(leader, current);
    await watching.until(isBarrier);
    assert.deepEqual(
      watching.seen.map(({ type }) => type),
      ['barrier'],
    );
    assert.equal(claimed(await leader.store.claim(party_id)).party.title, old.party.title);
    assert.deepEqual(await all(leader.store.standings(party_id, 1)), []);
    assert.equal(await leader.desk.partyOfRoomCode(room_code), party_id);
  });

  test('store: the same number under another nonce is another fence', async (t) => {
    const node = await (await worldFor(t)).node();
    const claim = await openAndClaim(node);
    const { party_id, room_code } = claim.party;
    const forged = { ...claim, fence: { number: claim.fence.number, nonce: 'another' } };
    assert.deepEqual(await node.store.commit(sampleTurn(forged)), { result: 'fenced' });
    assert.equal(await node.store.writeStandings(party_id, forged.fence, 1, [['ann', sampleStanding(1)]]), false);
    assert.equal(await node.store.remove(party_id, forged.fence, room_code), false);
    await commits(node, claim);
  });
}

function committingContract(worldFor: StoreWorldFor): void {
  test('store: a turn decided on another seq or in another epoch is refused', async (t) => {
    const node = await (await worldFor(t)).node();
    const claim = await openAndClaim(node);
    const after = await commits(node, claim, { envelopes: [sampleEnvelope(claim, 1)] });
    assert.equal(after.seq, 1);
    assert.deepEqual(await node.store.commit(sampleTurn(claim)), { result: 'fenced' });
    assert.deepEqual(await node.store.commit(sampleTurn({ ...after, seq: 2 })), { result: 'fenced' });
    assert.deepEqual(await node.store.commit(sampleTurn({ ...after, epoch: 2 })), { result: 'fenced' });
    assert.equal((await commits(node, after)).seq, 1, 'a turn without envelopes leaves the seq');
  });

  test('store: a turn of a party that is not there is told so', async (t) => {
    const node = await (await worldFor(t)).node();
    const claim = await openAndClaim(node);
    await node.store.remove(claim.party.party_id, claim.fence, claim.party.room_code);
    assert.deepEqual(await node.store.commit(sampleTurn(claim)), { result: 'gone' });
  });

  test('store: a turn sent again after a lost reply is committed once', async (t) => {
    const world = await worldFor(t);
    const node = await world.node();
    const claim = await openAndClaim(node);
    const { party_id } = claim.party;
    const watching = await watches(t, node, party_id);
    for (const id of ['c1', 'c2', 'c3']) await node.desk.submit(party_id, command(id));
    const turn = sampleTurn(claim, { taken: 1, envelopes: [sampleEnvelope(claim, 1), sampleEnvelope(claim, 2)] });
    assert.deepEqual(await node.store.commit(turn), { result: 'committed', seq: 2 });
    assert.deepEqual(await node.store.commit(turn), { result: 'committed', seq: 2 });
    const silent = sampleTurn({ ...claim, seq: 2 }, { taken: 1 });
    assert.deepEqual(await node.store.commit(silent), { result: 'committed', seq: 2 });
    assert.deepEqual(await node.store.commit(silent), { result: 'committed', seq: 2 });
    const gathered = await node.store.gather(party_id, look);
    assert.deepEqual(gathered?.inbox, [{ type: 'command', command: command('c3') }], 'each took one item, once');
    await sendsBarrier(node, { ...claim, seq: 2 });
    await watching.until(isBarrier);
    assert.deepEqual(
      watching.seen.map(({ seq }) => seq),
      [1, 2, 3],
    );
    assert.deepEqual(await node.store.commit(turn), { result: 'fenced' }, 'too late: others have been written since');
    assert.deepEqual(await node.store.commit({ ...turn }), { result: 'fenced' }, 'an equal turn is another one');
  });

  test('store: of many leaders at once one payload is committed per seq, and told in order', async (t) => {
    const world = await worldFor(t);
    const nodes = [await world.node(), await world.node(), await world.node()] as const;
    const { party } = await openAndClaim(nodes[0]);
    const watching = await watches(t, nodes[2], party.party_id);
    const committed: string[] = [];
    await Promise.all(
      nodes.map(async (node, n) => {
        for (let claims = 0; claims < 15; claims += 1) {
          let claim = claimed(await node.store.claim(party.party_id));
          for (let turns = 0; turns < 3; turns += 1) {
            const envelope = sampleEnvelope(claim, claim.seq + 1, {
              frame: `node ${n}, claim ${claims}, turn ${turns}`,
            });
            const result = await node.store.commit(sampleTurn(claim, { envelopes: [envelope] }));
            if (result.result !== 'committed') break;
            committed.push(`${result.seq} ${envelope.frame}`);
            claim = { ...claim, seq: result.seq };
          }
        }
      }),
    );
    await sendsBarrier(nodes[0], claimed(await nodes[0].store.claim(party.party_id)));
    await watching.until(isBarrier);
    const told = watching.seen.filter((envelope) => !isBarrier(envelope));
    assert.deepEqual(
      told.map(({ seq }) => seq),
      told.map((_, at) => at + 1),
    );
    assert.deepEqual(told.map(({ seq, frame }) => `${seq} ${frame}`).toSorted(), committed.toSorted());
  });

  test('store: players are set and taken out with the turn', async (t) => {
    const node = await (await worldFor(t)).node();
    const claim = await openAndClaim(node, {}, { players: [samplePlayer('ann'), samplePlayer('ben')] });
    const { party_id } = claim.party;
    const approved = samplePlayer('ben', { status: 'waiting', team: 'red' });
    await commits(node, claim, { players: { set: [approved, samplePlayer('cid')], remove: ['ann'], ban: [] } });
    assert.deepEqual(await node.desk.listPlayers(party_id, 10), [approved, samplePlayer('cid')]);
    const kept = await all(node.store.players(party_id));
    assert.deepEqual(kept.map(({ user_id }) => user_id).toSorted(), ['ben', 'cid']);
  });

  test('store: what players hold and who is banned is read as it was decided', async (t) => {
    const node = await (await worldFor(t)).node();
    const claim = await openAndClaim(node);
    const { party_id } = claim.party;
    const holds = Array.from({ length: 1_050 }, (_, n): [string, Hold] => {
      const nickname_key = n === 0 ? null : `náme "${n}"`;
      return [`u${n}`, { nickname_key, roster_key: null, idempotency_key: `k${n}`, identity_keys: [`ref:${n}`] }];
    });
    await Promise.all(holds.map(([user_id, hold]) => node.desk.admit(sampleRequest(party_id, user_id, hold))));
    assert.deepEqual(new Map(await all(node.store.holds(party_id))), new Map(holds));
    assert.deepEqual(await node.store.bans(party_id), []);
    await commits(node, claim, { players: { set: [], remove: ['u1'], ban: ['u2', 'u3'] } });
    assert.deepEqual((await node.store.bans(party_id)).toSorted(), ['ref:2', 'ref:3', 'u2', 'u3']);
    const left = (await all(node.store.holds(party_id))).map(([user_id]) => user_id);
    assert.deepEqual([left.length, left.filter((user_id) => /^u[123]$/.test(user_id))], [1_047, []]);
  });

  test('store: standings come back as they were written, and twice is once', async (t) => {
    const node = await (await worldFor(t)).node();
    const claim = await openAndClaim(node);
    const { party_id } = claim.party;
    const standings = Array.from({ length: 1_300 }, (_, n): [string, ReturnType<typeof sampleStanding>] => {
      const last = { answered: n % 2 === 0, correct: [true, false, null][n % 3] ?? null, points: n / 2 };
      return [`u${n}`, sampleStanding(n, { streak: n, rank: 1_300 - n, last })];
    });
    assert.equal(await node.store.writeStandings(party_id, claim.fence, 1, standings), true);
    assert.equal(await node.store.writeStandings(party_id, claim.fence, 1, standings), true);
    assert.equal(await node.store.writeStandings(party_id, claim.fence, 2, []), true);
    const read = await all(node.store.standings(party_id, 1));
    assert.deepEqual(new Map(read), new Map(standings));
    assert.equal(read.length, standings.length);
    assert.deepEqual(await all(node.store.standings(party_id, 0)), []);
    assert.deepEqual(await all(node.store.standings(party_id, 2)), []);
  });

  test('store: forgotten rounds are gone, the others stay', async (t) => {
    const node = await (await worldFor(t)).node();
    let claim = await openAndClaim(node);
    const { party_id } = claim.party;
    for (const round of [1, 2, 3]) {
      claim = await opensQuestion(node, claim, { round });
      await node.desk.accept(party_id, round, [sampleDraft('ann')]);
      await node.store.writeStandings(party_id, claim.fence, round, [['ann', sampleStanding(round)]]);
    }
    await commits(node, claim, { forget_rounds: [1, 2] });
    for (const round of [1, 2, 3]) {
      const kept = round === 3 ? 1 : 0;
      assert.equal((await all(node.store.answers(party_id, round))).length, kept);
      assert.equal((await all(node.store.standings(party_id, round))).length, kept);
      assert.equal(Object.keys(await node.store.tally(party_id, round)).length, kept);
    }
  });
}

function gatheringContract(worldFor: StoreWorldFor): void {
  test('store: the inbox holds joins and commands in order, and gives them up with a commit only', async (t) => {
    const world = await worldFor(t);
    const [leader, gateway] = [await world.node(), await world.node()];
    const claim = await openAndClaim(leader);
    const { party_id } = claim.party;
    await gateway.desk.admit(sampleRequest(party_id, 'ann'));
    await gateway.desk.submit(party_id, command('c1'));
    await gateway.desk.admit(sampleRequest(party_id, 'ben'));
    const expected = [
      { type: 'joined', player: samplePlayer('ann') },
      { type: 'command', command: command('c1') },
      { type: 'joined', player: samplePlayer('ben') },
    ];
    assert.deepEqual((await leader.store.gather(party_id, look))?.inbox, expected);
    assert.deepEqual((await leader.store.gather(party_id, look))?.inbox, expected, 'looking takes nothing');
    const next = claimed(await gateway.store.claim(party_id));
    assert.deepEqual(await leader.store.commit(sampleTurn(claim, { taken: 3 })), { result: 'fenced' });
    assert.deepEqual((await gateway.store.gather(party_id, look))?.inbox, expected, 'nor does a refused commit');
    await leader.desk.submit(party_id, command('c2'));
    await commits(gateway, next, { taken: 2 });
    const rest = [...expected.slice(2), { type: 'command', command: command('c2') }];
    assert.deepEqual((await gateway.store.gather(party_id, look))?.inbox, rest);
  });

  test('store: a look tells of the open round what it is asked for', async (t) => {
    const node = await (await worldFor(t)).node();
    const claim = await openAndClaim(node);
    const { party_id } = claim.party;
    await opensQuestion(node, claim, { from: -100, instant_key: '{}' });
    // Within a batch the order is the store's own.
    await node.desk.accept(party_id, 1, [sampleDraft('ann', 'a'), sampleDraft('cid', 'a'), sampleDraft('ben', 'b')]);
    await node.desk.accept(party_id, 1, [sampleDraft('ann', 'c'), sampleDraft('dee', 'b')]);
    const gather = async (at: { round?: number; counts?: boolean; feed_from?: number }) => {
      const gathered = await node.store.gather(party_id, { ...look, round: 1, ...at });
      return [
        gathered?.answered,
        gathered?.counts,
        gathered?.feed.map(({ user_id, choice }) => `${user_id} ${choice}`),
      ];
    };
    assert.deepEqual(await gather({}), [4, {}, []]);
    assert.deepEqual(await gather({ counts: true }), [4, { a: 2, b: 2 }, []]);
    assert.deepEqual(await gather({ feed_from: 0 }), [4, {}, ['ann a', 'cid a', 'ben b', 'dee b']]);
    assert.deepEqual(await gather({ feed_from: 3 }), [4, {}, ['dee b']]);
    assert.deepEqual(await gather({ feed_from: 4 }), [4, {}, []]);
    assert.deepEqual(await gather({ round: 0, counts: true, feed_from: 0 }), [0, {}, []]);
  });

  test('store: no feed is kept where nothing is told at once', async (t) => {
    const node = await (await worldFor(t)).node();
    const claim = await openAndClaim(node);
    const { party_id } = claim.party;
    await opensQuestion(node, claim);
    await node.desk.accept(party_id, 1, [sampleDraft('ann')]);
    const gathered = await node.store.gather(party_id, { round: 1, counts: false, feed_from: 0 });
    assert.deepEqual([gathered?.answered, gathered?.feed], [1, []]);
  });

  test('store: a look takes a thousand of a crowd and says how many are left', async (t) => {
    const node = await (await worldFor(t)).node();
    const claim = await openAndClaim(node, { settings: { ...sampleParty().settings, max_players: 3_000 } });
    const { party_id } = claim.party;
    await Promise.all(Array.from({ length: 1_100 }, (_, n) => node.desk.admit(sampleRequest(party_id, `u${n}`))));
    const gathered = await node.store.gather(party_id, look);
    assert.deepEqual([gathered?.inbox.length, gathered?.inbox_left], [1_000, 100]);
    await commits(node, claim, { taken: 1_000 });
    const rest = await node.store.gather(party_id, look);
    assert.deepEqual([rest?.inbox.length, rest?.inbox_left], [100, 0]);
  });
}

function wakingContract(worldFor: StoreWorldFor): void {
  const crowd = (node: StoreNode, party_id: string, from: number) =>
    Promise.all(Array.from({ length: 10 }, (_, n) => node.desk.admit(sampleRequest(party_id, `u${from + n}`))));

  test('store: a crowd wakes the leader once until it looks, and a host at once', async (t) => {
    const world = await worldFor(t);
    const [leader, gateway] = [await world.node(), await world.node()];
    const claim = await openAndClaim(leader);
    const { party_id } = claim.party;
    const woken = record<string>();
    t.after(await leader.store.onWake(party_id, woken.add));
    await crowd(gateway, party_id, 0);
    await gateway.desk.submit(party_id, command('c1'));
    await gateway.desk.submit(party_id, command('c2'));
    await crowd(gateway, party_id, 100);
    await leader.store.gather(party_id, look);
    await opensQuestion(leader, claim);
    await gateway.desk.accept(party_id, 1, [sampleDraft('u1')]);
    await gateway.desk.accept(party_id, 1, [sampleDraft('u2')]);
    await leader.store.gather(party_id, look);
    await gateway.desk.submit(party_id, command('barrier'));
    await woken.until(() => woken.seen.length >= 4);
    assert.deepEqual(woken.seen, ['soon', 'now', 'soon', 'now']);
  });

  test('store: an answer that changes nothing wakes nobody', async (t) => {
    const node = await (await worldFor(t)).node();
    const claim = await openAndClaim(node);
    const { party_id } = claim.party;
    await opensQuestion(node, claim);
    await node.desk.accept(party_id, 1, [sampleDraft('ann')]);
    await node.store.gather(party_id, look);
    const woken = record<string>();
    t.after(await node.store.onWake(party_id, woken.add));
    await node.desk.accept(party_id, 1, [sampleDraft('ann')]);
    await node.desk.accept(party_id, 2, [sampleDraft('ben')]);
    await node.desk.admit(sampleRequest(party_id, 'cid', { identity_keys: [] }));
    await woken.until(() => woken.seen.length > 0);
    await node.desk.admit(sampleRequest(party_id, 'cid'));
    await node.desk.submit(party_id, command('barrier'));
    await woken.until((urgency) => urgency === 'now');
    assert.deepEqual(woken.seen, ['soon', 'now'], 'one for the newcomer, one for the command');
  });

  test('store: a new claim hears of what comes after it', async (t) => {
    const node = await (await worldFor(t)).node();
    const { party_id } = (await openAndClaim(node)).party;
    await node.desk.submit(party_id, command('unheard'));
    await node.store.claim(party_id);
    const woken = record<string>();
    t.after(await node.store.onWake(party_id, woken.add));
    await node.desk.submit(party_id, command('heard'));
    await woken.until((urgency) => urgency === 'now');
  });
}

function attendingContract(worldFor: StoreWorldFor): void {
  const presence = (over: Partial<LocalPresence>): LocalPresence => ({
    ...{ players: 0, hosts: 0, spectators: 0, answered_round: 0 },
    ...over,
  });
  const attendance = async (node: StoreNode, party_id: string) => (await node.store.gather(party_id, look))?.attendance;

  test('store: attendance is summed over the gateways on the roll', async (t) => {
    const world = await worldFor(t);
    const [leader, gateway] = [await world.node(), await world.node()];
    const { party_id } = (await openAndClaim(leader)).party;
    const nobody = { players: 0, hosts: 0, spectators: 0, all_answered_round: 0 };
    assert.deepEqual(await attendance(leader, party_id), nobody);
    await gateway.desk.reportPresence(party_id, 'gw-1', presence({ players: 3, answered_round: 2 }), 'soon');
    await gateway.desk.reportPresence(party_id, 'gw-2', presence({ players: 4, hosts: 1, answered_round: 2 }), 'soon');
    await gateway.desk.reportPresence(party_id, 'gw-3', presence({ spectators: 5 }), 'soon');
    const everybody = { players: 7, hosts: 1, spectators: 5, all_answered_round: 2 };
    assert.deepEqual(await attendance(leader, party_id), everybody, 'not on the roll yet, but just heard of');
    await gateway.desk.reportPresence(party_id, 'gw-2', presence({ players: 4, hosts: 1, answered_round: 1 }), 'soon');
    assert.deepEqual(await attendance(leader, party_id), { ...everybody, all_answered_round: 0 });
    await gateway.desk.reportPresence(party_id, 'gw-2', presence({ hosts: 1 }), 'soon');
    const fewer = { players: 3, hosts: 1, spectators: 5, all_answered_round: 2 };
    assert.deepEqual(await attendance(leader, party_id), fewer, 'a gateway without players has no say');
    for (const id of ['gw-1', 'gw-2', 'gw-3']) await gateway.desk.reportPresence(party_id, id, presence({}), 'soon');
    assert.deepEqual(await attendance(leader, party_id), nobody);
  });

  test('store: a gateway that falls silent takes its counts with it', async (t) => {
    const world = await worldFor(t);
    const [leader, gateway] = [await world.node(), await world.node()];
    const { party_id } = (await openAndClaim(leader)).party;
    for (const id of ['silent', 'steady']) {
      await gateway.roll.beat(id);
      await gateway.desk.reportPresence(party_id, id, presence({ players: 1 }), 'soon');
    }
    const players = async () => {
      await gateway.roll.beat('steady');
      return (await attendance(leader, party_id))?.players;
    };
    assert.equal(await players(), 2);
    await world.pass(contractTimes.rollMs);
    await eventually(world, async () => (await players()) === 1);
    await eventually(world, async () => {
      await gateway.roll.beat('silent');
      return (await players()) === 2;
    });
  });

  test('store: a time without any gateway is known from its last beat to the next one', async (t) => {
    const world = await worldFor(t);
    const node = await world.node();
    const { party_id } = (await openAndClaim(node)).party;
    const silence = async () => (await node.store.gather(party_id, look))?.silence;
    await node.roll.beat('one');
    await node.roll.beat('two');
    await world.pass(contractTimes.rollMs / 2);
    const last = node.clock.now();
    await node.roll.beat('two');
    await world.pass(contractTimes.rollMs / 2 + 100);
    await node.roll.beat('two');
    assert.equal(await silence(), null, 'one of them was there all the time');
    await world.pass(contractTimes.rollMs + 500);
    const heardAgain = node.clock.now();
    await node.roll.beat('three');
    await eventually(world, async () => (await silence()) !== null);
    const { from, to } = (await silence()) ?? { from: 0, to: 0 };
    assert.ok(from >= last && from <= heardAgain - contractTimes.rollMs, `from ${from - last} ms after a beat`);
    assert.ok(Math.abs(to - heardAgain) <= 200, `to ${to - heardAgain} ms after the return`);
  });

  test('store: news of who is there wakes the leader as urgently as told, a heartbeat does not', async (t) => {
    const node = await (await worldFor(t)).node();
    const { party_id } = (await openAndClaim(node)).party;
    const woken = record<string>();
    t.after(await node.store.onWake(party_id, woken.add));
    const report = async (players: number, urgency: 'now' | 'soon') => {
      await node.desk.reportPresence(party_id, 'gw', presence({ players }), urgency);
      await node.store.gather(party_id, look);
    };
    await report(1, 'soon');
    await report(1, 'now');
    await report(2, 'now');
    await report(2, 'soon');
    await report(0, 'soon');
    await report(0, 'now');
    await node.desk.submit(party_id, command('barrier'));
    await woken.until(() => woken.seen.length >= 4);
    assert.deepEqual(woken.seen, ['soon', 'now', 'soon', 'now']);
  });
}

function removingContract(worldFor: StoreWorldFor): void {
  test('store: a removed party is gone, and its room code rests', async (t) => {
    const world = await worldFor(t);
    const [leader, gateway] = [await world.node(), await world.node()];
    const claim = await openAndClaim(leader, {}, { players: [samplePlayer('ann')] });
    const { party_id, room_code } = claim.party;
    await opensQuestion(leader, claim);
    await gateway.desk.accept(party_id, 1, [sampleDraft('ann')]);
    assert.equal(await leader.store.remove(party_id, claim.fence, room_code), true);
    assert.equal(await leader.store.remove(party_id, claim.fence, room_code), true, 'again, after a lost reply');
    assert.equal(await gateway.desk.snapshot(party_id), null);
    assert.equal(await gateway.desk.partyOfRoomCode(room_code), null);
    assert.equal(await leader.store.claim(party_id), null);
    assert.deepEqual(await all(leader.store.answers(party_id, 1)), []);
    assert.deepEqual(await all(leader.store.players(party_id)), []);
    const next = sampleParty({ room_code });
    const opening = { party: next, quiz: sampleQuiz, projection: sampleProjection(next), players: [] };
    assert.equal(await gateway.desk.open(opening), 'code_taken');
  });
}
