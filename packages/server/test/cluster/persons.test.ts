/** Who people are over several rooms: what they did adds up, and nobody else can have their id. Over real HTTP, on three nodes. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { type AuthoredQuestion, projection } from '@partyline/core';
import { rawRedis } from '@partyline/testkit';
import { eventually } from './repeats.ts';
import { type Loose, type Opened, playRound, type RoomStage, roomStage, together } from './rooms-stage.ts';

const trueFalse: AuthoredQuestion = {
  ...{ kind: 'true_false', prompt: 'Is it?', answer: true, category: 'Facts' },
  time_limit_seconds: 30,
};

/** Its host moves it on, and nothing else does. */
async function openAs(stage: RoomStage, token: string, more: object = {}): Promise<Opened> {
  const settings = { advance_when_all_answered: false, ...more };
  const body = { quiz: { title: 'A quiz', questions: [trueFalse] }, settings };
  const reply = await stage.call('POST', '/api/rooms', { token, body });
  assert.equal(reply.status, 201, JSON.stringify(reply.body));
  return reply.body;
}

/** The player with this reference joins, answers right and the room ends. */
async function played(stage: RoomStage, room: Opened, body: object): Promise<{ user_id: string; token: string }> {
  const joined = await stage.join(room, body);
  const [host, player] = [await stage.host(room), await stage.screen(room.party_id, joined.token, 1)];
  await host.say('start');
  await playRound(host, 1, [[player, 'true']]);
  await host.say('next');
  await host.seen('finished');
  await stage.saved(room);
  return joined;
}

