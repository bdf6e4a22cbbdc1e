/** While an upgrade rolls, nodes of two versions write checkpoints. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { createPostgres } from '@partyline/postgres';
import { rightAnswer, sampleGame, testDatabase } from '@partyline/testkit';
import { openRaw } from './raw.ts';

test('a checkpoint of an older version, which knew of no holds, is gone on from without them', async (t) => {
  const url = await testDatabase(t);
  const { archive, close } = createPostgres({ url });
  t.after(() => close());
  const game = sampleGame([{ category: 'Art', answers: [rightAnswer('ann', 5, 5)] }]);
  await archive.checkpoint(game.checkpoint(1, { bans: ['user:eve'] }));
  await openRaw(t, url).none("UPDATE checkpoints SET document = document - 'holds'");
  const [checkpoint] = await archive.unfinished();
  assert.deepEqual([checkpoint?.holds, checkpoint?.players], [[], game.players]);
  assert.deepEqual(checkpoint?.bans, ['user:eve']);
});
