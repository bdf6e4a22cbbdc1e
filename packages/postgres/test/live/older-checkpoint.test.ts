/** While an upgrade rolls, nodes of two versions write checkpoints. */
import assert from 'node:assert/strict';
import test, { type TestContext } from 'node:test';
import { createPostgres } from '@partyline/postgres';
import { gamePlayer, rightAnswer, sampleGame, testDatabase } from '@partyline/testkit';
import { openRaw } from './raw.ts';

/** A game whose first checkpoint a leader of an older version has stored last, the crowd in its document. */
async function older(t: TestContext) {
  const url = await testDatabase(t);
  const { archive, close } = createPostgres({ url });
  t.after(() => close());
  const game = sampleGame([1, 2].map(() => ({ category: 'Art', answers: [rightAnswer('ann', 5, 5)] })));
  await archive.checkpoint(game.checkpoint(1, { bans: ['user:eve'] }));
  const db = openRaw(t, url);
  await db.none('UPDATE checkpoints SET document = document || crowd');
  return { archive, db, game };
}

test('a checkpoint of an older version is gone on from, whose document holds the crowd', async (t) => {
  const { archive, db, game } = await older(t);
  await db.none('UPDATE checkpoints SET crowd = NULL');
  const [checkpoint] = await archive.unfinished();
  assert.deepEqual([checkpoint?.players, checkpoint?.holds], [game.players, game.crowd.holds]);
  assert.deepEqual(checkpoint?.bans, ['user:eve']);
});

test('the crowd of an older version stays when the next checkpoint says that it is as before', async (t) => {
  const { archive, db, game } = await older(t);
  await db.none('UPDATE checkpoints SET crowd = NULL');
  await archive.checkpoint(game.checkpoint(2, { crowd: 'as_before' }));
  const [checkpoint] = await archive.unfinished();
  assert.deepEqual([checkpoint?.players, checkpoint?.holds, checkpoint?.seq], [game.players, game.crowd.holds, 20]);
});

test('where an older version took a party over from this one, its crowd is the newer', async (t) => {
  const { archive, db, game } = await older(t);
  const left = { players: [gamePlayer('gone')], holds: [] };
  await db.none('UPDATE checkpoints SET crowd = $1', [JSON.stringify(left)]);
  const [checkpoint] = await archive.unfinished();
  assert.deepEqual([checkpoint?.players, checkpoint?.holds], [game.players, game.crowd.holds]);
});

test('a checkpoint of a version that knew of no holds is gone on from without them', async (t) => {
  const { archive, db, game } = await older(t);
  await db.none("UPDATE checkpoints SET crowd = NULL, document = document - 'holds'");
  const [checkpoint] = await archive.unfinished();
  assert.deepEqual([checkpoint?.holds, checkpoint?.players], [[], game.players]);
});
