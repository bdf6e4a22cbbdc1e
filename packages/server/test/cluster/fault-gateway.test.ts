/** F8-F10: nodes die, are replaced and are cut off under the players' feet. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { faultProxy, playRealGame, realCluster } from '@partyline/testkit';
import { eventually, repeats, sleep } from './repeats.ts';

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

test('F10: a gateway cut off from Redis is not ready within 3 s, accepts nothing, and sends its sockets elsewhere within 5 s', async (t) => {
  const cluster = await realCluster(t, { nodes: 2 });
  const line = await faultProxy(t, cluster.redis.url);
  const victim = await cluster.addNode({ REDIS_URL: line.url });
  let isAvoided = false;
  // A balancer takes a node out once its /readyz fails.
  const balanced = { ...cluster, up: () => cluster.up().filter((node) => node !== victim || !isAvoided) };
  const rounds = repeats(20, 1);
  const game = await playRealGame(balanced, {
    players: 12,
    rounds,
    timeout: 12,
    thinks: [1_000, 10_000],
    lazy: 0,
    advance_when_all_answered: false,
  });
  const sockets = (): Promise<number> => victim.metric('partyline_open_sockets');
  const accepted = (): Promise<number> => victim.metric('partyline_answers_total{result="accepted"}');
  const [unready, emptied]: [number[], number[]] = [[], []];
  for (let round = 1; round <= rounds; round += 1) {
    await game.seen('question', round, 60_000);
    const droppedAt = performance.now();
    for (const player of game.players) player.drop(50);
    await eventually('all are back', 5_000, () => {
      const states = game.history.received.filter(({ at, message }) => at > droppedAt && message.type === 'state');
      return new Set(states.map(({ client }) => client)).size === game.players.length;
    });
    assert.ok((await sockets()) >= 3, 'the node has players');
    line.blackhole();
    isAvoided = true;
    await sleep(100);
    const before = await accepted();
    const [notReadyMs, emptyMs] = await Promise.all([
      eventually('not ready', 15_000, async () => !(await victim.ready())),
      eventually('its sockets are elsewhere', 15_000, async () => (await sockets()) === 0),
    ]);
    unready.push(notReadyMs + 100);
    emptied.push(emptyMs + 100);
    assert.equal(await accepted(), before, 'accepted without a store');
    line.heal();
    await eventually('ready again', 10_000, () => victim.ready());
    isAvoided = false;
  }
  await game.finished(60_000);
  await game.check({ extra_ms: 30_000 });
  t.diagnostic(`not ready after ${unready.map((ms) => Math.round(ms)).join(', ')} ms`);
  t.diagnostic(`its sockets were elsewhere after ${emptied.map((ms) => Math.round(ms)).join(', ')} ms`);
  assert.ok(Math.max(...unready) <= 3_000);
  assert.ok(Math.max(...emptied) <= 5_000);
});
