/** A party that is put back after the store lost its data: who is in it, who stays out, and what is nobody else's. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { held, room } from './room.ts';

test('names, roster lines and repeated joins are known after the store came back empty', async (t) => {
  const { admits, playsRound, losesAll, state } = await room(t);
  const first = await admits('ann', held('ann'));
  assert.equal(first.result, 'admitted');
  await playsRound(1);
  await admits('late', held('late'));
  await losesAll();
  assert.equal((await admits('other', { nickname_key: 'ann' })).result, 'nickname_taken');
  assert.equal((await admits('other', { roster_key: 'line ann' })).result, 'roster_taken');
  const again = await admits('drawn-anew', held('ann'));
  assert.deepEqual(again.result === 'already_in' && [again.player.user_id, again.same_key], ['ann', true]);
  assert.equal(state()?.players_total, 1);
  assert.equal((await admits('late', held('late'))).result, 'admitted', 'who came after the checkpoint joins again');
});

test('a ban between two rounds is archived at once and keeps the banned out, who was in the checkpoint', async (t) => {
  const { admits, playsRound, hostSays, losesAll, until, checkpoint, archive, state } = await room(t);
  for (const name of ['ann', 'eve', 'mal']) await admits(name, held(name));
  await playsRound(1);
  assert.equal((await checkpoint())?.players.length, 3);
  await hostSays({ type: 'ban', user_id: 'eve' });
  await until('the ban is kept', async () => (await checkpoint())?.bans.includes('ref:eve') ?? false);
  archive.outage.begin();
  await hostSays({ type: 'ban', user_id: 'mal' });
  await until('mal is out', async () => state()?.players_total === 1);
  archive.outage.end();
  await until('the ban is kept later', async () => (await checkpoint())?.bans.includes('ref:mal') ?? false);
  await losesAll();
  for (const name of ['eve', 'mal']) {
    assert.equal((await admits(name)).result, 'banned');
    assert.equal((await admits('another', { identity_keys: [`ref:${name}`] })).result, 'banned');
  }
  assert.equal((await admits('another', { nickname_key: 'eve' })).result, 'admitted', 'the name is free');
  await until('all are counted', async () => state()?.players_total === 2);
});
