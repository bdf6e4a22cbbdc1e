import assert from 'node:assert/strict';
import test, { type TestContext } from 'node:test';
import { ArchiveUnavailable } from '@partyline/core';
import { createPostgres, type PostgresOptions } from '@partyline/postgres';
import { gamePlayer, rightAnswer, sampleGame, testDatabase, wrongAnswer } from '@partyline/testkit';
import { openLine } from './line.ts';
import { openRaw } from './raw.ts';

async function overLine(t: TestContext, options: Omit<PostgresOptions, 'url'> = {}) {
  const url = await testDatabase(t);
  const line = await openLine(t, url);
  const postgres = createPostgres({ ...options, url: line.url });
  t.after(() => postgres.close());
  return { url, line, postgres };
}

const game = () =>
  sampleGame([
    { category: 'Art', answers: [rightAnswer('ann', 700, 2_000), wrongAnswer('bob', 3_000)] },
    { category: 'History', answers: [rightAnswer('bob', 900, 1_000)] },
  ]);

test('a writer killed between COMMIT and its acknowledgement, 200 times, stores everything once', async (t) => {
  const { url, line, postgres } = await overLine(t, { poolMax: 1 });
  const { archive } = postgres;
  const games = Array.from({ length: 200 }, game);
  for (const played of games) {
    await archive.checkpoint(played.checkpoint(1));
    line.loseNextCommit();
    await assert.rejects(archive.checkpoint(played.checkpoint(2)), ArchiveUnavailable);
    await archive.checkpoint(played.checkpoint(2));
    line.loseNextCommit();
    await assert.rejects(archive.saveResults(played.results()), ArchiveUnavailable);
    await archive.saveResults(played.results());
  }
  const counts = await openRaw(t, url).one(
    `SELECT
      (SELECT count(*) FROM games WHERE ended_at IS NOT NULL)::INTEGER AS games,
      (SELECT count(*) FROM parties)::INTEGER AS parties,
      (SELECT count(*) FROM rounds)::INTEGER AS rounds,
      (SELECT count(*) FROM answers)::INTEGER AS answers,
      (SELECT sum(points) FROM answers)::INTEGER AS points,
      (SELECT count(*) FROM party_players)::INTEGER AS party_players,
      (SELECT sum(score) FROM party_players)::INTEGER AS scores,
      (SELECT sum(score) FROM player_results)::INTEGER AS results,
      (SELECT sum(points) FROM category_performance)::INTEGER AS performance,
      (SELECT count(*) FROM checkpoints)::INTEGER AS checkpoints`,
  );
  assert.deepEqual(counts, {
    games: 200,
    parties: 200,
    rounds: 400,
    answers: 600,
    points: 200 * 1_600,
    party_players: 400,
    scores: 200 * 1_600,
    results: 200 * 1_600,
    performance: 200 * 1_600,
    checkpoints: 0,
  });
});

test('nothing is there: every call says try again, and none hangs', async (t) => {
  const { line, postgres } = await overLine(t);
  const nowhere = createPostgres({ url: 'postgres://nobody@127.0.0.1:1/nothing', connectTimeoutMs: 500 });
  t.after(() => nowhere.close());
  for (const call of [
    nowhere.ping(),
    nowhere.archive.saveResults(game().results()),
    nowhere.archive.unfinished(),
    nowhere.pool.categories(),
    nowhere.hostKeys.verify('key'),
    nowhere.migrate(),
  ]) {
    await assert.rejects(call, ArchiveUnavailable);
  }
  line.cut();
  await postgres.ping();
});

test('a connection cut while idle or in use is replaced', async (t) => {
  const lost: Error[] = [];
  const { line, postgres } = await overLine(t, { poolMax: 2, onError: (error) => lost.push(error) });
  await postgres.ping();
  line.cut();
  const played = game();
  for (let turn = 0; turn < 5; turn += 1) {
    const saving = postgres.archive.saveResults(played.results()).catch((error) => error);
    line.cut();
    const outcome = await saving;
    if (outcome !== undefined) assert.ok(outcome instanceof ArchiveUnavailable, String(outcome));
  }
  await postgres.archive.saveResults(played.results());
  assert.equal((await postgres.archive.leaderboard(played.party.party_id))?.players_total, 2);
});

test('a dead line is given up in time, and its connections are not used again', async (t) => {
  const { line, postgres } = await overLine(t, { poolMax: 2, statementTimeoutMs: 200, connectTimeoutMs: 500 });
  const played = game();
  await Promise.all([postgres.ping(), postgres.archive.openParty(played.party)]);
  line.goDead();
  const startedAt = performance.now();
  const calls = Array.from({ length: 4 }, () => postgres.archive.saveResults(played.results()));
  for (const outcome of await Promise.allSettled(calls)) {
    assert.ok(outcome.status === 'rejected' && outcome.reason instanceof ArchiveUnavailable, String(outcome.status));
  }
  assert.ok(performance.now() - startedAt < 15_000);
  line.comeAlive();
  await postgres.archive.saveResults(played.results());
  await Promise.all(Array.from({ length: 10 }, () => postgres.ping()));
});

test('Postgres ends every session: the next calls are answered', async (t) => {
  const { url, postgres } = await overLine(t, { poolMax: 3 });
  await Promise.all([1, 2, 3].map(() => postgres.pool.categories()));
  const db = openRaw(t, url);
  await db.any(
    'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
  );
  const calls = await Promise.allSettled([1, 2, 3].map(() => postgres.ping()));
  for (const call of calls) if (call.status === 'rejected') assert.ok(call.reason instanceof ArchiveUnavailable);
  await postgres.ping();
});

test('fifty parties end while Postgres is away: all are stored once it is back, none twice', async (t) => {
  const { url, line, postgres } = await overLine(t, { poolMax: 4, statementTimeoutMs: 200, connectTimeoutMs: 200 });
  const games = Array.from({ length: 50 }, () =>
    sampleGame([{ category: 'Art', answers: [rightAnswer('ann', 5, 5)] }], { players: [gamePlayer('ann')] }),
  );
  line.goDead();
  line.cut();
  const waiting = new Set(games);
  const save = (played: (typeof games)[number]) =>
    postgres.archive.saveResults(played.results()).then(
      () => waiting.delete(played),
      (error) => assert.ok(error instanceof ArchiveUnavailable, String(error)),
    );
  await Promise.all(games.map(save));
  assert.equal(waiting.size, 50);
  line.comeAlive();
  line.cut();
  for (let turn = 0; turn < 200 && waiting.size > 0; turn += 1) await Promise.all([...waiting].map(save));
  assert.equal(waiting.size, 0);
  const { n } = await openRaw(t, url).one('SELECT count(*)::INTEGER AS n FROM games WHERE ended_at IS NOT NULL');
  assert.equal(n, 50);
});

test('a database that is not there is a fault, not an outage', async (t) => {
  const url = new URL(await testDatabase(t));
  url.pathname = '/no_such_database';
  const postgres = createPostgres({ url: url.href });
  t.after(() => postgres.close());
  await assert.rejects(postgres.ping(), { name: 'DatabaseFault', code: '3D000' });
});
