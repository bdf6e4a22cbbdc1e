/** The bugs that other quiz systems are known for (FEATURES.md), each tried on three nodes: none of them is to come here. */
import assert from 'node:assert/strict';
import test from 'node:test';
import type { AuthoredQuestion } from '@partyline/core';
import { sleep } from './repeats.ts';
import { idsOf, type PlayerScreen, playRound, roomStage, type Screen, together } from './rooms-stage.ts';

const slow = { advance_when_all_answered: false };
const trueFalse: AuthoredQuestion = { kind: 'true_false', prompt: 'Is it so?', answer: true, time_limit_seconds: 60 };
const poll: AuthoredQuestion = { kind: 'poll', prompt: 'Tea?', choices: [{ text: 'Yes' }, { text: 'No' }] };

test('bugs of others', { concurrency: 10 }, async (t) => {
  const stage = await roomStage(t);
  const { call } = stage;
  const { check, done } = together(t);

  check('bug: an event is emitted to every room', async () => {
    const [one, other] = [await stage.open([trueFalse], slow), await stage.open([trueFalse], slow)];
    const host = await stage.host(one);
    const bystander = await stage.host(other);
    const [ann] = (await stage.players(one, ['Ann'])) as [PlayerScreen];
    const [bob] = (await stage.players(other, ['Bob'])) as [PlayerScreen];
    await host.say('start');
    await playRound(host, 1, [[ann, 'true']]);
    await host.say('next');
    await ann.seen('finished');
    // What came to the other room came before the reply to this.
    for (const screen of [bystander, bob]) {
      assert.equal((await screen.state()).phase, 'lobby');
      const types = new Set(screen.frames.map(({ type }) => type));
      for (const type of ['question', 'reveal', 'finished'] as const) assert.ok(!types.has(type), type);
      assert.ok(!JSON.stringify(screen.frames).includes(ann.user_id));
    }
  });

  check('bug: read-modify-write loses answers that come at once', async () => {
    const room = await stage.open([poll], slow);
    const host = await stage.host(room);
    const players = await stage.players(
      room,
      Array.from({ length: 30 }, (_, index) => `P${index}`),
    );
    await host.say('start');
    const [yes] = await idsOf(host, 1, ['Yes']);
    await Promise.all(players.map((player) => player.seen('question')));
    const replies = await Promise.all(players.map((player) => player.say('answer', { round: 1, choice: yes })));
    assert.deepEqual(new Set(replies), new Set(['ok']));
    const { counts, answered } = await playRound(host, 1, []);
    assert.deepEqual([counts, answered], [{ [yes ?? '']: 30 }, 30]);
  });

  check('bug: answers are keyed by the socket, so that a reconnect answers twice or loses the first', async () => {
    const room = await stage.open([trueFalse], { ...slow, scoring: 'accuracy' });
    const host = await stage.host(room);
    const [ann] = (await stage.players(room, ['Ann'])) as [PlayerScreen];
    await host.say('start');
    await ann.seen('question');
    assert.equal(await ann.say('answer', { round: 1, choice: 'true' }), 'ok');
    ann.close();
    const back = await stage.screen(room.party_id, ann.token, 2);
    assert.deepEqual((await back.seen('state')).you.answer, { round: 1, choice: 'true' });
    const second = await back.ask('answer', { round: 1, choice: 'false' });
    assert.ok(second.type === 'error' && second.data.code === 'duplicate');
    assert.deepEqual(second.data.answer, { round: 1, choice: 'true' });
    assert.equal((await playRound(host, 1, [])).answered, 1);
    assert.equal((await back.seen('reveal')).you?.score, 1_000);
  });

  check('bug: a room code collides, or the search for a free one never ends', async () => {
    const rooms = await Promise.all(Array.from({ length: 60 }, () => stage.open([poll])));
    assert.equal(new Set(rooms.map(({ room_code }) => room_code)).size, 60);
  });

  check("bug: the host's drop ends the game", async () => {
    const room = await stage.open([trueFalse], slow);
    const [ann] = (await stage.players(room, ['Ann'])) as [PlayerScreen];
    const host = await stage.host(room);
    await host.say('start');
    host.close();
    await sleep(500);
    assert.equal((await ann.state()).phase, 'question');
    assert.equal(await ann.say('answer', { round: 1, choice: 'true' }), 'ok');
    const back = await stage.host(room, 1);
    assert.equal(await back.say('next'), 'ok');
    assert.equal((await back.seen('reveal')).answered, 1);
    assert.equal(ann.count('finished'), 0);
  });

  check('bug: a nickname is a live formula in the spreadsheet of the host', async () => {
    const name = '=HYPERLINK("x")';
    const room = await stage.open([trueFalse], { ...slow, nickname_policy: { profanity: 'off' } });
    const host = await stage.host(room);
    const joined = await call('POST', `/api/rooms/${room.room_code}/join`, { body: { nickname: name } });
    assert.equal(joined.status, 201, JSON.stringify(joined.body));
    const evil = await stage.screen(room.party_id, joined.body.token, 1);
    await host.say('start');
    await playRound(host, 1, [[evil, 'true']]);
    await host.say('next');
    await stage.saved(room);
    for (const table of ['leaderboard', 'answers']) {
      const path = `/api/party/${room.party_id}/results?format=csv&table=${table}`;
      const { body } = await call('GET', path, { token: room.host_token });
      const text = body.toString('utf8');
      assert.ok(text.includes('HYPERLINK'), text);
      assert.doesNotMatch(text, /(^|[,"\n])=HYPERLINK/);
    }
  });

  check('bug: who is not connected any more blocks "everyone has answered"', async () => {
    const room = await stage.open([trueFalse]);
    const host = await stage.host(room);
    const [ann, bob] = (await stage.players(room, ['Ann', 'Bob'])) as [PlayerScreen, PlayerScreen];
    await host.say('start');
    await ann.seen('question');
    bob.close();
    await bob.closed;
    assert.equal(await ann.say('answer', { round: 1, choice: 'true' }), 'ok');
    const { answered } = await ann.seen('reveal');
    assert.equal(answered, 1);
  });

  check('bug: the time window for points is hard-coded, whatever the time limit', async () => {
    const short: AuthoredQuestion = { ...trueFalse, time_limit_seconds: 5 };
    const long: AuthoredQuestion = { ...trueFalse, time_limit_seconds: 100 };
    const room = await stage.open([short, long], { ...slow, scoring: 'linear' });
    const host = await stage.host(room);
    const [ann] = (await stage.players(room, ['Ann'])) as [PlayerScreen];
    await host.say('start');
    for (const round of [1, 2]) {
      await ann.seen('question', (data) => data.round === round);
      await sleep(1_500);
      await playRound(host, round, [[ann, 'true']]);
      await host.say('next');
    }
    await stage.saved(room);
    const { body } = await call('GET', `/api/party/${room.party_id}/results`, { token: room.host_token });
    for (const { round, points, elapsed_ms } of body.answers) {
      assert.equal(points, Math.round(1_000 * (1 - elapsed_ms / (round === 1 ? 5_000 : 100_000))));
    }
    assert.ok(body.answers[1].points - body.answers[0].points > 200);
  });

  check('bug: a player who reconnects is sent the correct flag', async () => {
    const question: AuthoredQuestion = {
      kind: 'single',
      prompt: 'One?',
      explanation: 'WHY-IT-IS-RIGHT',
      choices: [{ text: 'yes', correct: true }, { text: 'no' }],
    };
    const text: AuthoredQuestion = { kind: 'text', prompt: 'Who?', accepted: [{ text: 'TYPED-ANSWER' }] };
    const room = await stage.open([question, text], slow);
    const host = await stage.host(room);
    const [ann] = (await stage.players(room, ['Ann'])) as [PlayerScreen];
    const screens: Screen[] = [ann];
    await host.say('start');
    for (const round of [1, 2]) {
      await ann.seen('question', (data) => data.round === round);
      if (round === 1) await ann.say('answer', { round, choice: (await idsOf(host, 1, ['yes']))[0] });
      for (const node of [0, 1, 2]) screens.push(await stage.screen(room.party_id, ann.token, node));
      for (const screen of screens) {
        const before = screen.frames.filter(({ type }) => type !== 'reveal');
        assert.doesNotMatch(JSON.stringify(before.slice(0, 1)), /WHY-IT-IS-RIGHT|"correct":\[/);
        assert.doesNotMatch(JSON.stringify(screen.frames), /TYPED-ANSWER/);
      }
      const data = await call('GET', `/api/party/${room.party_id}/question_data`, { token: ann.token });
      assert.doesNotMatch(JSON.stringify(data.body), /WHY-IT-IS-RIGHT|TYPED-ANSWER|correct/);
      for (const screen of screens.splice(1)) screen.close();
      if (round === 1) {
        await playRound(host, 1, []);
        await host.say('next');
      }
    }
  });

  check('bug: whoever knows the code has the powers of the host', async () => {
    const room = await stage.open([trueFalse]);
    const host = await stage.host(room);
    const [ann] = (await stage.players(room, ['Ann'])) as [PlayerScreen];
    const door = await call('GET', `/api/rooms/${room.room_code}`);
    assert.doesNotMatch(JSON.stringify(door.body), /token/);
    for (const type of ['start', 'next', 'lock', 'end']) assert.equal(await ann.say(type), 'not_allowed');
    assert.equal(await ann.say('kick', { user_id: ann.user_id }), 'not_allowed');
    const erase = await call('DELETE', `/api/party/${room.party_id}/results`, { token: ann.token });
    assert.equal(erase.status, 403);
    const again = await call('POST', `/api/rooms/${room.room_code}/join`, { body: { nickname: 'Host' } });
    const other = await stage.screen(room.party_id, again.body.token, 2);
    assert.deepEqual([(await other.seen('state')).you.role, await other.say('start')], ['player', 'not_allowed']);
    assert.equal((await host.state()).phase, 'lobby');
  });

  await done();
});
