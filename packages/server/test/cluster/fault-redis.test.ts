/** F4, F5: Redis dies and comes back, with its data and without. */
import assert from 'node:assert/strict';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'node:test';
import { closeCodes } from '@partyline/protocol';
import { playRealGame, type RealCluster, realCluster } from '@partyline/testkit';
import { eventually, repeats, sleep } from './repeats.ts';
import { playRound, roomStage } from './rooms-stage.ts';
import { openWire, portOf } from './security-stage.ts';

async function emptyRedis({ redis, redisDir }: RealCluster): Promise<void> {
  await redis.kill('SIGKILL');
  for (const name of await readdir(redisDir)) await rm(join(redisDir, name), { recursive: true });
  await redis.restart();
}

test('F4: Redis is killed in a question and loses no acknowledged answer; play goes on within 2 s', async (t) => {
  const cluster = await realCluster(t);
  const rounds = repeats(20, 3);
  const game = await playRealGame(cluster, { players: 6, rounds, timeout: 6, thinks: [200, 4_000], reveal_seconds: 1 });
  const gaps: number[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    await game.seen('question', round, 40_000);
    await sleep(900 + 300 * (round % 3));
    await cluster.redis.kill('SIGKILL');
    await sleep(1_200);
    await cluster.redis.restart();
    const backAt = performance.now();
    const heardAt = await eventually('a frame after Redis is back', 20_000, () =>
      game.history.received.some(
        ({ at, message }) => at > backAt && ['ack', 'reveal', 'state', 'extended'].includes(message.type),
      ),
    );
    gaps.push(heardAt);
  }
  await game.finished(60_000);
  await game.check({ extra_ms: 10_000 });
  t.diagnostic(`play went on after ${gaps.map((gap) => Math.round(gap)).join(', ')} ms`);
  assert.ok(Math.max(...gaps) <= 2_000, `slowest: ${Math.max(...gaps)} ms`);
});

test('F4: a question gets back the time of the outage', async (t) => {
  const cluster = await realCluster(t, { nodes: 2 });
  const game = await playRealGame(cluster, { players: 3, rounds: 1, timeout: 5, thinks: [6_200, 6_500], lazy: 0 });
  await game.seen('question', 1);
  await sleep(1_000);
  await cluster.redis.kill('SIGKILL');
  await sleep(3_000);
  await cluster.redis.restart();
  await game.finished(60_000);
  const results = await game.check({ extra_ms: 10_000 });
  assert.equal(
    results.answers.length,
    3,
    'answers 6.2 s after the opening of a 5 s question, 3 s of which were our outage',
  );
});

test('F5: Redis comes back empty; the party goes on from its last checkpoint in a new epoch', async (t) => {
  const cluster = await realCluster(t);
  const game = await playRealGame(cluster, {
    players: 5,
    rounds: 4,
    timeout: 6,
    thinks: [200, 1_500],
    reveal_seconds: 2,
  });
  await game.seen('reveal', 2, 40_000);
  await game.seen('question', 3, 40_000);
  await sleep(300);
  await emptyRedis(cluster);
  const backAt = performance.now();
  await eventually('a new epoch', 20_000, () =>
    game.history.received.some(({ at, message }) => at > backAt && message.epoch > 1),
  );
  await game.finished(60_000);
  await game.check({ extra_ms: 10_000, lost_rounds: [3] });
});

test('F5: after Redis came back empty the banned stay out, names stay taken, and a repeated join is the same player', async (t) => {
  const stage = await roomStage(t);
  const { cluster, call } = stage;
  const choices = [{ text: 'Three' }, { text: 'Four', correct: true }];
  const question = { kind: 'single' as const, prompt: 'Two plus two?', time_limit_seconds: 60, choices };
  const room = await stage.open([question, question]);
  const path = `/api/rooms/${room.room_code}/join`;
  const headers = { 'idempotency-key': 'a-reply-that-was-lost' };
  const ann = (await call('POST', path, { body: { nickname: 'Ann' }, headers })).body;
  const [eve] = await stage.players(room, ['Eve']);
  assert.ok(eve !== undefined);
  const host = await stage.host(room);
  await host.say('start');
  await playRound(host, 1, []);
  const checkpoint = async () =>
    (await cluster.postgres.archive.unfinished()).find(({ party }) => party.party_id === room.party_id);
  await eventually('a checkpoint', 10_000, async () => (await checkpoint())?.party.archived_through === 1);
  assert.equal(await host.say('ban', { user_id: eve.user_id }), 'ok');
  await eventually('the ban is kept', 10_000, async () => (await checkpoint())?.bans.includes(eve.user_id) === true);
  const zoe = await stage.join(room, { nickname: 'Zoe' });

  await emptyRedis(cluster);
  await eventually('the room is back', 20_000, async () => {
    return (await call('GET', `/api/rooms/${room.room_code}`)).status === 200;
  });
  const back = await call('POST', path, { body: { nickname: 'Evelyn' }, token: eve.token });
  assert.deepEqual([back.status, back.body.code], [403, 'banned']);
  const taken = await call('POST', path, { body: { nickname: 'ANN' } });
  assert.deepEqual([taken.status, taken.body.reason], [422, 'taken']);
  const again = await call('POST', path, { body: { nickname: 'Ann' }, headers });
  assert.deepEqual([again.status, again.body.user_id], [201, ann.user_id]);
  const wire = await openWire(portOf(cluster), room.party_id, zoe.token);
  assert.equal(await wire.closing(), closeCodes.seat_lost.code, 'and is not told that the host removed them');
  const rejoined = await call('POST', path, { body: { nickname: 'Zoe' }, token: zoe.token });
  assert.equal(rejoined.status, 201, 'who came after the checkpoint joins again');
  const returned = await stage.host(room);
  await returned.say('next');
  await playRound(returned, 2, []);
  await returned.say('next');
  await stage.saved(room);
  const board = (await call('GET', `/api/party/${room.party_id}/leaderboard`, { token: room.host_token })).body;
  assert.deepEqual(board.leaderboard.map(({ nickname }: { nickname: string }) => nickname).toSorted(), ['Ann', 'Zoe']);
});
