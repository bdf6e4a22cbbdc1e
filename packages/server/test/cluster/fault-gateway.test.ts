/** F8, F9: nodes die and are replaced under the players' feet. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { playRealGame, realCluster } from '@partyline/testkit';
import { repeats, sleep } from './repeats.ts';

test('F8: after SIGKILL of a gateway its clients play on elsewhere within 5 s, and nothing acknowledged is lost', async (t) => {
  const cluster = await realCluster(t);
  const rounds = repeats(20, 3);
  const game = await playRealGame(cluster, {
    players: 12,
    rounds,
    timeout: 8,
    thinks: [200, 2_500],
    reveal_seconds: 1,
  });
  const returns: number[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    await game.seen('question', round, 40_000);
    await sleep(500);
    const [victim] = cluster.up();
    const killedAt = performance.now();
    await victim?.kill();
    await cluster.addNode();
    await game.seen('reveal', round, 30_000);
    const states = game.history.received.filter(({ at, message }) => at > killedAt && message.type === 'state');
    returns.push(...states.map(({ at }) => at - killedAt));
  }
  await game.finished(60_000);
  await game.check();
  t.diagnostic(`back after ${returns.map((ms) => Math.round(ms)).join(', ')} ms`);
  assert.ok(returns.length > 0 && Math.max(...returns) <= 5_000);
});

test('F9: a rolling restart of every node in a game loses nothing; each node is gone within 15 s with exit 0', async (t) => {
  const cluster = await realCluster(t);
  const game = await playRealGame(cluster, {
    players: 12,
    rounds: 4,
    timeout: 8,
    thinks: [200, 2_500],
    reveal_seconds: 1,
  });
  await game.seen('question', 1, 20_000);
  for (const node of [...cluster.nodes]) {
    await cluster.addNode();
    const { code, ms } = await node.terminate();
    assert.equal(code, 0, node.log().join('\n'));
    assert.ok(ms <= 15_000, `${node.name} took ${ms} ms`);
    t.diagnostic(`${node.name} was gone after ${Math.round(ms)} ms`);
  }
  await game.finished(90_000);
  await game.check();
  const told = game.history.received.filter(({ message }) => message.type === 'reconnect');
  assert.ok(told.length > 0, 'nobody was told to reconnect');
});
