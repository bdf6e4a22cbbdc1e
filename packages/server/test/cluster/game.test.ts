/** A whole party on three real nodes, nothing going wrong: what everything else is measured against. */
import assert from 'node:assert/strict';
import test, { suite } from 'node:test';
import { playRealGame, rawRedis, realCluster } from '@partyline/testkit';
import { eventually } from './repeats.ts';

/** At once: they mostly wait for their players. */
suite('whole parties', { concurrency: true }, () => {
  test('a party over three nodes plays to the podium, is stored, and leaves Redis', async (t) => {
    const cluster = await realCluster(t);
    const game = await playRealGame(cluster, { players: 9, rounds: 4, timeout: 6 });
    await game.finished(60_000);
    const results = await game.check();
    assert.equal(results.leaderboard.length, 9);
    assert.equal(results.answers.length, 36);

    const redis = await rawRedis(cluster.redis.url);
    t.after(() => redis.close());
    await eventually('the party leaves Redis', 15_000, async () => {
      const [, keys] = (await redis.send('SCAN', '0', 'MATCH', `*${game.party_id}*`, 'COUNT', '100000')) as [
        string,
        string[],
      ];
      return keys.length === 0;
    });

    const authorization = `Bearer ${game.token}`;
    const performance = await cluster.call<{ categories: { category: string; answered: number }[] }>(
      'GET',
      '/api/players/u0/performance',
      undefined,
      { authorization },
    );
    assert.deepEqual(
      performance.body.categories.map(({ category, answered }) => ({ category, answered })),
      [{ category: 'Science', answered: 4 }],
    );
  });

  test('with instant feedback scores are told while the round runs, and the reveal says the same', async (t) => {
    const cluster = await realCluster(t, { nodes: 2 });
    const game = await playRealGame(cluster, { players: 6, rounds: 3, timeout: 6, feedback: 'instant' });
    await game.finished(60_000);
    await game.check();
    const told = game.history.received.filter(({ message }) => message.type === 'scores');
    assert.ok(told.length > 0, 'no scores were told');
  });
});
