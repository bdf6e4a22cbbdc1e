import assert from 'node:assert/strict';
import test from 'node:test';
import { ArchiveUnavailable } from '@partyline/core';
import { rightAnswer, sampleGame } from '../src/contract/archive-samples.ts';
import {
  archiveContract,
  auditContract,
  createMemoryArchive,
  createMemoryAuditTrail,
  createMemoryHostKeys,
  createMemoryQuestionPool,
  createMemoryQuizzes,
  hostKeysContract,
  questionPoolContract,
  quizzesContract,
} from '../src/index.ts';

/** A clock that never tells the same time twice. */
function ticking(): () => number {
  let now = 1_750_000_000_000;
  return () => ++now;
}

archiveContract(async () => createMemoryArchive());
questionPoolContract(async (_, rows) => createMemoryQuestionPool(rows, (n) => Math.floor(Math.random() * n)));
quizzesContract(async () => ({ quizzes: createMemoryQuizzes(ticking()), owners: ['host_1', 'host_2'] }));
hostKeysContract(async () => createMemoryHostKeys(ticking()));
auditContract(async () => createMemoryAuditTrail());

const game = () => sampleGame([{ category: 'Art', answers: [rightAnswer('ann', 5, 5)] }]);

test('an outage refuses every call and takes nothing in', async () => {
  const archive = createMemoryArchive();
  const { party, results } = game();
  archive.outage.begin();
  await assert.rejects(archive.saveResults(results()), ArchiveUnavailable);
  await assert.rejects(archive.leaderboard(party.party_id), ArchiveUnavailable);
  archive.outage.end();
  assert.equal(await archive.leaderboard(party.party_id), null);
});

test('a lost acknowledgement fails the call that took place', async () => {
  const archive = createMemoryArchive();
  const { party, results } = game();
  archive.outage.loseAcknowledgements(1);
  await assert.rejects(archive.saveResults(results()), ArchiveUnavailable);
  await archive.saveResults(results());
  assert.equal((await archive.leaderboard(party.party_id))?.players_total, 1);
});

test('a stalled archive answers once it is let go', async () => {
  const archive = createMemoryArchive();
  const { party, results } = game();
  const release = archive.outage.stall();
  const saved: string[] = [];
  const saving = archive.saveResults(results()).then(() => saved.push('saved'));
  await new Promise(setImmediate);
  assert.deepEqual(saved, []);
  release();
  await saving;
  assert.equal((await archive.leaderboard(party.party_id))?.players_total, 1);
});
