/** A crowd's game in a database that has only seen small ones: statistics that know nothing of it must not matter. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { createPostgres } from '@partyline/postgres';
import { gamePlayer, rightAnswer, sampleGame, testDatabase } from '@partyline/testkit';
import { openRaw } from './raw.ts';

const players = 5_000;
const rounds = 4;

test('a game of five thousand among small ones is stored and read at once', async (t) => {
  const url = await testDatabase(t);
  const { archive, close } = createPostgres({ url, statementTimeoutMs: 2_000 });
  t.after(close);
  for (let n = 0; n < 20; n += 1) {
    const small = sampleGame([{ category: 'Art', answers: [rightAnswer('ann', 5, 5), rightAnswer('ben', 4, 4)] }]);
    await archive.checkpoint(small.checkpoint(1));
    await archive.saveResults(small.results());
  }
  await openRaw(t, url).none('ANALYZE');

  const people = Array.from({ length: players }, (_, n) => gamePlayer(`player-${n}`));
  const answers = people.map(({ user_id }) => rightAnswer(user_id, 900, 100));
  const game = sampleGame(
    Array.from({ length: rounds }, () => ({ category: 'Art', answers })),
    { players: people },
  );
  for (let round = 1; round <= rounds; round += 1) await archive.checkpoint(game.checkpoint(round));
  await archive.saveResults(game.results());
  const { party_id } = game.party;
  assert.equal((await archive.results(party_id, null))?.answers.length, players * rounds);
  assert.equal((await archive.counts(party_id))?.rounds.length, rounds);
  assert.equal((await archive.results(party_id, 'player-7'))?.answers.length, rounds);
});
