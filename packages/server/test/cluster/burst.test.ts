/** F18, F19: many answers at once, and answers whose reply is lost. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { type FaultProxy, faultProxy, playRealGame, realCluster } from '@partyline/testkit';
import { repeats, sleep } from './repeats.ts';

test('F18: 2,000 answers within half a second are all acknowledged and counted exactly', async (t) => {
  const cluster = await realCluster(t, { nodes: 2 });
  const players = repeats(2_000, 1_000);
  const thinks: [number, number] = [4_000, 4_500];
  const game = await playRealGame(cluster, {
    players,
    rounds: 1,
    timeout: 15,
    thinks,
    lazy: 0,
    advance_when_all_answered: true,
  });
  await game.seen('reveal', 1, 60_000);
  await game.finished(60_000);
  const results = await game.check();
  const acks = new Map<string, number>();
  const sentAt = new Map<string, number>();
  for (const { user_id, at, message } of game.history.sent)
    if (message.type === 'answer' && user_id !== null) sentAt.set(user_id, at);
  for (const { user_id, at, message } of game.history.received) {
    if (message.type === 'ack' && user_id !== null && !acks.has(user_id))
      acks.set(user_id, at - (sentAt.get(user_id) ?? at));
  }
  const waits = [...acks.values()].sort((a, b) => a - b);
  const p99 = waits[Math.floor(waits.length * 0.99)] ?? 0;
  t.diagnostic(`${acks.size} of ${sentAt.size} acknowledged, p99 ${Math.round(p99)} ms`);
  assert.equal(acks.size, sentAt.size);
  assert.equal(results.answers.length, sentAt.size);
});

test('F19: answers whose reply is lost are counted once, and none is missing', async (t) => {
  let proxy: FaultProxy | null = null;
  const cluster = await realCluster(t, {
    nodes: 2,
    async redisUrlFor(url) {
      proxy = await faultProxy(t, url);
      return proxy.url;
    },
  });
  const players = repeats(1_000, 300);
  const game = await playRealGame(cluster, { players, rounds: 1, timeout: 30, thinks: [3_000, 4_500], lazy: 0 });
  await game.seen('question', 1, 60_000);
  const line = proxy as FaultProxy | null;
  for (let loss = 0; loss < 3; loss += 1) {
    await sleep(loss === 0 ? 3_300 : 700);
    await line?.loseReplies(250);
  }
  await game.finished(90_000);
  const results = await game.check({ extra_ms: 20_000 });
  t.diagnostic(`${line?.lost ?? 0} bytes of replies were lost`);
  assert.ok((line?.lost ?? 0) > 0, 'no reply was lost');
  assert.equal(results.answers.length, players);
});
