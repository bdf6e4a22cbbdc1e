/** F15, F17: Postgres is away while games end; it is slow, or says nothing, while they are played. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { faultProxy, playRealGame, type RealGame, realCluster } from '@partyline/testkit';
import { eventually, repeats } from './repeats.ts';

const slowMs = 1_000;

test('F15: games that end while Postgres is down show the podium at once and are stored once it is back', async (t) => {
  const cluster = await realCluster(t, { nodes: 2, ownPostgres: 'own' });
  // All at once, and none ends before Postgres does.
  const games: RealGame[] = await Promise.all(
    Array.from({ length: repeats(50, 8) }, () =>
      playRealGame(cluster, { players: 2, rounds: 1, timeout: 10, thinks: [7_000, 8_000], reveal_seconds: 1 }),
    ),
  );
  await cluster.postgresServer?.kill('SIGKILL');
  const finished = (game: RealGame): boolean => game.players.every((player) => player.seen().phase === 'finished');
  await eventually('every podium', 30_000, () => games.every(finished));
  assert.ok(games.every((game) => game.players.every((player) => player.seen().results !== 'saved')));
  await cluster.postgresServer?.restart();
  const backAt = performance.now();
  await Promise.all(games.map((game) => game.finished(60_000)));
  t.diagnostic(`${games.length} games stored ${Math.round(performance.now() - backAt)} ms after Postgres was back`);
  for (const game of games) await game.check();
});

test('F17: Postgres that is slow, then says nothing at all, holds up no answer; the pool keeps to its cap', async (t) => {
  const cluster = await realCluster(t, { nodes: 0 });
  const line = await faultProxy(t, cluster.databaseUrl);
  const poolMax = 4;
  const env = { DATABASE_URL: line.url, PG_POOL_MAX: `${poolMax}` };
  await Promise.all([cluster.addNode(env), cluster.addNode(env)]);
  const weathers = ['well', 'slow', 'silent'] as const;
  const players = repeats(200, 60);
  const game = await playRealGame(cluster, {
    ...{ players, rounds: 4, timeout: 10, thinks: [1_000, 3_500], lazy: 0, reveal_seconds: 1 },
  });
  // Others that end meanwhile want the pool too.
  const others = await Promise.all(
    Array.from({ length: 12 }, () =>
      playRealGame(cluster, { players: 2, rounds: 2, timeout: 10, thinks: [1_000, 2_000], reveal_seconds: 1 }),
    ),
  );
  let busiest = 0;
  const watch = setInterval(async () => {
    const busy = cluster.nodes.map((node) => node.metric('partyline_archive_connections{state="busy"}'));
    busiest = Math.max(busiest, ...(await Promise.all(busy).catch(() => [])));
  }, 100);
  t.after(() => clearInterval(watch));
  const p99: number[] = [];
  for (const [index, weather] of weathers.entries()) {
    // The first round opens while sockets still come, and is not looked at.
    const round = index + 2;
    await game.seen('question', round, 30_000);
    if (weather === 'slow') line.slowReplies(slowMs);
    if (weather === 'silent') line.blackhole();
    await game.seen('reveal', round, 30_000);
    p99.push(ackMs(game, round).sort((a, b) => a - b)[Math.floor(players * 0.99)] ?? Number.NaN);
  }
  await eventually('the podium', 20_000, () => game.players.every((player) => player.seen().phase === 'finished'));
  line.slowReplies(0);
  line.heal();
  await Promise.all([game, ...others].map((each) => each.finished(90_000)));
  for (const each of [game, ...others]) await each.check();
  const told = weathers.map((weather, index) => `${weather} ${p99[index]?.toFixed(1)} ms`);
  t.diagnostic(`ack p99 of ${players} answers: ${told.join(', ')}; at most ${busiest} of ${poolMax} connections busy`);
  const [well = 0, ...ill] = p99;
  // A statement on the way would cost a second; what is allowed beside the tenth is the noise of this process.
  for (const ms of ill) assert.ok(ms <= well * 1.1 + 100 && ms < slowMs, `${ms} ms, ${well} ms before`);
  assert.ok(busiest > 0 && busiest <= poolMax);
});

/** How long each answer of a round waited for its ack, ms. */
function ackMs({ history }: RealGame, round: number): number[] {
  const acked = new Map<string, number>();
  for (const { at, message } of history.received) if (message.type === 'ack') acked.set(message.data.id, at);
  return history.sent.flatMap(({ at, message }) =>
    message.type === 'answer' && message.data.round === round ? [(acked.get(message.id) ?? Number.NaN) - at] : [],
  );
}
