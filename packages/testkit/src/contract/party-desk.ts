/** What every PartyDesk owes the gateways: exact joins, exact answers, envelopes in order. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { type Hold, type Player, roomDefaults, type Settings, type Standing, scoredRound } from '@partyline/core';
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
  isBarrier,
  openAndClaim,
  record,
  type StoreWorldFor,
  sendsBarrier,
  watches,
} from './store-world.ts';

const settings = (over: Partial<Settings>): Settings => ({ ...roomDefaults, ...over });

export function partyDeskContract(worldFor: StoreWorldFor): void {
  openingContract(worldFor);
  joiningContract(worldFor);
  watchingContract(worldFor);
}

function openingContract(worldFor: StoreWorldFor): void {
  test('desk: an opened party is found by its room code and shown as it was opened', async (t) => {
    const { desk } = await (await worldFor(t)).node();
    const party = sampleParty();
    const projection = sampleProjection(party, { instant_key: '{"key":"sécret"}' });
    assert.equal(await desk.open({ party, quiz: sampleQuiz, projection, players: [samplePlayer('ann')] }), 'opened');
    assert.equal(await desk.partyOfRoomCode(party.room_code), party.party_id);
    assert.deepEqual(await desk.snapshot(party.party_id), {
      ...{ party_id: party.party_id, epoch: 1, seq: 0, phase: 'lobby', round: 1, opens_at: 0, closes_at: 0 },
      ...projection,
      ...{ players_total: 1, waiting_total: 0 },
    });
  });

  test('desk: what was never opened is not there', async (t) => {
    const { desk } = await (await worldFor(t)).node();
    const { party_id } = sampleParty();
    assert.equal(await desk.partyOfRoomCode('0'), null);
    assert.equal(await desk.snapshot(party_id), null);
    assert.deepEqual(await desk.listPlayers(party_id, 10), []);
    assert.deepEqual(await desk.admit(sampleRequest(party_id, 'ann')), { result: 'no_party' });
    assert.deepEqual(await desk.accept(party_id, 1, [sampleDraft('ann'), sampleDraft('ben')]), [
      { verdict: 'no_party' },
      { verdict: 'no_party' },
    ]);
    assert.equal(
      await desk.submit(party_id, { id: 'c1', by: 'host', session: 's1', action: { type: 'start' } }),
      'no_party',
    );
    await desk.reportPresence(party_id, 'gw', { players: 1, hosts: 0, spectators: 0, answered_round: 0 }, 'now');
    assert.equal(await desk.snapshot(party_id), null, 'nothing of this has brought it into being');
  });

  test('desk: a room code belongs to one party at a time', async (t) => {
    const world = await worldFor(t);
    const [a, b] = [await world.node(), await world.node()];
    const { room_code } = sampleParty();
    const openings = [a, b, a, b].map((node) => {
      const party = sampleParty({ room_code });
      return node.desk.open({ party, quiz: sampleQuiz, projection: sampleProjection(party), players: [] });
    });
    assert.deepEqual((await Promise.all(openings)).toSorted(), ['code_taken', 'code_taken', 'code_taken', 'opened']);
  });

  test('desk: opening a party again changes nothing and is no error', async (t) => {
    const node = await (await worldFor(t)).node();
    const claim = await openAndClaim(node);
    const party = { ...claim.party, title: 'another title' };
    const opening = { party, quiz: sampleQuiz, projection: sampleProjection(party), players: [samplePlayer('late')] };
    assert.equal(await node.desk.open({ ...opening, epoch: 7 }), 'opened');
    const snapshot = await node.desk.snapshot(party.party_id);
    assert.deepEqual([snapshot?.door.title, snapshot?.epoch, snapshot?.players_total], [claim.party.title, 1, 0]);
    await commits(node, claim);
  });

  test('desk: a restored party has the epoch and the players it is given', async (t) => {
    const node = await (await worldFor(t)).node();
    const players = Array.from({ length: 1_203 }, (_, n) => samplePlayer(`player-${n}`));
    const { epoch, seq, party } = await openAndClaim(node, {}, { players, epoch: 4 });
    assert.deepEqual([epoch, seq], [4, 0]);
    assert.deepEqual(await node.desk.listPlayers(party.party_id, 3), players.slice(0, 3));
    assert.deepEqual(await node.desk.listPlayers(party.party_id, 5_000), players);
    const kept = await all(node.store.players(party.party_id));
    assert.deepEqual(new Set(kept.map(({ user_id }) => user_id)), new Set(players.map(({ user_id }) => user_id)));
    assert.equal(kept.length, players.length);
  });

  test('desk: a restored party has the standings of its last scored round', async (t) => {
    const node = await (await worldFor(t)).node();
    const phase = { name: 'question', round: 3, opens_at: 1, closes_at: 2, extra_ms: 0 } as const;
    const party = sampleParty({ started_at: 1, current_round: 3, phase });
    const standings = Array.from({ length: 1_100 }, (_, n): [string, Standing] => [`u${n}`, sampleStanding(n)]);
    const opening = { party, quiz: sampleQuiz, projection: sampleProjection(party), players: [], epoch: 2 };
    assert.equal(await node.desk.open({ ...opening, standings }), 'opened');
    assert.deepEqual(new Map(await all(node.store.standings(party.party_id, scoredRound(party)))), new Map(standings));
    await node.desk.open({ ...opening, standings: [['u0', sampleStanding(9_999)]] });
    const [seat] = await node.desk.seats(party.party_id, ['u0'], { standings_round: 2, answers_round: 0 });
    assert.deepEqual(seat?.standing, sampleStanding(0), 'a second restorer changes nothing');
  });

  test('desk: in a restored party players hold what they held, and the banned stay out', async (t) => {
    const node = await (await worldFor(t)).node();
    const holdOf = (n: number): Hold => ({
      ...{ nickname_key: `náme ${n}`, roster_key: `line ${n}`, idempotency_key: `key ${n}` },
      identity_keys: [`user:u${n}`, `ref:${n}`],
    });
    const players = Array.from({ length: 1_100 }, (_, n) => samplePlayer(`u${n}`));
    const holds = players.map(({ user_id }, n): [string, Hold] => [user_id, holdOf(n)]);
    const party = sampleParty();
    const { party_id } = party;
    const opening = { party, quiz: sampleQuiz, projection: sampleProjection(party), players, holds, epoch: 2 };
    assert.equal(await node.desk.open({ ...opening, bans: ['eve', 'ref:eve'] }), 'opened');
    const admits = async (user_id: string, over: Partial<Hold>) =>
      (await node.desk.admit(sampleRequest(party_id, user_id, over))).result;
    assert.equal(await admits('new', { nickname_key: 'náme 1099' }), 'nickname_taken');
    assert.equal(await admits('new', { roster_key: 'line 0' }), 'roster_taken');
    assert.equal(await admits('eve', {}), 'banned');
    assert.equal(await admits('new', { identity_keys: ['ref:eve'] }), 'banned');
    const again = await node.desk.admit(sampleRequest(party_id, 'new', { idempotency_key: 'key 7' }));
    assert.deepEqual(again, { result: 'already_in', player: samplePlayer('u7'), same_key: true });
    const claim = claimed(await node.store.claim(party_id));
    await commits(node, claim, { players: { set: [], remove: ['u1'], ban: ['u2'] } });
    assert.equal(await admits('new', { nickname_key: 'náme 1', roster_key: 'line 1' }), 'admitted');
    assert.equal(await admits('other', { identity_keys: ['ref:2'] }), 'banned');
  });

  test('desk: what is held in an open party is not touched by a second restorer', async (t) => {
    const node = await (await worldFor(t)).node();
    const { party } = await openAndClaim(node, {}, { epoch: 2 });
    const hold: Hold = { nickname_key: 'ann', roster_key: null, idempotency_key: 'key', identity_keys: [] };
    const opening = { party, quiz: sampleQuiz, projection: sampleProjection(party), players: [] };
    assert.equal(await node.desk.open({ ...opening, epoch: 2, holds: [['late', hold]] }), 'opened');
    assert.equal((await node.desk.admit(sampleRequest(party.party_id, 'ben', hold))).result, 'admitted');
  });
}

function joiningContract(worldFor: StoreWorldFor): void {
  test('desk: players are admitted in order and counted', async (t) => {
    const node = await (await worldFor(t)).node();
    const { party } = await openAndClaim(node, {}, { players: [samplePlayer('owner')] });
    const { party_id } = party;
    const [zoe, abe] = [samplePlayer('zoe', { team: 'chosen' }), samplePlayer('abe')];
    const admitted = (player: Player, players_total: number) => ({ result: 'admitted', player, players_total });
    assert.deepEqual(await node.desk.admit(sampleRequest(party_id, 'zoe', { player: zoe })), admitted(zoe, 2));
    assert.deepEqual(await node.desk.admit(sampleRequest(party_id, 'abe')), admitted(abe, 3));
    assert.deepEqual(await node.desk.listPlayers(party_id, 0), []);
    const listed = await node.desk.listPlayers(party_id, 10);
    assert.deepEqual(listed, [samplePlayer('owner'), zoe, abe]);
    assert.equal((await node.desk.snapshot(party_id))?.players_total, 3);
  });

  test('desk: who waits to be let in is counted apart, between two commits too', async (t) => {
    const node = await (await worldFor(t)).node();
    const claim = await openAndClaim(node, { settings: settings({ approve_joins: true }) });
    const { party_id } = claim.party;
    const count = async (): Promise<(number | undefined)[]> => {
      const snapshot = await node.desk.snapshot(party_id);
      return [snapshot?.players_total, snapshot?.waiting_total];
    };
    for (const user_id of ['ann', 'ben']) {
      const player = samplePlayer(user_id, { status: 'waiting' });
      await node.desk.admit(sampleRequest(party_id, user_id, { player }));
    }
    assert.deepEqual(await count(), [0, 2]);
    const party = { ...claim.party, players_total: 1, waiting_total: 1 };
    const players = { set: [samplePlayer('ann')], remove: [], ban: [] };
    await commits(node, claim, { party, projection: sampleProjection(party), players });
    assert.deepEqual(await count(), [1, 1]);
  });

  test('desk: a taken user id is told from the same join repeated', async (t) => {
    const node = await (await worldFor(t)).node();
    const { party_id } = (await openAndClaim(node)).party;
    const first = sampleRequest(party_id, 'ann', {
      idempotency_key: 'key-1',
      player: samplePlayer('ann', { nickname: 'A' }),
    });
    await node.desk.admit(first);
    const again = { result: 'already_in', player: first.player, same_key: true };
    assert.deepEqual(await node.desk.admit(first), again);
    assert.deepEqual(
      await node.desk.admit(sampleRequest(party_id, 'newly-drawn-id', { idempotency_key: 'key-1' })),
      again,
      'the key names the player, whatever id was drawn this time',
    );
    const stranger = sampleRequest(party_id, 'ann', { idempotency_key: 'key-2' });
    assert.deepEqual(await node.desk.admit(stranger), { ...again, same_key: false });
    assert.deepEqual(await node.desk.admit(sampleRequest(party_id, 'ann')), { ...again, same_key: false });
    assert.equal((await node.desk.snapshot(party_id))?.players_total, 1);
  });

  test('desk: capacity is exact however many join at once on several gateways', async (t) => {
    const world = await worldFor(t);
    const nodes = [await world.node(), await world.node(), await world.node()] as const;
    const { party_id } = (await openAndClaim(nodes[0], { settings: settings({ max_players: 50 }) })).party;
    const joins = Array.from({ length: 150 }, (_, n) =>
      (nodes[n % 3] ?? nodes[0]).desk.admit(sampleRequest(party_id, `u${n}`)),
    );
    const admissions = await Promise.all(joins);
    const totals = admissions.flatMap((admission) =>
      admission.result === 'admitted' ? [admission.players_total] : [],
    );
    assert.deepEqual(
      totals.toSorted((a, b) => a - b),
      Array.from({ length: 50 }, (_, n) => n + 1),
    );
    assert.equal(admissions.filter(({ result }) => result === 'full').length, 100);
  });

  for (const auto_teams of [
    ['Owls', 'Foxes'],
    ['Owls', 'Foxes', 'Bears'],
  ]) {
    test(`desk: ${auto_teams.length} teams fill evenly however many join at once on several gateways`, async (t) => {
      const world = await worldFor(t);
      const nodes = [await world.node(), await world.node(), await world.node()] as const;
      const { party_id } = (await openAndClaim(nodes[0], {}, { players: [samplePlayer('owner')] })).party;
      const admissions = await Promise.all(
        Array.from({ length: 60 }, (_, n) =>
          (nodes[n % 3] ?? nodes[0]).desk.admit(sampleRequest(party_id, `u${n}`, { auto_teams })),
        ),
      );
      const told = admissions.flatMap((admission) => (admission.result === 'admitted' ? [admission.player] : []));
      const sizes = auto_teams.map((name) => told.filter(({ team }) => team === name).length);
      assert.deepEqual([told.length, Math.max(...sizes) - Math.min(...sizes)], [60, 0]);
      const stored = new Map((await nodes[1].desk.listPlayers(party_id, 100)).map((one) => [one.user_id, one]));
      for (const player of told) assert.deepEqual(stored.get(player.user_id), player);
    });
  }

  test('desk: the leader hears of a player with the team, and the same join repeated keeps it', async (t) => {
    const node = await (await worldFor(t)).node();
    const { party_id } = (await openAndClaim(node)).party;
    const teams = { auto_teams: ['Owls', 'Foxes'] };
    const ann = samplePlayer('ann', { team: 'Owls' });
    const ben = samplePlayer('ben', { team: 'Foxes' });
    const first = sampleRequest(party_id, 'ann', { ...teams, idempotency_key: 'key-1' });
    assert.deepEqual(await node.desk.admit(first), { result: 'admitted', player: ann, players_total: 1 });
    assert.deepEqual(await node.desk.admit(first), { result: 'already_in', player: ann, same_key: true });
    assert.deepEqual(await node.desk.admit(sampleRequest(party_id, 'ann', teams)), {
      ...{ result: 'already_in', player: ann, same_key: false },
    });
    const second = await node.desk.admit(sampleRequest(party_id, 'ben', teams));
    assert.deepEqual(second, { result: 'admitted', player: ben, players_total: 2 });
    const gathered = await node.store.gather(party_id, { round: 0, counts: false, feed_from: null });
    assert.deepEqual(
      gathered?.inbox.map((item) => item.type === 'joined' && item.player),
      [ann, ben],
    );
  });

  test('desk: of many who want one nickname or one roster line, one gets it', async (t) => {
    const world = await worldFor(t);
    const nodes = [await world.node(), await world.node()] as const;
    const { party_id } = (await openAndClaim(nodes[0])).party;
    const joins = (over: { nickname_key?: string; roster_key?: string }, from: number) =>
      Promise.all(
        Array.from({ length: 20 }, async (_, n) => {
          const request = sampleRequest(party_id, `u${from + n}`, over);
          return (await (nodes[n % 2] ?? nodes[0]).desk.admit(request)).result;
        }),
      );
    const named = await joins({ nickname_key: 'annа' }, 0);
    assert.deepEqual([named.filter((result) => result === 'admitted').length, new Set(named).size], [1, 2]);
    assert.ok(named.includes('nickname_taken'));
    const listed = await joins({ roster_key: 'annа' }, 100);
    assert.deepEqual([listed.filter((result) => result === 'admitted').length, new Set(listed).size], [1, 2]);
    assert.ok(listed.includes('roster_taken'), 'roster lines and nicknames are apart, though they read the same');
  });

  test('desk: a locked party lets nobody in, and those inside stay known', async (t) => {
    const node = await (await worldFor(t)).node();
    const claim = await openAndClaim(node);
    const { party_id } = claim.party;
    await node.desk.admit(sampleRequest(party_id, 'ann'));
    const open = await commits(node, claim, { party: { ...claim.party, locked: true } });
    assert.deepEqual(await node.desk.admit(sampleRequest(party_id, 'ben')), { result: 'locked' });
    assert.equal((await node.desk.admit(sampleRequest(party_id, 'ann'))).result, 'already_in');
    await commits(node, open, { party: claim.party });
    assert.equal((await node.desk.admit(sampleRequest(party_id, 'ben'))).result, 'admitted');
  });

  test('desk: a started party takes late comers only where its settings say so', async (t) => {
    const node = await (await worldFor(t)).node();
    for (const late_join of [true, false]) {
      const claim = await openAndClaim(node, { settings: settings({ late_join }) });
      const { party_id } = claim.party;
      assert.equal((await node.desk.admit(sampleRequest(party_id, 'early'))).result, 'admitted');
      const phase = { name: 'question', round: 1, opens_at: 1, closes_at: 2, extra_ms: 0 } as const;
      const started = await commits(node, claim, { party: { ...claim.party, phase } });
      const { result } = await node.desk.admit(sampleRequest(party_id, 'late'));
      assert.equal(result, late_join ? 'admitted' : 'too_late');
      const finished = { name: 'finished', ended_at: 3, reason: 'completed', results: 'pending' } as const;
      await commits(node, started, { party: { ...claim.party, phase: finished } });
      assert.equal((await node.desk.admit(sampleRequest(party_id, 'too-late'))).result, 'too_late');
    }
  });

  test('desk: one who was removed may come back, and what was held is free', async (t) => {
    const node = await (await worldFor(t)).node();
    const claim = await openAndClaim(node);
    const { party_id } = claim.party;
    const held = { nickname_key: 'ann', roster_key: 'line 1', idempotency_key: 'key-1', identity_keys: ['device-1'] };
    await node.desk.admit(sampleRequest(party_id, 'ann', held));
    await node.desk.admit(sampleRequest(party_id, 'ben'));
    await commits(node, claim, { players: { set: [], remove: ['ann', 'nobody'], ban: [] } });
    assert.deepEqual(await node.desk.listPlayers(party_id, 10), [samplePlayer('ben')]);
    const other = await node.desk.admit(sampleRequest(party_id, 'other', { ...held, idempotency_key: null }));
    assert.deepEqual(other, { result: 'admitted', player: samplePlayer('other'), players_total: 2 });
    const back = await node.desk.admit(sampleRequest(party_id, 'ann', { idempotency_key: 'key-1' }));
    assert.deepEqual(back, { result: 'admitted', player: samplePlayer('ann'), players_total: 3 });
    const listed = await node.desk.listPlayers(party_id, 10);
    assert.deepEqual(
      listed.map(({ user_id }) => user_id),
      ['ben', 'other', 'ann'],
    );
  });

  test('desk: one who was banned stays out under every identity', async (t) => {
    const node = await (await worldFor(t)).node();
    const claim = await openAndClaim(node);
    const { party_id } = claim.party;
    const held = { nickname_key: 'ann', identity_keys: ['device-1', 'ref-1'], idempotency_key: 'key-1' };
    await node.desk.admit(sampleRequest(party_id, 'ann', held));
    await commits(node, claim, { players: { set: [], remove: ['cat'], ban: ['ann'] } });
    assert.deepEqual(await node.desk.bannedAmong(party_id, ['ann', 'ben', 'cat', 'ann']), ['ann', 'ann']);
    assert.deepEqual(await node.desk.bannedAmong(party_id, []), []);
    assert.deepEqual(await node.desk.bannedAmong('another-party', ['ann']), []);
    const admitted = async (user_id: string, over: object) =>
      (await node.desk.admit(sampleRequest(party_id, user_id, over))).result;
    assert.equal(await admitted('ann', {}), 'banned');
    assert.equal(await admitted('ann', held), 'banned');
    assert.equal(await admitted('new-id', { identity_keys: ['ref-1'] }), 'banned');
    assert.equal(await admitted('new-id', { identity_keys: ['x', 'device-1'] }), 'banned');
    assert.equal(await admitted('ben', { nickname_key: 'ann', identity_keys: ['device-2'] }), 'admitted');
  });

  test('desk: a seat holds what is personal, and nothing for whoever is not there', async (t) => {
    const node = await (await worldFor(t)).node();
    const claim = await openAndClaim(node, {}, { players: [samplePlayer('ann'), samplePlayer('ben')] });
    const { party_id } = claim.party;
    const now = node.clock.now();
    const phase = { name: 'question', round: 2, opens_at: now, closes_at: now + 60_000, extra_ms: 0 } as const;
    await commits(node, claim, { party: { ...claim.party, current_round: 2, phase } });
    const [accepted] = await node.desk.accept(party_id, 2, [sampleDraft('ann', 'b', { id: 'm1' })]);
    assert.equal(accepted?.verdict, 'accepted');
    const standing = sampleStanding(950, { last: { answered: true, correct: null, points: 0 } });
    await node.store.writeStandings(party_id, claim.fence, 1, [['ben', standing]]);
    const seats = await node.desk.seats(party_id, ['ben', 'ann', 'eve'], { standings_round: 1, answers_round: 2 });
    const elapsed_ms = accepted?.verdict === 'accepted' ? accepted.elapsed_ms : -1;
    assert.deepEqual(seats, [
      { player: samplePlayer('ben'), standing, answer: null },
      { player: samplePlayer('ann'), standing: null, answer: { id: 'm1', choice: 'b', elapsed_ms } },
      { player: null, standing: null, answer: null },
    ]);
    const bare = await node.desk.seats(party_id, ['ann', 'ben'], { standings_round: 0, answers_round: 0 });
    assert.deepEqual(bare, [
      { player: samplePlayer('ann'), standing: null, answer: null },
      { player: samplePlayer('ben'), standing: null, answer: null },
    ]);
    assert.deepEqual(await node.desk.seats(party_id, [], { standings_round: 1, answers_round: 1 }), []);
    const many = Array.from({ length: 1_100 }, (_, n) => (n === 1_050 ? 'ann' : `nobody-${n}`));
    const found = await node.desk.seats(party_id, many, { standings_round: 1, answers_round: 2 });
    assert.deepEqual([found.length, found[1_050]?.player?.user_id], [1_100, 'ann']);
  });

  test('desk: accounts after a round come in the order asked, and nothing for whoever has none', async (t) => {
    const node = await (await worldFor(t)).node();
    const { party, fence } = await openAndClaim(node);
    const { party_id } = party;
    const standing = sampleStanding(950, { last: { answered: true, correct: null, points: 0 } });
    await node.store.writeStandings(party_id, fence, 1, [['ben', standing]]);
    assert.deepEqual(await node.desk.standingsOf(party_id, ['ann', 'ben'], 1), [null, standing]);
    assert.deepEqual(await node.desk.standingsOf(party_id, ['ben'], 2), [null]);
    assert.deepEqual(await node.desk.standingsOf(party_id, [], 1), []);
    const many = Array.from({ length: 1_100 }, (_, n) => (n === 1_050 ? 'ben' : `nobody-${n}`));
    const found = await node.desk.standingsOf(party_id, many, 1);
    assert.deepEqual([found.length, found[1_050]], [1_100, standing]);
  });
}

function watchingContract(worldFor: StoreWorldFor): void {
  test('desk: every watcher gets every envelope of a party, as it was and in order', async (t) => {
    const world = await worldFor(t);
    const [leader, other] = [await world.node(), await world.node()];
    let claim = await openAndClaim(leader);
    const { party_id } = claim.party;
    const watching = [
      await watches(t, leader, party_id),
      await watches(t, other, party_id),
      await watches(t, other, party_id),
    ];
    const sent = [];
    for (let n = 0; n < 30; n += 1) {
      const envelopes = [
        sampleEnvelope(claim, claim.seq + 1, { type: 'question', audience: n % 2 === 0 ? 'all' : 'host' }),
        sampleEnvelope(claim, claim.seq + 2, { form: 'personal', audience: 'players', round: 3 }),
        sampleEnvelope(claim, claim.seq + 2, { audience: { reply_to: 'user "1"' }, frame: '{"type":"ack"}' }),
      ];
      sent.push(...envelopes);
      claim = await commits(leader, claim, { envelopes });
    }
    await sendsBarrier(leader, claim);
    for (const { seen, until } of watching) {
      await until(isBarrier);
      assert.deepEqual(
        seen.filter((envelope) => !isBarrier(envelope)),
        sent,
      );
    }
  });

  test('desk: nothing comes of a party that is not watched, or not any more', async (t) => {
    const world = await worldFor(t);
    const [leader, watcher] = [await world.node(), await world.node()];
    const quiet = await openAndClaim(leader);
    const loud = await openAndClaim(leader);
    const heard = record<string>();
    const leave = await watcher.desk.watch(quiet.party.party_id, {
      envelope: ({ type }) => heard.add(type),
      doubt: () => undefined,
    });
    const barriers = await watches(t, watcher, loud.party.party_id);
    const after = await commits(leader, quiet, { envelopes: [sampleEnvelope(quiet, 1)] });
    await heard.until((type) => type === 'lobby');
    await leave();
    await leave();
    await commits(leader, after, { envelopes: [sampleEnvelope(after, 2)] });
    await sendsBarrier(leader, loud);
    await barriers.until(isBarrier);
    assert.deepEqual(heard.seen, ['lobby']);
    assert.deepEqual(
      barriers.seen.map(({ type }) => type),
      ['barrier'],
    );
  });

  test('desk: who has come to which gateway is heard by all that watch the party, the teller too, between its envelopes', async (t) => {
    const world = await worldFor(t);
    const [one, two] = [await world.node(), await world.node()];
    const claim = await openAndClaim(one);
    const { party_id } = claim.party;
    const heard = { one: record<string>(), two: record<string>() };
    for (const [name, node] of [
      ['one', one],
      ['two', two],
    ] as const) {
      const leave = await node.desk.watch(party_id, {
        envelope: ({ type }) => heard[name].add(type),
        came: (gateway_id, user_ids) => heard[name].add(`${gateway_id}: ${user_ids.join(', ')}`),
        doubt: () => undefined,
      });
      t.after(leave);
    }
    await one.desk.tellCame(party_id, 'gw-1', ['ann', 'bén "b"']);
    await two.desk.tellCame(party_id, 'gw-2', ['ann']);
    await sendsBarrier(one, claim);
    for (const { seen, until } of Object.values(heard)) {
      await until((said) => said === 'barrier');
      assert.deepEqual(seen, ['gw-1: ann, bén "b"', 'gw-2: ann', 'barrier']);
    }
  });

  test('desk: a party is watched again after its last watcher has left', async (t) => {
    const node = await (await worldFor(t)).node();
    const claim = await openAndClaim(node);
    const { party_id } = claim.party;
    const first = await node.desk.watch(party_id, { envelope: () => assert.fail('has left'), doubt: () => undefined });
    const [, again] = await Promise.all([first(), watches(t, node, party_id)]);
    await sendsBarrier(node, claim);
    await again.until(isBarrier);
    assert.equal(again.seen.length, 1);
  });

  test('desk: the epoch, seq and view of a snapshot are those of one commit', async (t) => {
    const world = await worldFor(t);
    const [leader, reader] = [await world.node(), await world.node()];
    let claim = await openAndClaim(leader);
    const { party_id } = claim.party;
    const reading = { done: false };
    const reads = (async () => {
      while (!reading.done) {
        const snapshot = await reader.desk.snapshot(party_id);
        if (snapshot !== null && snapshot.seq > 0) assert.equal(snapshot.view, `${snapshot.seq}`);
      }
    })();
    for (let n = 1; n <= 40; n += 1) {
      const projection = sampleProjection(claim.party, { view: `${n}`, host_view: `${n}` });
      claim = await commits(leader, claim, { projection, envelopes: [sampleEnvelope(claim, n)] });
    }
    reading.done = true;
    await reads;
    assert.equal(claimed(await leader.store.claim(party_id)).seq, 40);
    assert.equal((await leader.store.commit(sampleTurn(claim))).result, 'fenced');
  });
}
