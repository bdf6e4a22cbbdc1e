/** Who is in a party is most of a checkpoint: it is read and stored when somebody has come or gone, and not each round. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { room } from './room.ts';

test('the crowd is stored with the first checkpoint, and again once somebody has come or gone', async (t) => {
  const { admits, hostSays, playsRound, until, crowdsTold, checkpoint, state } = await room(t);
  const areIn = (count: number) => until(`${count} players`, async () => state()?.players_total === count);
  await admits('ann');
  await areIn(1);
  await playsRound(1);
  await playsRound(2);
  assert.deepEqual(crowdsTold(), { read: 1, crowds: [['ann'], 'as_before'] });
  await admits('bob');
  await areIn(2);
  await hostSays({ type: 'kick', user_id: 'ann' });
  await areIn(1);
  await playsRound(3);
  assert.deepEqual(crowdsTold(), { read: 1, crowds: [['bob']] });
  assert.deepEqual(
    (await checkpoint())?.players.map(({ user_id }) => user_id),
    ['bob'],
  );
});

test('a leader that has taken over stores the crowd, whatever the one before has stored', async (t) => {
  const { admits, playsRound, takesOver, crowdsTold } = await room(t);
  await admits('ann');
  await playsRound(1);
  await takesOver();
  await playsRound(2);
  await playsRound(3);
  assert.deepEqual(crowdsTold(), { read: 2, crowds: [['ann'], ['ann'], 'as_before'] });
});

test('the crowd is sent again until a checkpoint with it is known to be stored', async (t) => {
  const { admits, playsRound, crowdsTold, losesAcknowledgements } = await room(t);
  await admits('ann');
  losesAcknowledgements(2);
  await playsRound(1);
  await playsRound(2);
  assert.deepEqual(crowdsTold(), { read: 3, crowds: [['ann'], ['ann'], ['ann'], 'as_before'] });
});
