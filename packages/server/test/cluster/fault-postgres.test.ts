/** F15: Postgres is away while games end. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { playRealGame, type RealGame, realCluster } from '@partyline/testkit';
import { eventually, repeats } from './repeats.ts';

test('F15: games that end while Postgres is down show the podium at once and are stored once it is back', async (t) => {
  const cluster = await realCluster(t, { nodes: 2, ownPostgres: 'own' });
  const games: RealGame[] = [];
  for (let count = 0; count < repeats(50, 8); count += 1) {
    games.push(
      await playRealGame(cluster, { players: 2, rounds: 1, timeout: 5, thinks: [2_500, 3_500], reveal_seconds: 1 }),
    );
  }
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
