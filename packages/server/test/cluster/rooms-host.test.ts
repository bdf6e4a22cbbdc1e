/** Every host command over real sockets on three nodes: when it is refused, that it took effect before its reply, and once. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { closeCodes } from '@partyline/protocol';
import { eventually, sleep } from './repeats.ts';
import { type Loose, type Opened, playRound, roomStage, together } from './rooms-stage.ts';

const trueFalse = {
  kind: 'true_false' as const,
  prompt: 'Is it so?',
  answer: true,
  time_limit_seconds: 60,
};
const slow = { advance_when_all_answered: false };

test('host commands on three nodes', { concurrency: 10 }, async (t) => {
  const stage = await roomStage(t);
  const { call } = stage;
  const { check, done } = together(t);

  check(
    'start opens round 1, is refused afterwards, and the same id is answered the same without a second effect',
    async () => {
      const room = await stage.open([trueFalse, trueFalse], slow);
      const host = await stage.host(room);
      const [ann] = await stage.players(room, ['Ann']);
      const first = await host.ask('start', {}, 'begin');
      assert.equal(first.type, 'ack');
      assert.equal((await host.state()).phase, 'question');
      const again = await host.ask('start', {}, 'begin');
      assert.deepEqual([again.type, again.data], [first.type, first.data]);
      assert.equal(await host.say('start'), 'not_allowed');
      await ann?.state();
      assert.equal(ann?.count('question'), 1);
    },
  );

  check(
    'next closes a question, opens the following one, and finishes after the last; an id repeated does not go on',
    async () => {
      const room = await stage.open([trueFalse, trueFalse], slow);
      const host = await stage.host(room);
      assert.equal(await host.say('next', {}, 'n1'), 'ok');
      assert.equal(await host.say('next', {}, 'n2'), 'ok');
      await host.seen('reveal');
      assert.equal(await host.say('next', {}, 'n2'), 'ok');
      assert.deepEqual([(await host.state()).phase, (await host.state()).round], ['reveal', 1]);
      assert.equal(await host.say('next', {}, 'n3'), 'ok');
      assert.equal(await host.say('next', {}, 'n3'), 'ok');
      assert.deepEqual([(await host.state()).phase, (await host.state()).round], ['question', 2]);
      await host.say('next');
      await host.seen('reveal', ({ round }) => round === 2);
      await host.say('next');
      assert.equal((await host.seen('finished')).reason, 'completed');
      assert.equal(await host.say('start'), 'not_allowed');
    },
  );

  check('skip leaves the round out of the scores, of the results and of the stats', async () => {
    const room = await stage.open([trueFalse, trueFalse], { ...slow, scoring: 'accuracy' });
    const host = await stage.host(room);
    const [ann] = await stage.players(room, ['Ann']);
    assert.ok(ann !== undefined);
    assert.equal(await host.say('skip'), 'not_allowed');
    await host.say('start');
    await ann.seen('question');
    assert.equal(await ann.say('answer', { round: 1, choice: 'true' }), 'ok');
    assert.equal(await host.say('skip', {}, 'leave-out'), 'ok');
    assert.equal((await ann.seen('round_skipped')).round, 1);
    await ann.seen('question', ({ round }) => round === 2);
    assert.equal(await host.say('skip', {}, 'leave-out'), 'ok');
    const reveal = await playRound(host, 2, [[ann, 'true']]);
    assert.equal(reveal.leaderboard[0]?.score, 1_000);
    await host.say('next');
    await stage.saved(room);
    const { body } = await call('GET', `/api/party/${room.party_id}/results`, { token: room.host_token });
    assert.equal(body.leaderboard[0].score, 1_000);
    assert.equal(body.leaderboard[0].answered, 1);
    const stats = await call('GET', `/api/party/${room.party_id}/stats`, { token: room.host_token });
    assert.deepEqual([stats.body.rounds, stats.body.answered], [1, 1]);
  });

  check('pause stops the clock and refuses answers, resume goes on with what was left', async () => {
    const room = await stage.open([{ ...trueFalse, time_limit_seconds: 30 }], slow);
    const host = await stage.host(room);
    const [ann] = await stage.players(room, ['Ann']);
    assert.ok(ann !== undefined);
    assert.equal(await host.say('pause'), 'not_allowed');
    assert.equal(await host.say('resume'), 'not_allowed');
    await host.say('start');
    await ann.seen('question');
    assert.equal(await host.say('pause', {}, 'halt'), 'ok');
    const { closes_in_ms } = await ann.seen('paused');
    assert.equal((await ann.state()).phase, 'paused');
    const early = await ann.ask('answer', { round: 1, choice: 'true' }, 'early');
    assert.ok(early.type === 'error' && early.data.code === 'retry');
    assert.match(early.data.detail, /paused/);
    const paused = stage.cluster.up().map((node) => node.metric('partyline_answers_total{result="paused"}'));
    assert.ok(Math.max(...(await Promise.all(paused))) > 0, 'counted as a pause, not as a fault');
    for (const command of ['next', 'start', 'pause']) assert.equal(await host.say(command), 'not_allowed', command);
    assert.equal(await host.say('extend', { seconds: 5 }), 'not_allowed');
    await sleep(700);
    assert.equal(await host.say('resume'), 'ok');
    const resumed = await ann.seen('resumed');
    assert.ok(Math.abs((resumed.closes_in_ms ?? 0) - (closes_in_ms ?? 0)) < 50, 'the pause took time');
    assert.equal(await host.say('pause', {}, 'halt'), 'ok');
    assert.equal((await host.state()).phase, 'question');
    assert.equal(await ann.say('answer', { round: 1, choice: 'true' }), 'ok');
  });

  check('extend gives the seconds once, and takes only a question and a number above 0', async () => {
    const room = await stage.open([trueFalse], slow);
    const host = await stage.host(room);
    assert.equal(await host.say('extend', { seconds: 10 }), 'not_allowed');
    await host.say('start');
    const before = (await host.state()).closes_in_ms ?? 0;
    assert.equal(await host.say('extend', { seconds: 100 }, 'more'), 'ok');
    assert.equal(await host.say('extend', { seconds: 100 }, 'more'), 'ok');
    const after = (await host.state()).closes_in_ms ?? 0;
    assert.ok(after > before + 90_000 && after <= before + 100_000, `${before} became ${after}`);
    assert.equal((await host.seen('extended')).round, 1);
    for (const seconds of [0, -5, 301, 1.5, 'ten']) assert.equal(await host.say('extend', { seconds }), 'invalid');
    assert.equal(await host.say('extend'), 'invalid');
  });

  check('lock keeps everybody out on every node, unlock lets them in, and both may be repeated', async () => {
    const room = await stage.open([trueFalse]);
    const host = await stage.host(room);
    const path = `/api/rooms/${room.room_code}`;
    for (const id of ['l1', 'l1', 'l2']) assert.equal(await host.say('lock', {}, id), 'ok');
    for (const node of [0, 1, 2]) {
      const refused = await call('POST', `${path}/join`, { body: { nickname: `P${node}` } });
      assert.deepEqual([refused.status, refused.body.code], [403, 'party_locked']);
      assert.equal((await call('GET', path)).body.locked, true);
    }
    assert.equal(await host.say('unlock'), 'ok');
    await stage.join(room, { nickname: 'Ann' });
    assert.equal(await host.say('lock', {}, 'l1'), 'ok');
    assert.equal((await call('GET', path)).body.locked, false);
    await host.state();
    assert.deepEqual([host.count('locked'), host.count('unlocked')], [1, 1]);
  });

  check('kick closes the sockets and the token of a player, who may come back as another one', async () => {
    const room = await stage.open([trueFalse]);
    const host = await stage.host(room);
    const [ann, bob] = await stage.players(room, ['Ann', 'Bob']);
    assert.ok(ann !== undefined && bob !== undefined);
    assert.equal(await host.say('kick', { user_id: 'p_nobody' }), 'invalid');
    assert.equal(await host.say('kick'), 'invalid');
    assert.equal(await host.say('kick', { user_id: bob.user_id }, 'out'), 'ok');
    assert.equal(await bob.closed, closeCodes.removed.code);
    assert.deepEqual(await ann.seen('player_removed'), { user_id: bob.user_id, banned: false });
    assert.equal(await host.say('kick', { user_id: bob.user_id }, 'out'), 'ok');
    const { players_total, players } = await host.state();
    assert.deepEqual([players_total, players.map(({ nickname }) => nickname)], [1, ['Ann']]);
    const path = `/api/party/${room.party_id}/leaderboard`;
    assert.notEqual((await call('GET', path, { token: bob.token })).status, 200);
    await stage.join(room, { nickname: 'Bob' });
  });

  check('a ban is of the person, not of the name', async () => {
    const room = await stage.open([trueFalse]);
    const host = await stage.host(room);
    const eve = await stage.join(room, { nickname: 'Eve', player_ref: 'pupil-7' });
    const screen = await stage.screen(room.party_id, eve.token, 2);
    assert.equal(await host.say('ban', { user_id: eve.user_id }), 'ok');
    assert.deepEqual(await host.seen('player_removed'), { user_id: eve.user_id, banned: true });
    assert.equal(await screen.closed, closeCodes.banned.code);
    const path = `/api/rooms/${room.room_code}/join`;
    for (const asked of [
      { body: { nickname: 'Adam', player_ref: 'pupil-7' } },
      { body: { nickname: 'Adam' }, token: eve.token },
    ]) {
      const refused = await call('POST', path, asked);
      assert.deepEqual([refused.status, refused.body.code], [403, 'banned']);
    }
    await stage.join(room, { nickname: 'Eve', player_ref: 'pupil-8' });
  });

  check('who waits is shown to the host alone and plays after approve', async () => {
    const room = await stage.open([trueFalse], { ...slow, approve_joins: true });
    const host = await stage.host(room);
    const ann = await stage.join(room, { nickname: 'Ann' });
    assert.equal(ann.status, 'waiting');
    const screen = await stage.screen(room.party_id, ann.token, 1);
    assert.equal((await screen.seen('state')).you.status, 'waiting');
    const counted = async (): Promise<number[]> => {
      const { body } = await call('GET', `/api/rooms/${room.room_code}`);
      return [body.players, body.waiting];
    };
    assert.deepEqual(await counted(), [0, 1]);
    await host.seen('lobby', ({ waiting_total }) => waiting_total === 1);
    const { waiting, players } = await host.state();
    assert.deepEqual([waiting, players], [[{ user_id: ann.user_id, nickname: 'Ann' }], []]);
    await host.say('start');
    assert.equal(await screen.say('answer', { round: 1, choice: 'true' }), 'not_allowed');
    assert.equal(screen.count('question'), 0, 'the waiting see no question');
    assert.equal(await host.say('approve', { user_id: 'p_nobody' }), 'invalid');
    assert.equal(await host.say('approve', { user_id: ann.user_id }, 'in'), 'ok');
    assert.equal(await host.say('approve', { user_id: ann.user_id }, 'in'), 'ok');
    const state = await screen.seen('state', ({ you }) => you.status === 'playing');
    assert.equal(state.phase, 'question');
    assert.equal(await screen.say('answer', { round: 1, choice: 'true' }), 'ok');
    assert.equal((await host.state()).players_total, 1);
    assert.deepEqual(await counted(), [1, 0]);
  });

  check('who still waits at the door keeps no question open', async () => {
    const room = await stage.open([trueFalse], { approve_joins: true });
    const host = await stage.host(room);
    const [ann, eve] = await stage.players(room, ['Ann', 'Eve']);
    assert.ok(ann !== undefined && eve !== undefined);
    assert.equal(await host.say('approve', { user_id: ann.user_id }), 'ok');
    await ann.seen('state', ({ you }) => you.status === 'playing');
    await host.say('start');
    await ann.seen('question');
    assert.equal(await ann.say('answer', { round: 1, choice: 'true' }), 'ok');
    await ann.seen('reveal');
    assert.equal(eve.count('reveal'), 0);
  });

  check('end reveals the open question and finishes; afterwards nothing is allowed', async () => {
    const room = await stage.open([trueFalse, trueFalse, trueFalse], { ...slow, scoring: 'accuracy' });
    const host = await stage.host(room);
    const [ann] = await stage.players(room, ['Ann']);
    assert.ok(ann !== undefined);
    await host.say('start');
    await ann.seen('question');
    await ann.say('answer', { round: 1, choice: 'true' });
    assert.equal(await host.say('end', {}, 'over'), 'ok');
    const finished = await ann.seen('finished');
    assert.deepEqual([finished.reason, finished.you?.score, ann.count('reveal')], ['ended', 1_000, 1]);
    assert.equal(await host.say('end', {}, 'over'), 'ok');
    for (const command of ['start', 'next', 'skip', 'pause', 'resume', 'lock', 'unlock', 'end']) {
      assert.equal(await host.say(command), 'not_allowed', command);
    }
    const late = await call('POST', `/api/rooms/${room.room_code}/join`, { body: { nickname: 'Bob' } });
    assert.ok([403, 404].includes(late.status), `joining answered ${late.status}`);
  });

  check("a player's token is refused every host command, and the game goes on as it was", async () => {
    const room = await stage.open([trueFalse], slow);
    const host = await stage.host(room);
    const [ann, bob] = await stage.players(room, ['Ann', 'Bob']);
    assert.ok(ann !== undefined && bob !== undefined);
    for (const command of ['start', 'next', 'skip', 'pause', 'resume', 'lock', 'unlock', 'end']) {
      assert.equal(await ann.say(command), 'not_allowed', command);
    }
    for (const command of ['kick', 'ban', 'approve']) {
      assert.equal(await ann.say(command, { user_id: bob.user_id }), 'not_allowed', command);
    }
    assert.equal(await ann.say('extend', { seconds: 10 }), 'not_allowed');
    // Joins are told with some company: the state may be a little behind them.
    await eventually('both are told of', 5_000, async () => (await host.state()).players_total === 2);
    const { phase, locked } = await host.state();
    assert.deepEqual([phase, locked], ['lobby', false]);
  });

  check('the newest screen of the host controls, the older one watches', async () => {
    const room = await stage.open([trueFalse], slow);
    const older = await stage.host(room, 0);
    assert.equal(await older.say('lock'), 'ok');
    const newer = await stage.host(room, 1);
    await eventually('the newer screen has control', 5_000, async () => (await newer.say('unlock')) === 'ok');
    const told = await older.seen('control');
    assert.deepEqual(told, { screen: (await newer.state()).screen });
    const { screen, controller } = await older.state();
    assert.deepEqual([controller, screen === controller], [told.screen, false]);
    assert.equal(await older.say('start'), 'not_allowed');
    assert.equal(await newer.say('start'), 'ok');
    await older.seen('question');
  });

  check('when the screen that has control is gone, another one takes it over a new socket', async () => {
    const room = await stage.open([trueFalse], slow);
    const [ann] = await stage.players(room, ['Ann']);
    const older = await stage.host(room, 0);
    const newer = await stage.host(room, 1);
    await older.seen('control');
    newer.close();
    await newer.closed;
    older.close();
    const again = await stage.host(room, 0);
    await eventually('the screen that stayed has control', 5_000, async () => (await again.say('start')) === 'ok');
    await ann?.seen('question');
    assert.equal(ann?.count('control'), 0, 'players are not told');
    assert.ok(!('screen' in ((await ann?.state()) ?? {})));
  });

  check('a host finds the rooms that are over by the key alone, and no other key does', async () => {
    const listed = async (token: string, more = ''): Promise<Loose[]> =>
      (await call('GET', `/api/rooms?phase=finished${more}`, { token })).body.rooms;
    const played = async (): Promise<Opened> => {
      const room = await stage.open([trueFalse], slow);
      const host = await stage.host(room);
      await stage.players(room, ['Ann']);
      assert.equal(await host.say('end'), 'ok');
      await stage.saved(room);
      return room;
    };
    const first = await played();
    const second = await played();
    const places = async (): Promise<number[]> => {
      const rooms = await listed(stage.key);
      return [first, second].map(({ party_id }) => rooms.findIndex((room) => room.party_id === party_id));
    };
    const [earlier = -1, later = -1] = await places();
    assert.ok(later >= 0 && later < earlier, 'newest first');
    const { party_id, room_code } = first;
    const { ended_at, ...said } = (await listed(stage.key))[earlier];
    assert.deepEqual(said, { party_id, room_code, title: 'A quiz', phase: 'finished', players: 1 });
    assert.ok((await listed(stage.key, `&before=${ended_at}`)).every((room) => room.ended_at < ended_at));
    assert.deepEqual(await listed(stage.otherKey), []);
    assert.equal((await call('GET', `/api/party/${party_id}/results`, { token: stage.key })).status, 200);
    await call('DELETE', `/api/party/${party_id}/results`, { token: stage.key });
    assert.equal((await places())[0], -1, 'what is erased is not listed');
    const wrong = ['paused', 'finished&before=yesterday', 'finished&before=2026-13-45T00:00:00Z', 'finished&limit=1'];
    for (const phase of wrong)
      assert.equal((await call('GET', `/api/rooms?phase=${phase}`, { token: stage.key })).status, 400, phase);
  });

  check("the host's drop ends nothing, and on return to another node it has control", async () => {
    const room = await stage.open([trueFalse, trueFalse], slow);
    const [ann] = await stage.players(room, ['Ann']);
    const first = await stage.host(room, 0);
    await first.say('start');
    first.close();
    await first.closed;
    await ann?.seen('question');
    assert.equal(await ann?.say('answer', { round: 1, choice: 'true' }), 'ok');
    const back = await stage.host(room, 2);
    const { phase, you } = await back.seen('state');
    assert.deepEqual([phase, you.role], ['question', 'host']);
    assert.equal(await back.say('next'), 'ok');
    await ann?.seen('reveal');
    assert.equal(await back.say('next'), 'ok');
    await ann?.seen('question', ({ round }) => round === 2);
  });

  check('a host whose screen is lost finds the room and leads it again by the key alone', async () => {
    const room = await stage.open([trueFalse], slow);
    const [ann] = await stage.players(room, ['Ann']);
    const lost = await stage.host(room, 0);
    const listed = async (token: string): Promise<unknown[]> => {
      const { rooms } = (await call('GET', '/api/rooms', { token })).body;
      return rooms.filter(({ party_id }: { party_id: string }) => party_id === room.party_id);
    };
    const { party_id, room_code, game_id } = room;
    assert.deepEqual(await listed(stage.key), [{ party_id, room_code, title: 'A quiz', phase: 'lobby', players: 1 }]);
    assert.deepEqual(await listed(stage.otherKey), []);
    const taken = await call('POST', `/api/rooms/${room_code}/host`, { token: stage.key });
    assert.equal(taken.status, 201);
    const { host_token, ...said } = taken.body;
    assert.deepEqual(said, { party_id, game_id, room_code, title: 'A quiz' });
    const back = await stage.screen(party_id, host_token, 2);
    await eventually('the new screen has control', 5_000, async () => (await back.say('start')) === 'ok');
    await ann?.seen('question');
    assert.equal(await lost.say('next'), 'not_allowed');
    assert.equal((await stage.host(room, 1)).token, room.host_token, 'the first token is good all the while');
    const audit = await stage.cluster.postgres.audit.ofParty(party_id);
    assert.equal(audit.filter(({ action }) => action === 'take_room').length, 1);
  });

  check('nobody but the key that opened a room gets its screen, and nobody is told that it is there', async () => {
    const room = await stage.open([trueFalse]);
    const ann = await stage.join(room, { nickname: 'Ann' });
    const take = (code: string, token?: string) =>
      call('POST', `/api/rooms/${code}/host`, token === undefined ? {} : { token });
    const none = await take('999999', stage.otherKey);
    assert.deepEqual([none.status, none.body.code], [404, 'room_not_found']);
    assert.deepEqual((await take(room.room_code, stage.otherKey)).body, none.body);
    for (const token of [undefined, ann.token, room.host_token, 'x'.repeat(43)]) {
      assert.equal((await take(room.room_code, token)).status, 401);
      assert.equal((await call('GET', '/api/rooms', token === undefined ? {} : { token })).status, 401);
    }
  });

  check('an auto room needs no host after its start', async () => {
    const room = await stage.open([trueFalse, trueFalse], { pacing: 'auto', reveal_seconds: 0, scoring: 'accuracy' });
    const players = await stage.players(room, ['Ann', 'Bob']);
    const host = await stage.host(room);
    await host.say('start');
    host.close();
    for (const round of [1, 2]) {
      for (const player of players) {
        await player.seen('question', (data) => data.round === round);
        assert.equal(await player.say('answer', { round, choice: 'true' }), 'ok');
      }
    }
    for (const player of players) {
      const { reason, you } = await player.seen('finished');
      assert.deepEqual([reason, you?.score], ['completed', 2_000]);
    }
    await stage.saved(room);
  });

  check('with late_join off nobody comes in after the start, and who is in may come back', async () => {
    const room = await stage.open([trueFalse], { ...slow, late_join: false });
    const host = await stage.host(room);
    const [ann] = await stage.players(room, ['Ann']);
    await host.say('start');
    const late = await call('POST', `/api/rooms/${room.room_code}/join`, { body: { nickname: 'Bob' } });
    assert.deepEqual([late.status, late.body.code], [403, 'party_started']);
    ann?.close();
    const back = await stage.screen(room.party_id, ann?.token ?? '', 2);
    assert.equal((await back.seen('state')).phase, 'question');
  });

  await done();
});
