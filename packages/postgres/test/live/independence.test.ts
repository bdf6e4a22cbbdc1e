import assert from 'node:assert/strict';
import test, { type TestContext } from 'node:test';
import { ArchiveUnavailable } from '@partyline/core';
import { createPostgres, type PostgresOptions } from '@partyline/postgres';
import { rightAnswer, sampleGame, testDatabase } from '@partyline/testkit';
import { openRaw } from './raw.ts';

const game = () => sampleGame([{ category: 'Art', answers: [rightAnswer('ann', 5, 5)] }]);

/** A party whose writes wait until `release`: somebody else holds its lock. */
async function lockedParty(t: TestContext, options: Omit<PostgresOptions, 'url'>) {
  const url = await testDatabase(t);
  const postgres = createPostgres({ url, ...options });
  const slow = game();
  const holder = await openRaw(t, url).connect({ direct: true });
  await holder.any('SELECT pg_advisory_lock(hashtextextended($1, 0))', [slow.party.party_id]);
  t.after(async () => {
    await holder.done();
    await postgres.close();
  });
  return { postgres, slow, release: () => holder.any('SELECT pg_advisory_unlock_all()') };
}

test("one party's slow writes delay no other party, and the pool keeps to its cap", async (t) => {
  const patient = { statementTimeoutMs: 60_000, connectTimeoutMs: 60_000 };
  const { postgres, slow, release } = await lockedParty(t, { poolMax: 4, perPartyLimit: 2, ...patient });
  const { archive, poolUse } = postgres;
  let written = 0;
  const stuck = Array.from({ length: 30 }, async (_, round) => {
    await archive.checkpoint(slow.checkpoint(1, { seq: round }));
    written += 1;
  });
  const others = Array.from({ length: 50 }, game);
  await Promise.all(others.map((other) => archive.saveResults(other.results())));
  assert.equal((await postgres.pool.draw('History', 2)).result, 'drawn');
  assert.equal(written, 0, 'all that while the slow party has stood still');
  assert.ok(poolUse().connections <= 4);
  await release();
  await Promise.all(stuck);
  assert.ok(poolUse().connections <= 4);
  assert.deepEqual(
    (await archive.unfinished()).map(({ seq }) => seq),
    [29],
  );
});

test('without the limit per party the same party takes the whole pool', async (t) => {
  const { postgres, slow, release } = await lockedParty(t, { poolMax: 4, perPartyLimit: 30, connectTimeoutMs: 300 });
  const { archive } = postgres;
  const stuck = Array.from({ length: 4 }, (_, round) => archive.checkpoint(slow.checkpoint(1, { seq: round })));
  await assert.rejects(archive.saveResults(game().results()), ArchiveUnavailable);
  await release();
  await Promise.all(stuck);
});

test('a locked party fails by itself in time, as something to try again', async (t) => {
  const { postgres, slow, release } = await lockedParty(t, { poolMax: 2, statementTimeoutMs: 1_000 });
  await assert.rejects(postgres.archive.saveResults(slow.results()), ArchiveUnavailable);
  await release();
  await postgres.archive.saveResults(slow.results());
  assert.equal((await postgres.archive.leaderboard(slow.party.party_id))?.players_total, 1);
});
