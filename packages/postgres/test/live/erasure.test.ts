import assert from 'node:assert/strict';
import test, { type TestContext } from 'node:test';
import { createPostgres } from '@partyline/postgres';
import { gamePlayer, rightAnswer, sampleGame, testDatabase, voteAnswer, wrongAnswer } from '@partyline/testkit';
import { dump, openRaw, rowsOfParty } from './raw.ts';

async function open(t: TestContext) {
  const url = await testDatabase(t);
  const postgres = createPostgres({ url });
  t.after(() => postgres.close());
  return { postgres, db: openRaw(t, url) };
}

/** A party played to its end, a pupil's name in every place a name can get to, and host commands audited. */
async function playCanary({ archive, audit }: Awaited<ReturnType<typeof open>>['postgres']) {
  const pupil = gamePlayer('canary-id', { nickname: 'Canary Name', team: 'Blue' });
  const settings = { roster: [{ name: 'Canary Name', ref: 'canary-ref' }, { name: 'Other' }], passcode: 'sesame' };
  const game = sampleGame(
    [
      {
        category: 'Art',
        answers: [{ ...rightAnswer('canary-id', 5, 5), choice: 'Canary text' }, wrongAnswer('other', 6)],
      },
      { category: 'Art', answers: [rightAnswer('other', 7, 7)] },
      { category: null, answers: [voteAnswer('canary-id', 'canary word'), voteAnswer('other', 'word')] },
      { category: null, answers: [voteAnswer('canary-id', 'a'), voteAnswer('other', 'a')] },
    ],
    { players: [pupil, gamePlayer('other')], settings },
  );
  const { party_id } = game.party;
  const entry = { at: 1_750_000_000_000, party_id };
  await archive.openParty(game.party);
  await archive.enroll(party_id, game.players);
  await archive.checkpoint(game.checkpoint(1));
  await archive.checkpoint(game.checkpoint(2, { bans: ['ref:canary-banned'] }));
  await archive.checkpoint(game.checkpoint(3));
  await archive.checkpoint(game.checkpoint(4));
  await archive.keepBans(party_id, ['user:canary-banned']);
  await audit.record({ ...entry, actor: 'host_1', action: 'approve', subject: 'canary-id' });
  await audit.record({ ...entry, actor: 'canary-id', action: 'refused:start', subject: null });
  return game;
}

test('the canary is there before it is erased', async (t) => {
  const { postgres, db } = await open(t);
  const game = await playCanary(postgres);
  const before = await dump(db);
  for (const trace of [
    'canary-id',
    'Canary Name',
    'canary-ref',
    'Canary text',
    'canary word',
    'name canary-id',
    'user:canary-banned',
  ])
    assert.ok(before.includes(trace), trace);
  const rows = await rowsOfParty(db, game.party);
  assert.ok((rows.answers ?? 0) > 0 && (rows.checkpoints ?? 0) > 0);
});

test('after erasing a player no trace is left of them, and the others have all of theirs', async (t) => {
  const { postgres, db } = await open(t);
  const game = await playCanary(postgres);
  await postgres.archive.saveResults(game.results());
  assert.equal(await postgres.archive.erasePlayer(game.party.party_id, 'canary-id'), 'erased');
  assert.doesNotMatch(await dump(db), /canary/i);
  const stored = await postgres.archive.results(game.party.party_id, null);
  assert.deepEqual(
    stored?.answers.map(({ round, user_id }) => [round, user_id]),
    [
      [1, 'other'],
      [2, 'other'],
      [3, 'other'],
      [4, 'other'],
    ],
  );
  const rounds = (await postgres.archive.counts(game.party.party_id))?.rounds ?? [];
  assert.deepEqual(
    rounds.map(({ answered, counts }) => [answered, counts]),
    [
      [1, { b: 1 }],
      [1, { a: 1 }],
      [1, { word: 1 }],
      [1, { a: 1 }],
    ],
  );
  assert.deepEqual(await postgres.audit.ofParty(game.party.party_id), [
    { at: 1_750_000_000_000, actor: 'host_1', action: 'approve', party_id: game.party.party_id, subject: null },
    { at: 1_750_000_000_000, actor: 'erased', action: 'refused:start', party_id: game.party.party_id, subject: null },
  ]);
});

for (const state of ['running', 'finished'] as const) {
  test(`after erasing a ${state} party no table has a row of it but the audit and the mark`, async (t) => {
    const { postgres, db } = await open(t);
    const game = await playCanary(postgres);
    const other = await playCanary(postgres);
    if (state === 'finished') await postgres.archive.saveResults(game.results());
    const othersBefore = await rowsOfParty(db, other.party);
    assert.equal(await postgres.archive.eraseParty(game.party.party_id), true);
    const left = Object.entries(await rowsOfParty(db, game.party)).filter(([, rows]) => rows > 0);
    assert.deepEqual(left, [
      ['audit', 2],
      ['erased_parties', 1],
    ]);
    assert.deepEqual(await rowsOfParty(db, other.party), othersBefore);
    await postgres.archive.eraseParty(other.party.party_id);
    assert.doesNotMatch(await dump(db), /canary/i);
  });
}

test('retention takes old parties in batches, finished and forgotten ones, and leaves one still being played', async (t) => {
  const { postgres, db } = await open(t);
  const { archive } = postgres;
  const game = () => sampleGame([{ category: 'Art', answers: [rightAnswer('ann', 5, 5)] }]);
  const old = Array.from({ length: 230 }, game);
  await Promise.all(old.map((played) => archive.saveResults(played.results({ endedAt: 1_000 }))));
  const opened = game();
  await archive.openParty({ ...opened.party, created_at: 1_000 });
  const running = game();
  await archive.checkpoint({ ...running.checkpoint(1), party: { ...running.party, created_at: 1_000 } });
  const recent = game();
  await archive.saveResults(recent.results());
  assert.equal(await archive.eraseEndedBefore(2_000), 231);
  assert.equal((await archive.leaderboard(recent.party.party_id))?.players_total, 1);
  assert.deepEqual(
    (await archive.unfinished()).map(({ party }) => party.party_id),
    [running.party.party_id],
  );
  const { n } = await db.one('SELECT count(*)::INTEGER AS n FROM games');
  assert.equal(n, 2);
});

test('the audit refuses to be changed', async (t) => {
  const { postgres, db } = await open(t);
  await postgres.audit.record({ at: 1, actor: 'host_1', action: 'kick', party_id: null, subject: 'eve' });
  for (const change of [
    'DELETE FROM audit',
    'TRUNCATE audit',
    "UPDATE audit SET action = 'nothing'",
    "UPDATE audit SET actor = 'host_2'",
    "UPDATE audit SET subject = 'bob'",
    'UPDATE audit SET at = now()',
  ]) {
    await assert.rejects(db.none(change), /append-only/, change);
  }
});
