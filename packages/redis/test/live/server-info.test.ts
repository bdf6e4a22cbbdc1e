import assert from 'node:assert/strict';
import test, { suite } from 'node:test';
import { loneClusterNode, ownRedis, rawRedis, redisBehindSentinels, redisCluster } from '@partyline/testkit';
import { createRedisStore } from '../../src/create-redis-store.ts';

const refusal = (url: string): Promise<unknown> =>
  createRedisStore({ url, startTimeoutMs: 2_000 }).then(
    (store) => store.close(),
    (error: unknown) => error,
  );

suite('a Redis that is not what its address says', { concurrency: 3 }, () => {
  test('a node of a Cluster, or a Sentinel, given as a single Redis is told by its kind', async (t) => {
    assert.match(
      String(await refusal(await loneClusterNode(t))),
      /a node of a Cluster answers there, whose address is redis\+cluster:/,
    );
    const { url: watched } = await redisBehindSentinels(t);
    const [, sentinel] = /([\d.]+:\d+)/.exec(watched) ?? [];
    assert.match(String(await refusal(`redis://${sentinel}`)), /a Sentinel answers there; .* redis\+sentinel:/);
  });

  test('a single Redis given as a Cluster, and a Cluster of which nobody answers, say why', async (t) => {
    const single = await ownRedis(t);
    const address = single.url.replace('redis:', 'redis+cluster:');
    assert.match(
      String(await refusal(address)),
      /does not answer after 2 s: .*: ERR This instance has cluster support/,
    );
    await single.server.kill('SIGKILL');
    assert.match(String(await refusal(address)), /does not answer after 2 s: Failed to refresh slots cache: \w/);
  });

  test('the settings of every master of a Cluster are looked at', async (t) => {
    const { url, masters } = await redisCluster(t);
    const store = await createRedisStore({ url });
    t.after(() => store.close());
    assert.deepEqual(await store.health.checkSafeSettings(), []);
    for (const { port } of masters) {
      const raw = await rawRedis(`redis://127.0.0.1:${port}`);
      await raw.send('CONFIG', 'SET', 'maxmemory-policy', 'allkeys-lfu');
      const problem = { setting: 'maxmemory-policy', found: 'allkeys-lfu', wanted: 'noeviction' };
      assert.deepEqual(await store.health.checkSafeSettings(), [
        { ...problem, severity: 'fatal', at: `127.0.0.1:${port}` },
      ]);
      await raw.send('CONFIG', 'SET', 'maxmemory-policy', 'noeviction');
      raw.close();
    }
  });
});