test('people over several rooms', { concurrency: 4 }, async (t) => {
  const stage = await roomStage(t);
  const { call, key, otherKey } = stage;
  const { check, done } = together(t);
  const join = (room: Opened, body: object, token?: string) =>
    call('POST', `/api/rooms/${room.room_code}/join`, { body, ...(token === undefined ? {} : { token }) });
  const codeOf = ({ status, body }: { status: number; body: Loose }) => [status, body.code];

  check('a reference is the same person in all rooms of a host key, and what they did adds up', async () => {
    const [one, two] = [await openAs(stage, key), await openAs(stage, key)];
    const first = await played(stage, one, { nickname: 'Ann', player_ref: 'pupil-1' });
    const second = await played(stage, two, { nickname: 'Annie', player_ref: ' pupil-1 ' });
    assert.match(first.user_id, /^p_[\w-]{12}$/);
    assert.equal(second.user_id, first.user_id);
    const path = `/api/players/${first.user_id}/performance`;
    const { categories } = (await call('GET', path, { token: second.token })).body;
    const [{ category, answered, correct, parties }] = categories;
    assert.deepEqual([category, answered, correct, parties], ['Facts', 2, 2, 2]);

    const elsewhere = await stage.join(await openAs(stage, otherKey), { nickname: 'Ann', player_ref: 'pupil-1' });
    assert.notEqual(elsewhere.user_id, first.user_id);
    const stranger = await stage.join(await openAs(stage, key), { nickname: 'Ann' });
    assert.notEqual(stranger.user_id, first.user_id);
  });

  check('on a roster whoever comes by name is the same person as by the reference', async () => {
    const roster = [
      { name: 'Ann Lee', ref: 'a' },
      { name: 'Ann Lee', ref: 'b' },
      { name: 'Bob', ref: 'c' },
    ];
    const [one, two] = [await openAs(stage, key, { roster }), await openAs(stage, key, { roster })];
    const byName = await stage.join(one, { nickname: 'Bob' });
    assert.equal((await stage.join(two, { player_ref: 'c' })).user_id, byName.user_id);
    const [a, b] = [
      await stage.join(one, { nickname: 'Ann Lee', player_ref: 'a' }),
      await stage.join(one, { nickname: 'Ann Lee', player_ref: 'b' }),
    ];
    assert.deepEqual([a.nickname, b.nickname], ['Ann Lee', 'Ann Lee']);
    assert.notEqual(a.user_id, b.user_id);
    assert.deepEqual(codeOf(await join(one, { player_ref: 'c' })), [403, 'roster_taken']);
  });

  check(
    'a second join is the same person only by the token; who was kicked may come back, who was banned not',
    async () => {
      const room = await openAs(stage, key);
      const host = await stage.host(room);
      const asked = { nickname: 'Ann', player_ref: 'pupil-2' };
      const ann = await stage.join(room, asked);
      assert.deepEqual(codeOf(await join(room, { ...asked, nickname: 'Eve' })), [400, 'already_joined']);
      assert.equal((await join(room, asked, ann.token)).body.user_id, ann.user_id);
      await host.seen('lobby', ({ players_total }) => players_total === 1);
      assert.equal(await host.say('kick', { user_id: ann.user_id }), 'ok');
      await eventually('nobody is in', 5_000, async () => (await host.state()).players_total === 0);
      const back = await stage.join(room, asked);
      assert.equal(back.user_id, ann.user_id);
      await eventually('one is in', 5_000, async () => (await host.state()).players_total === 1);
      const player = await stage.screen(room.party_id, back.token, 2);
      assert.equal(await host.say('start'), 'ok');
      const { you } = await playRound(host, 1, [[player, 'true']]).then(() => player.seen('reveal'));
      assert.equal(you?.last?.correct, true);
      assert.equal(await host.say('ban', { user_id: ann.user_id }), 'ok');
      assert.deepEqual(codeOf(await join(room, asked)), [403, 'banned']);
    },
  );

  check('nobody may call themselves by an id of ours', async () => {
    const victim = await stage.join(await openAs(stage, key), { nickname: 'Ann', player_ref: 'pupil-3' });
    const opening = { player_id: victim.user_id, category: 'Science', rounds: 1 };
    const opened = await call('POST', '/api/party/init', { body: opening });
    assert.deepEqual(codeOf(opened), [400, 'invalid_body']);
    assert.match(opened.body.detail, /player_id is reserved/);
    assert.equal(opened.body.errors[0].path, '/player_id');
    const quick = await call('POST', '/api/party/init', { body: { ...opening, player_id: 'eve' } });
    const path = `/api/party/${quick.body.party_id}/join`;
    const joined = await call('POST', path, { body: { user_id: victim.user_id } });
    assert.deepEqual(codeOf(joined), [400, 'invalid_body']);
    assert.match(joined.body.detail, /user_id is reserved/);
    const byCode = await stage.join({ ...quick.body, host_token: '' }, { nickname: 'Cid' });
    const again = await call('POST', path, { body: { user_id: byCode.user_id }, token: byCode.token });
    assert.deepEqual(
      [again.status, again.body.user_id],
      [200, byCode.user_id],
      'who has the id proves it by the token',
    );
  });

  check(
    'a repeated join is known by its key, of the same person alone, and a key that is too long is refused',
    async () => {
      const { body: party } = await call('POST', '/api/party/init', {
        body: { player_id: 'ann', category: 'Science', rounds: 1, start: 'manual' },
      });
      const path = `/api/party/${party.party_id}/join`;
      const joins = (user_id: string, key: string) =>
        call('POST', path, { body: { user_id }, headers: { 'idempotency-key': key } });
      const first = await joins('bob', 'k1');
      const [again, other] = [await joins('bob', 'k1'), await joins('cyd', 'k1')];
      assert.deepEqual([again.status, again.body.user_id], [200, 'bob']);
      assert.deepEqual([other.status, other.body.user_id], [200, 'cyd'], "another one's call is another call");
      assert.equal(first.status, 200);
      assert.deepEqual(codeOf(await joins('bob', 'k2')), [400, 'already_joined']);
      assert.deepEqual(codeOf(await joins('dee', 'x'.repeat(129))), [400, 'invalid_body']);
    },
  );

  check('the secret that ids are made with is shown to nobody, and its room would do without it', async () => {
    const room = await openAs(stage, key, { spectators: true });
    const redis = await rawRedis(stage.cluster.redis.url);
    const stored = JSON.parse(String(await redis.send('HGET', `partyline:{${room.party_id}}:party`, 'doc')));
    redis.close();
    const { person_key } = stored;
    assert.match(person_key, /^[\w-]{43}$/);
    assert.notEqual(person_key, key);
    const [host, watching] = [await stage.host(room), await stage.screen(room.party_id, room.host_token, 1)];
    const ann = await played(stage, room, { nickname: 'Ann', player_ref: 'pupil-4' });
    const replies = await Promise.all(
      [
        [`/api/rooms/${room.room_code}`],
        [`/api/party/${room.party_id}/results`, room.host_token],
        [`/api/party/${room.party_id}/results`, ann.token],
        [`/api/party/${room.party_id}/results?format=xlsx`, key],
        [`/api/party/${room.party_id}/leaderboard`, ann.token],
      ].map(([path = '', token]) => call('GET', path, token === undefined ? {} : { token })),
    );
    const shown = [...replies.map(({ body }) => body), ...host.frames, ...watching.frames];
    assert.ok(!JSON.stringify(shown).includes(person_key));
    const logged = stage.cluster.nodes.flatMap((node) => node.log()).join('\n');
    assert.ok(!logged.includes(person_key));
    const { view, host_view } = projection({
      ...{ party: stored, players: new Map(), scoreOf: () => 0, connected: 0 },
      quiz: { quiz_id: null, title: 'A quiz', questions: [] },
    });
    assert.ok(!`${view}${host_view}`.includes(person_key));
  });

  await done();
});
