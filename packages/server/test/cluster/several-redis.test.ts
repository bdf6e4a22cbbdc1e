/** F6 and beyond one box: a Cluster whose master dies in a game, a master behind Sentinels that dies, lock masters of which one is down. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { suite } from 'node:test';
import { startRedis } from '@partyline/provision';
import {
  playRealGame,
  privateCertificates,
  type RealGame,
  realCluster,
  redisBehindSentinels,
  redisCluster,
} from '@partyline/testkit';
import { eventually, sleep } from './repeats.ts';

type Heard = RealGame['history']['received'][number];

const slowly = { players: 6, rounds: 4, timeout: 8, reveal_seconds: 1, thinks: [300, 3_000] as [number, number] };

/** Sentinels take so long to be sure. */
const downAfterMs = 1_000;

const sentinelFaults = [
  { what: 'dies', signal: 'SIGKILL', limitMs: 5_000 },
  { what: 'stands still, and nobody follows it when it wakes', signal: 'SIGSTOP', limitMs: downAfterMs + 5_000 },
] as const;
/** Two at once: they mostly wait for their players. */
suite('a game on several Redis', { concurrency: 2 }, () => {
  for (const over of ['', ' over TLS']) {
    test(`a game on a Cluster${over} goes on when a master dies and its replica takes over`, async (t) => {
      const tls = over === '' ? null : await privateCertificates(t, 'DNS:localhost');
      const redis = await redisCluster(t, tls === null ? {} : { tls });
      const env = tls === null ? {} : { NODE_EXTRA_CA_CERTS: tls.authority };
      const cluster = await realCluster(t, { nodes: 2, redisUrlFor: async () => redis.url, env });
      const game = await playRealGame(cluster, slowly);
      await game.seen('reveal', 1, 30_000);
      await redis.masters[0]?.kill('SIGKILL');
      await game.finished(90_000);
      await game.check({ extra_ms: 20_000 });
    });
  }

  for (const { what, signal, limitMs } of sentinelFaults) {
    test(`F6: a game behind Sentinels goes on when the master ${what}`, async (t) => {
      const redis = await redisBehindSentinels(t);
      const cluster = await realCluster(t, { nodes: 2, redisUrlFor: async () => redis.url });
      const game = await playRealGame(cluster, slowly);
      await game.seen('question', 2, 30_000);
      await sleep(300);
      const struckAt = performance.now();
      await redis.masters[0]?.kill(signal);
      const isWord = ({ at, message }: Heard): boolean =>
        at > struckAt + 500 && ['ack', 'reveal', 'question'].includes(message.type);
      await eventually('a word of the game', 30_000, () => game.history.received.some(isWord));
      const outageMs = (game.history.received.find(isWord)?.at ?? Number.NaN) - struckAt;
      if (signal === 'SIGSTOP') await redis.masters[0]?.kill('SIGCONT');
      await game.finished(90_000);
      await game.check({ extra_ms: 20_000 });
      t.diagnostic(`play went on ${Math.round(outageMs)} ms after ${signal}`);
      assert.ok(outageMs <= limitMs);
    });
  }

  test('of three independent lock masters one may be down', async (t) => {
    const dir = await mkdtemp(join(tmpdir(), 'partyline-locks-'));
    const locks = await Promise.all([1, 2, 3].map((index) => startRedis({ dir: join(dir, `${index}`) })));
    t.after(async () => {
      await Promise.all(locks.map((lock) => lock.stop()));
      await rm(dir, { recursive: true, force: true });
    });
    const cluster = await realCluster(t, { nodes: 2, env: { REDLOCK_URLS: locks.map(({ url }) => url).join(',') } });
    const game = await playRealGame(cluster, { ...slowly, rounds: 3 });
    await game.seen('question', 1, 30_000);
    await locks[0]?.kill('SIGKILL');
    await (await cluster.leader()).kill();
    const [node] = cluster.up();
    assert.ok(node !== undefined);
    const away = (count: number) => async () => (await node.metric('partyline_lock_masters{state="away"}')) === count;
    await eventually('one away', 10_000, away(1));
    await game.finished(90_000);
    await game.check({ extra_ms: 10_000 });
    await locks[1]?.kill('SIGSTOP');
    await eventually('a majority away', 10_000, away(2));
    assert.ok(await node.ready(), 'players of other leaders are welcome, and no other node would be better');
    await locks[1]?.kill('SIGCONT');
    await locks[0]?.restart();
    await eventually('all back', 10_000, away(0));
  });
});
