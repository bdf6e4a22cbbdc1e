/** F4, F5, F7, F20: Redis dies and comes back, with its data and without; it stands still; it is full. */
import assert from 'node:assert/strict';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import test, { suite } from 'node:test';
import { closeCodes } from '@partyline/protocol';
import { playRealGame, type RealCluster, rawRedis, realCluster } from '@partyline/testkit';
import { eventually, repeats, sleep } from './repeats.ts';
import { playRound, roomStage } from './rooms-stage.ts';
import { openWire, portOf } from './security-stage.ts';

const stallMs = 3_000;

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

/** Two at once: they mostly wait. */
suite('what comes back after an outage', { concurrency: 2 }, () => {
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
    // Calls go to one node after the other, and each finds its way back to Redis by itself.
    await eventually('the room is back at every node', 20_000, async () => {
      const asked = cluster.up().map(() => call('GET', `/api/rooms/${room.room_code}`));
      return (await Promise.all(asked)).every(({ status }) => status === 200);
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
    assert.deepEqual(board.leaderboard.map(({ nickname }: { nickname: string }) => nickname).toSorted(), [
      'Ann',
      'Zoe',
    ]);
  });
});

test('F7: while Redis stands still for 3 s answers are told to come again and none is accepted; no loop is held up', async (t) => {
  const cluster = await realCluster(t);
  const redis = await rawRedis(cluster.redis.url);
  t.after(() => redis.close());
  const rounds = repeats(20, 2);
  const game = await playRealGame(cluster, { players: 9, rounds, timeout: 8, thinks: [500, 3_500], lazy: 0 });
  const lag = (): Promise<number[]> =>
    Promise.all(cluster.nodes.map((node) => node.metric('partyline_loop_lag_seconds{quantile="0.99"}')));
  await lag(); // each look starts it anew
  const told: number[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    await game.seen('question', round, 40_000);
    await sleep(300);
    await redis.send('CLIENT', 'PAUSE', stallMs, 'ALL');
    const pausedAt = performance.now();
    await sleep(stallMs);
    const meanwhile = game.history.received.filter(({ at }) => at > pausedAt + 50 && at < pausedAt + stallMs - 50);
    const acks = meanwhile.filter(({ message }) => message.type === 'ack');
    assert.deepEqual(acks, [], 'accepted by nobody');
    told.push(meanwhile.filter(({ message }) => message.type === 'error' && message.data.code === 'retry').length);
  }
  const lags = await lag();
  await game.finished(60_000);
  const results = await game.check({ extra_ms: 10_000 });
  assert.equal(results.answers.length, 9 * rounds, 'who was told to come again did, and counted once');
  assert.equal(cluster.up().length, 3, 'no node ended');
  t.diagnostic(
    `told to retry: ${told.join(', ')}; loop lag p99 ${lags.map((s) => Math.round(s * 1_000)).join(', ')} ms`,
  );
  assert.ok(Math.min(...told) > 0);
  assert.ok(Math.max(...lags) < 0.1);
});

test('F20: a full Redis accepts nothing and lets nobody in, and nothing is left half done', async (t) => {
  const cluster = await realCluster(t);
  const redis = await rawRedis(cluster.redis.url);
  t.after(() => redis.close());
  const rounds = repeats(20, 2);
  const game = await playRealGame(cluster, { players: 9, rounds, timeout: 8, thinks: [200, 3_000], lazy: 0 });
  const opening = { player_id: 'late', category: 'Science', rounds: 1, timeout: 30 };
  for (let round = 1; round <= rounds; round += 1) {
    await game.seen('question', round, 40_000);
    await redis.send('CONFIG', 'SET', 'maxmemory', 1);
    const fullAt = performance.now();
    const user_id = `late-${round}`;
    const [init, join] = await Promise.all([
      cluster.call<{ code: string }>('POST', '/api/party/init', opening),
      cluster.call<{ code: string }>('POST', `/api/party/${game.party_id}/join`, { user_id }),
      eventually('an answer is told to come again', 5_000, () =>
        game.history.received.some(
          ({ at, message }) => at > fullAt && message.type === 'error' && message.data.code === 'retry',
        ),
      ),
    ]);
    for (const { status, body } of [init, join]) assert.deepEqual([status, body.code], [503, 'store_unavailable']);
    const freedAt = performance.now();
    await redis.send('CONFIG', 'SET', 'maxmemory', 0);
    const acks = game.history.received.filter(
      ({ at, message }) => at > fullAt + 50 && at < freedAt && message.type === 'ack',
    );
    assert.deepEqual(acks, []);
  }
  await game.finished(60_000);
  const results = await game.check({ extra_ms: 10_000 });
  assert.equal(results.answers.length, 9 * rounds);
  assert.equal(results.leaderboard.length, 9, 'who was refused is not in');
});
